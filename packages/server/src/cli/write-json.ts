import { resolve } from 'node:path';
import { quoted } from '@widthwise/core';
import { InputError } from '../input/input-error.ts';
import type { CommandIo } from './command.ts';
import { writeTo } from './output/write-to.ts';
import type { ParsedArgs } from './parse-options.ts';

/** Whether the JSON has standard output for itself. */
export function jsonAlone(args: ParsedArgs): boolean {
  return args.value('json') === '-';
}

/**
 * Writes a document to the file that `--json` names, if it names one. Call it last: what was found has been printed
 * then, whatever becomes of the file.
 *
 * @throws InputError where it cannot be written
 */
export async function writeJson(document: string, args: ParsedArgs, io: CommandIo): Promise<void> {
  if (!jsonAlone(args)) await writeNamed({ option: 'json', document }, args, io);
}

/** The same for an option of another name. */
export async function writeNamed(
  { option, document }: { readonly option: string; readonly document: string },
  args: ParsedArgs,
  io: CommandIo,
): Promise<void> {
  const target = args.value(option);
  if (target === undefined) return;
  await writeTo(resolve(io.cwd, target), document, io).catch((error: NodeJS.ErrnoException) => {
    throw new InputError(option, `${quoted(target)} cannot be written (${error.code ?? error.message})`);
  });
}
