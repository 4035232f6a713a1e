/** How long a line of Python may be before a formatter breaks it. */
export const LONGEST = 88;

/** Nobody writes a longer group. */
const MOST_TO_JOIN = 4000;

/** Where code is put. */
export interface CodePlace {
  /** What its last line begins with. */
  readonly indent: string;
  /** How much stands in front of it on its first line. */
  readonly column: number;
  /** How much stands right behind it on its last line. */
  readonly behind: number;
  /** By how much more the lines in its brackets are indented. */
  readonly step: string;
  readonly lineEnd: string;
  /** Whether its outer brackets are broken though it would fit, as those that it was made of were. */
  readonly isOpen?: boolean;
}

/** An expression in one line, or, where that is too long, with what its longest brackets hold a line each. */
export function inLines(code: string, place: CodePlace): string {
  const { indent, column, behind, step, lineEnd, isOpen = false } = place;
  const isShort = !isOpen && column + code.length + behind <= LONGEST;
  if (isShort || code.includes('\n')) return code;
  const brackets = longestBrackets(code);
  if (brackets === null) return code;
  const { start, end } = brackets;
  const { parts, by } = partsOf(code.slice(start + 1, end), code.charAt(start));
  if (parts.length < 2 && by !== ',') return aroundOnePart(code, brackets, place);
  const deeper = indent + step;
  const inside = code.slice(start + 1, end).trim();
  // What a call is given stands on one line of its own where it fits there.
  if (
    /\w\($/.test(code.slice(0, start + 1)) &&
    !isOpen &&
    by === ',' &&
    deeper.length + inside.length <= LONGEST
  )
    return [code.slice(0, start + 1), deeper + inside, `${indent}${code.slice(end)}`].join(lineEnd);
  const inner = { indent: deeper, column: deeper.length, behind: 1, step, lineEnd };
  const lines = linesOf(inside, { parts, by }, deeper);
  const laid = lines.map((part) => `${deeper}${inLines(part, inner)}${by === ',' ? ',' : ''}`);
  return [code.slice(0, start + 1), ...laid, `${indent}${code.slice(end)}`].join(lineEnd);
}

/** Brackets that hold one thing stand on the lines of its own: `n.endswith((` … `))`. */
function aroundOnePart(code: string, { start, end }: Brackets, place: CodePlace): string {
  const [head, inner, tail] = [code.slice(0, start + 1), code.slice(start + 1, end), code.slice(end)];
  const column = place.column + head.length;
  return head + inLines(inner, { ...place, column, behind: tail.length + place.behind }) + tail;
}

/** Code whose brackets go over lines as one line; null where that would lose a comment or change a text. */
export function inOneLine(code: string): string | null {
  if (code.length > MOST_TO_JOIN || /#|\\[\r\n]|'''|"""/.test(code)) return null;
  return code
    .replaceAll(/,?\s*[\r\n]\s*(?=[\]}])/g, '')
    .replaceAll(/\s*[\r\n]\s*(?=\))/g, '')
    .replaceAll(/(?<=[([{])\s*[\r\n]\s*/g, '')
    .replaceAll(/\s*[\r\n]\s*/g, ' ');
}

/** What stands between brackets in as few lines as it takes, and what commas part in one each. */
function linesOf(code: string, { parts, by }: Parts, indent: string): readonly string[] {
  if (by !== ',' && indent.length + code.length <= LONGEST) return [code];
  return by === 'for' ? parts.flatMap((part) => conditionsOf(part, indent)) : parts;
}

/** A condition of a comprehension that is too long, at its `and` and `or`. */
function conditionsOf(part: string, indent: string): readonly string[] {
  if (!part.startsWith('if ') || indent.length + part.length <= LONGEST) return [part];
  return splitAt(part, ['or', 'and']);
}

interface Parts {
  readonly parts: readonly string[];
  readonly by: ',' | 'for' | 'logic';
}

/** What stands between brackets, in parts. */
function partsOf(code: string, bracket: string): Parts {
  const depths = depthsOf(code);
  const loop = wordsAt(code, depths, ['for'])[0];
  if (loop !== undefined) {
    const at = wordsAt(code, depths, ['for', 'if']).filter((one) => one >= loop);
    return { parts: cut(code, at), by: 'for' };
  }
  const commas = [...code.matchAll(/,/g)].map(({ index }) => index + 1).filter((at) => depths[at - 1] === 0);
  const isDict = bracket === '{';
  if (commas.length > 0 || isDict) {
    const parts = cut(code, commas).map((part) => part.replace(/,$/, ''));
    return { parts: parts.filter((part) => part !== ''), by: ',' };
  }
  const isChoice = wordsAt(code, depths, ['else']).length > 0;
  const choice = isChoice ? cut(code, wordsAt(code, depths, ['if', 'else'])) : [];
  return { parts: isChoice ? choice : splitAt(code, ['or', 'and']), by: 'logic' };
}

/** Code before each of the first words that it has outside of brackets. */
function splitAt(code: string, words: readonly string[]): readonly string[] {
  const depths = depthsOf(code);
  const at = words.map((word) => wordsAt(code, depths, [word])).find((one) => one.length > 0);
  return cut(code, at ?? []);
}

function cut(code: string, at: readonly number[]): readonly string[] {
  return [0, ...at].map((start, index) => code.slice(start, at[index]).trim());
}

function wordsAt(code: string, depths: readonly number[], words: readonly string[]): readonly number[] {
  return [...code.matchAll(/(?<=\s)[a-z]+(?=\s)/g)]
    .filter(({ 0: word, index }) => words.includes(word) && depths[index] === 0)
    .map(({ index }) => index);
}

/** Where two brackets stand. */
interface Brackets {
  readonly start: number;
  readonly end: number;
}

/** The brackets outside of others that have most in them. */
function longestBrackets(code: string): Brackets | null {
  let longest: Brackets | null = null;
  let start = 0;
  for (const [at, depth] of depthsOf(code).entries()) {
    if (depth !== 1) continue;
    if ('([{'.includes(code.charAt(at))) start = at;
    const isLonger = longest === null || at - start > longest.end - longest.start;
    if (')]}'.includes(code.charAt(at)) && isLonger) longest = { start, end: at };
  }
  return longest;
}

/** In how many brackets each letter stands, a bracket being in itself; infinite in a text. */
function depthsOf(code: string): readonly number[] {
  const depths: number[] = [];
  let depth = 0;
  while (depths.length < code.length) {
    const letter = code.charAt(depths.length);
    TEXT.lastIndex = depths.length;
    if ((letter === '"' || letter === "'") && TEXT.test(code)) {
      while (depths.length < TEXT.lastIndex) depths.push(Number.POSITIVE_INFINITY);
      continue;
    }
    if ('([{'.includes(letter)) depth += 1;
    depths.push(depth);
    if (')]}'.includes(letter)) depth -= 1;
  }
  return depths;
}

/** A text with its quotation marks. */
const TEXT = /(["'])(?:\\.|(?!\1)[^\\])*\1/y;
