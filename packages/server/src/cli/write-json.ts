import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '../input/input-error.ts';
import type { CommandIo } from './command.ts';
import type { ParsedArgs } from './parse-options.ts';

/** Writes a document to where `--json` says; answers whether that is standard output, which then has nothing else. */
export async function writeJson(document: string, args: ParsedArgs, io: CommandIo): Promise<boolean> {
  const target = args.value('json');
  if (target === undefined || target === '-') return target === '-';
  await writeFile(resolve(io.cwd, target), document).catch((error: NodeJS.ErrnoException) => {
    throw new InputError('json', `${target} cannot be written (${error.code})`);
  });
  return false;
}
