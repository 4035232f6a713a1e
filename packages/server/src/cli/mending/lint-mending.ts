import { counted } from '@widthwise/figures';
import { InputError } from '../../input/input-error.ts';
import { IDENTICAL } from '../../sources/fixes/proven-fixes.ts';
import type { CommandIo } from '../command.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { say } from '../terminal/say.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { type Mending, mending } from './mend-files.ts';
import { unifiedDiff } from './unified-diff.ts';

/** What `--fix`, `--diff` and `--unsafe-fixes` ask for; null where they ask for nothing. */
export function mendingAsked(args: ParsedArgs, isGiven: boolean, io: CommandIo): Mending | null {
  const [fix, diff, unsafe] = [args.has('fix'), args.has('diff'), args.has('unsafe-fixes')];
  if (unsafe && !fix && !diff) throw new InputError('unsafe-fixes', 'goes with --fix or --diff');
  if (fix && isGiven) throw new InputError('fix', 'writes files, and - is none: an editor has code actions');
  if (diff && isGiven) throw new InputError('diff', 'compares with files, and - is none');
  if (!fix && !diff) return null;
  const safeties = unsafe ? new Set([...IDENTICAL, 'changes-numbers'] as const) : IDENTICAL;
  return mending({ write: fix && !diff, safeties }, io);
}

/** Diffs as they are for a pipe; what a terminal shows does nothing there. Null where none is asked for. */
export function diffText(mending: Mending | null, args: ParsedArgs, io: CommandIo): string | null {
  if (mending === null || !args.has('diff')) return null;
  const text = [...mending.done.files]
    .map(([path, { text, edits }]) => unifiedDiff(path, text, edits))
    .join('');
  if (io.stdout.isTTY !== true) return text;
  const { plain } = terminalOf(io);
  return text.split('\n').map(plain).join('\n');
}

const GOES_ON =
  'that is for runs that start anew: weights that are loaded keep the start that they had, and an optimizer with other groups refuses the state of one without them';

/** What was written, or would be, and what was left as it is. */
export function sayMended(mending: Mending | null, args: ParsedArgs, io: CommandIo): void {
  if (mending === null) return;
  const { fixed, files, left, goesOn, unasked } = mending.done;
  const inOrder = [...left].sort((one, other) => (one.file < other.file ? -1 : 1));
  for (const { file, why } of inOrder) say(io, `${file} ${why}`);
  const what = `${counted(fixed, 'finding')} in ${counted(files.size, 'file')}`;
  if (args.has('diff')) say(io, fixed === 0 ? 'no fix to write' : `--fix would mend ${what}`);
  else say(io, fixed === 0 ? 'no fix was written' : `mended ${what}`);
  const all = [...unasked.values()];
  const [changing, chosen] = (['changing', 'chosen'] as const).map((kind) =>
    all.reduce((sum, one) => sum + one[kind], 0),
  );
  if (changing)
    say(
      io,
      `${havingText(changing)} the numbers at the base width change with: --unsafe-fixes takes such fixes`,
    );
  if (chosen)
    say(
      io,
      `${havingText(chosen)} somebody has to choose, as the width that numbers were chosen at, which --base-width says, or a start at zero: an editor offers it at the finding`,
    );
  if (goesOn) say(io, GOES_ON);
}

function havingText(count: number): string {
  return `${counted(count, 'finding')} ${count === 1 ? 'has' : 'have'} a fix that`;
}
