import { edited, editsInTurn, type Finding, type FixSafety, type TextEdit } from '@widthwise/analysis';
import { mayBeWritten } from '../../files/may-be-written.ts';
import type { Mend } from '../../sources/analyse-files.ts';
import { analysedAgain, mendedInRounds } from '../../sources/fixes/mended-in-rounds.ts';
import { applicableFixes } from '../../sources/fixes/proven-fixes.ts';
import { readSourceBytes } from '../../sources/read-source.ts';
import type { CommandIo } from '../command.ts';
import { writeTo } from '../output/write-to.ts';

/** What `--fix` and `--diff` have done so far. */
export interface Mending {
  readonly mend: Mend;
  readonly done: {
    /** How many findings. */
    fixed: number;
    /** Of each file how many findings only fixes of other kinds than those asked for would mend, by kind. */
    readonly unasked: Map<string, Unasked>;
    /** Whether code goes on with weights or states of optimizers that are of before what was mended. */
    goesOn: boolean;
    /** What was in each file, and what is made of it. */
    readonly files: Map<string, { readonly text: string; readonly edits: readonly TextEdit[] }>;
    /** The files whose fixes were not written, each with one clause behind its name. */
    readonly left: { readonly file: string; readonly why: string }[];
  };
}

export interface MendingAsked {
  readonly write: boolean;
  readonly safeties: ReadonlySet<FixSafety>;
}

/**
 * Mends one file after the other, one again where others made way for more: each is written whole or not at all, so that
 * what is interrupted has lost nothing.
 */
export function mending({ write, safeties }: MendingAsked, io: CommandIo): Mending {
  const done: Mending['done'] = {
    fixed: 0,
    unasked: new Map(),
    goesOn: false,
    files: new Map(),
    left: [],
  };
  return {
    done,
    async mend({ path, absolute }, proving) {
      done.unasked.set(path, unaskedOf(proving.analysis.findings, safeties));
      const { findings, edits } = await mendedInRounds(
        { ...proving, signal: io.interruption.signal },
        safeties,
      );
      const fixed = findings.length;
      if (fixed === 0 || io.interruption.signal.aborted) return null;
      const { text } = proving.job;
      const mended = edited(text, edits);
      const before = done.files.get(path);
      const source = await writable(absolute, (write ? undefined : before?.text) ?? text);
      if ('why' in source) {
        done.left.push({ file: path, why: source.why });
        return null;
      }
      done.fixed += fixed;
      done.goesOn ||= proving.analysis.models.some(({ goesOn }) => goesOn);
      const all = before && editsInTurn(before.text.length, before.edits, edits);
      done.files.set(path, { text: before?.text ?? text, edits: all ?? edits });
      if (write) await writeTo(absolute, `${source.mark}${mended}`, io);
      return analysedAgain(mended, proving);
    },
  };
}

/** How many findings only a fix would mend that changes the numbers, and how many only one that somebody has to choose. */
type Unasked = Readonly<Record<'changing' | 'chosen', number>>;

const CHANGING: ReadonlySet<FixSafety> = new Set(['changes-numbers']);
const CHOSEN: ReadonlySet<FixSafety> = new Set(['needs-decision']);

function unaskedOf(findings: readonly Finding[], safeties: ReadonlySet<FixSafety>): Unasked {
  const fixed = (kinds: ReadonlySet<FixSafety>, among: readonly Finding[]) =>
    new Set(applicableFixes(among, kinds).map(({ finding }) => finding));
  const mended = fixed(safeties, findings);
  const left = findings.filter((one) => !mended.has(one));
  const changing = fixed(CHANGING, left);
  const chosen = fixed(
    CHOSEN,
    left.filter((one) => !changing.has(one)),
  );
  return { changing: changing.size, chosen: chosen.size };
}

const BYTE_ORDER_MARK = '\uFEFF';

/** Whether a file may be written anew as a text, with the mark at its start; else why it is left as it is. */
async function writable(
  file: string,
  text: string,
): Promise<{ readonly mark: string } | { readonly why: string }> {
  if (isGenerated(text)) return { why: 'says that it is generated, so that it is left as it is' };
  if (!(await mayBeWritten(file))) return { why: 'is read-only, so that it is left as it is' };
  const source = await readSourceBytes(file);
  if ('why' in source) return { why: `${source.why}, so that it is left as it is` };
  const now = source.bytes.toString('utf8');
  const mark = now.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  if (now === `${mark}${text}`) return { mark };
  const sameBytes = Buffer.from(now, 'utf8').equals(source.bytes);
  return { why: sameBytes ? CHANGED : 'is not UTF-8, so that it is left as it is' };
}

const CHANGED = 'has changed since it was read, so that it is left as it is: run it again';

/** Tools say at the top that what they write is theirs. */
function isGenerated(text: string): boolean {
  const head = text.split(/\r\n|\r|\n/, 10).filter((line) => /^\s*(?:#|"""|''')/.test(line));
  return head.some((line) => /@generated|do not edit|auto-?generated|generated by/i.test(line));
}
