import type { Span } from '@widthwise/analysis';

/** The name of the list that a parameter group stands in, where the text makes it one: `groups = [{…}, {…}]`, `groups.append({…})`. */
export function groupsName(text: string, group: Span, all: readonly Span[]): Span | null {
  let { start } = group;
  for (let before = endingAt(text, start, all); before !== undefined; before = endingAt(text, start, all))
    ({ start } = before);
  const from = Math.max(0, start - MOST_BEFORE);
  const found = MADE.exec(text.slice(from, start));
  if (found?.[1] === undefined) return null;
  return { start: from + found.index, end: from + found.index + found[1].length };
}

/** The group behind which nothing but a comma stands in front of a place. */
function endingAt(text: string, place: number, all: readonly Span[]): Span | undefined {
  return all.find(({ start, end }) => start < place && end <= place && BETWEEN.test(text.slice(end, place)));
}

/** How far in front of its first group a list may begin. */
const MOST_BEFORE = 1024;

const BETWEEN = /^(?:[\s,]|#[^\n]*\n)*$/;

const MADE = /(?<![\p{L}\p{N}_.])([\p{L}_][\p{L}\p{N}_]*)(?:\s*=\s*[[(]|\.append\()(?:\s|#[^\n]*\n)*$/u;
