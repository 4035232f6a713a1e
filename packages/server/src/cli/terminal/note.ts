import type { CommandIo } from '../command.ts';
import { oneLine } from './say.ts';
import type { Terminal } from './terminal.ts';

/** Says something beside the work on standard error, one line; a progress line makes room. */
export function noteOn(
  { stderr }: Pick<CommandIo, 'stderr'>,
  terminal: Terminal,
): (sentence: string) => void {
  const clear = stderr.isTTY === true ? '\r\u001b[2K' : '';
  return (sentence) => void stderr.write(`${clear}note: ${oneLine(sentence, terminal)}\n`);
}
