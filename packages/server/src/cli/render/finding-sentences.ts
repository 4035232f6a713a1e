import type { Finding } from '@widthwise/analysis';

/** A finding for a reader who has no line of code before them, a sentence a line: what is, what is assumed, ways out. */
export function findingSentences({ message, assumptions, fixes }: Finding): readonly string[] {
  return [`${message}.`, ...assumptions, ...fixes.map(({ text }) => `Fix: ${text}`)];
}
