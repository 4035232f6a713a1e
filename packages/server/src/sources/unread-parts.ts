import type { Analysis } from '@widthwise/analysis';

/** What of a text was not read though it has an analysis: clauses behind its name. */
export function unreadParts({ exhausted }: Analysis): readonly string[] {
  return exhausted ? [EXHAUSTED] : [];
}

const EXHAUSTED = 'takes more steps to read than any model written by hand: none of its models is known';
