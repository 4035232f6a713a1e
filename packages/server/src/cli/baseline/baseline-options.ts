import { resolve } from 'node:path';
import { quoted } from '@widthwise/core';
import { counted } from '@widthwise/figures';
import { entryAt } from '../../files/entry-at.ts';
import { InputError } from '../../input/input-error.ts';
import type { Linted } from '../../sources/analyse-files.ts';
import type { CommandIo } from '../command.ts';
import type { OptionSpec } from '../command-spec.ts';
import { requireWritable } from '../output/require-writable.ts';
import { writeTo } from '../output/write-to.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { say } from '../terminal/say.ts';
import { type Baseline, baselineText, readBaseline } from './baseline-file.ts';
import { findingsToKeep, type Known, withoutKnown } from './known-findings.ts';

export const BASELINE_OPTIONS: readonly OptionSpec[] = [
  { name: 'baseline', value: 'FILE', summary: 'tell only findings that are not in this file' },
  {
    name: 'write-baseline',
    value: 'FILE',
    summary: 'write the findings to this file, for --baseline, and pass',
  },
];

/** What the options of a baseline ask for. */
export interface AskedBaseline {
  /** Findings that are known are not told. */
  readonly known: Baseline | null;
  /** What stands where one is to be written; without findings where nothing does. */
  readonly toWrite: Baseline | null;
}

/** @throws InputError for a file that is no baseline, or cannot be written */
export async function askedBaseline(args: ParsedArgs, { cwd }: CommandIo): Promise<AskedBaseline> {
  const [known, toWrite] = [args.value('baseline'), args.value('write-baseline')];
  if (known !== undefined && toWrite !== undefined) {
    throw new InputError(
      'write-baseline',
      'writes all that is found, and --baseline leaves out what is known: one of them',
    );
  }
  const read = (option: string, part: string): Promise<Baseline> => readBaseline({ option, part, cwd });
  if (known !== undefined) return { known: await read('baseline', known), toWrite: null };
  if (toWrite === undefined) return { known: null, toWrite: null };
  await requireWritable({ option: 'write-baseline', path: toWrite }, cwd);
  const path = resolve(cwd, toWrite);
  const stands = (await entryAt(path)) !== null;
  return { known: null, toWrite: stands ? await read('write-baseline', toWrite) : { path, findings: [] } };
}

/** A run without what is known, which is said. */
export async function heldAgainst(
  linted: Linted,
  baseline: Baseline | null,
  cwd: string,
): Promise<{ readonly linted: Linted; readonly known: Known | null }> {
  return baseline === null ? { linted, known: null } : withoutKnown(linted, baseline, cwd);
}

const MOST_GONE = 10;

/** Says how many findings were known, and which are no more. */
export function sayKnown({ count, gone }: Known, io: CommandIo): void {
  const rest =
    gone.length === 0
      ? ''
      : `; ${counted(gone.length, 'other')} of it ${gone.length === 1 ? 'is' : 'are'} gone`;
  say(
    io,
    `${counted(count, 'finding')} of the baseline ${count === 1 ? 'is' : 'are'} here and not told${rest}`,
  );
  for (const { file, code, message } of gone.slice(0, MOST_GONE)) say(io, `gone: ${file} ${code} ${message}`);
  if (gone.length > MOST_GONE) say(io, `gone: ${gone.length - MOST_GONE} more`);
}

/** @throws InputError where it cannot be written */
export async function writeBaseline(linted: Linted, baseline: Baseline, io: CommandIo): Promise<void> {
  const findings = await findingsToKeep(linted, baseline, io.cwd);
  try {
    await writeTo(baseline.path, baselineText(findings), io);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new InputError('write-baseline', `${quoted(baseline.path)} cannot be written (${code ?? message})`);
  }
  say(io, `the baseline holds ${counted(findings.length, 'finding')}`);
}
