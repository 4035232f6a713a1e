import { extname, resolve } from 'node:path';
import { InputError } from '../input/input-error.ts';
import type { GivenText } from '../sources/analyse-files.ts';
import { sourceOf } from '../sources/read-source.ts';
import type { CommandIo } from './command.ts';
import type { ParsedArgs } from './parse-options.ts';

/** What stands for standard input among paths. */
const STANDARD_INPUT = '-';

/**
 * The text on standard input, if `-` asks for it: as the file that `--stdin-filepath` names, whether or not there is one.
 *
 * @throws InputError for `-` among other paths, and for a name without `-`
 */
export async function givenText(args: ParsedArgs, { stdin, cwd }: CommandIo): Promise<GivenText | null> {
  const path = args.value('stdin-filepath');
  if (!args.operands.includes(STANDARD_INPUT)) {
    if (path === undefined) return null;
    throw new InputError('stdin-filepath', 'names what stands on standard input, which - asks for');
  }
  if (args.operands.length > 1) throw new InputError(null, '- is standard input, and is read alone');
  if (path !== undefined && extname(path) === '.ipynb') {
    throw new InputError('stdin-filepath', 'names a notebook, and notebooks are not read');
  }
  const shown = path ?? STANDARD_INPUT;
  return { path: shown, absolute: resolve(cwd, shown), source: await sourceOf(stdin) };
}
