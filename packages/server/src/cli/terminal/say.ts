import type { CommandIo } from '../command.ts';
import { boundedSentence } from './bounded-sentence.ts';
import { type Terminal, terminalOf } from './terminal.ts';

/** A sentence on one line, no longer than people read. */
export function oneLine(sentence: string, { plain }: Pick<Terminal, 'plain'>): string {
  return plain(boundedSentence(sentence));
}

/** Says one sentence on standard error. */
export function say(io: Pick<CommandIo, 'stdout' | 'stderr' | 'env'>, sentence: string): void {
  io.stderr.write(`widthwise: ${oneLine(sentence, terminalOf(io))}\n`);
}
