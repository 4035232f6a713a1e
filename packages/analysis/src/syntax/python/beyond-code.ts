/** Python has fewer levels of indentation. */
const MAX_LEVELS = 100;

/** More spaces in a row than stand within any line of code. */
const MAX_SPACES = 10_000;

/**
 * Whether a text can be no code, and would take the grammar far longer than code does: with every sign it carries all
 * levels of indentation along, and where signs make no sense it goes over the spaces before them again and again.
 */
export function isBeyondCode(text: string): boolean {
  const levels: number[] = [];
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = lineEnd(text, start);
    const first = behindSpaces(text, start, end);
    if (first === end) continue;
    while ((levels.at(-1) ?? -1) >= first - start) levels.pop();
    if (levels.push(first - start) > MAX_LEVELS || hasManySpaces(text, first, end)) return true;
  }
  return false;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Where the first sign of a part of a text stands. */
function behindSpaces(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

function hasManySpaces(text: string, start: number, end: number): boolean {
  if (end - start <= MAX_SPACES) return false;
  for (let at = start; at < end; at++) {
    const behind = behindSpaces(text, at, end);
    if (behind - at > MAX_SPACES && behind < end) return true;
    at = behind;
  }
  return false;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 9 || code === 12 || code === 13;
}
