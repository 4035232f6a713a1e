import { LONGEST_NAME, shownText } from './shown-text.ts';

/** A name of the code in a sentence: as it is where it looks like a name, else as code that it cannot leave. */
export function nameText(name: string): string {
  const plain = name.length <= LONGEST_NAME && /^[\p{L}\p{N}_.*]+$/u.test(name);
  return plain ? name : codeSpan(name);
}

/** Code in a sentence: between one backtick more than it has in a row, with room only where it would touch them. */
export function codeSpan(text: string, most: number = LONGEST_NAME): string {
  const shown = shownText(text, most);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  // Nothing between two backticks would be two backticks, which open code that ends wherever others stand.
  if (shown === '') return '` `';
  const room = /^`|`$/.test(shown) || hasRoom(shown) ? ' ' : '';
  return `${fence}${room}${shown}${room}${fence}`;
}

/** A stretch of a sentence. */
export interface Stretch {
  readonly isCode: boolean;
  /** Without the backticks of code. */
  readonly text: string;
}

/** A sentence as Markdown reads it, in what is code and what is not: backticks that nothing closes are text. */
export function stretchesOf(sentence: string): readonly Stretch[] {
  const fences = [...sentence.matchAll(/`+/g)].map((run) => ({
    start: run.index,
    end: run.index + run[0].length,
  }));
  const closing = closingFences(fences.map(({ start, end }) => end - start));
  const stretches: Stretch[] = [];
  let from = 0;
  for (let i = 0; i < fences.length; i++) {
    const close = closing[i];
    if (close === undefined) continue;
    const [open, shut] = [fences[i]!, fences[close]!];
    stretches.push({ isCode: false, text: sentence.slice(from, open.start) });
    stretches.push({ isCode: true, text: withoutRoom(sentence.slice(open.end, shut.start)) });
    from = shut.end;
    i = close;
  }
  stretches.push({ isCode: false, text: sentence.slice(from) });
  return stretches.filter(({ isCode, text }) => isCode || text !== '');
}

/** One space at either end of code is room between it and its backticks. */
function withoutRoom(code: string): string {
  return hasRoom(code) ? code.slice(1, -1) : code;
}

function hasRoom(code: string): boolean {
  return code.startsWith(' ') && code.endsWith(' ') && /[^ ]/.test(code);
}

/** For each fence the next one of its length, by place. */
function closingFences(lengths: readonly number[]): readonly (number | undefined)[] {
  const next = new Map<number, number>();
  const closing = lengths.map((): number | undefined => undefined);
  for (let i = lengths.length - 1; i >= 0; i--) {
    closing[i] = next.get(lengths[i]!);
    next.set(lengths[i]!, i);
  }
  return closing;
}
