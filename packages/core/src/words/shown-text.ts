/** A name of a person's longer than this is cut, and shows that it is. */
export const LONGEST_NAME = 120;

/** The most that an error says again of what it was given. */
const LONGEST_QUOTE = 200;

/**
 * What a reader does not see, or what moves the text around it: controls and ends of lines, directions of writing,
 * widths of zero, halves of a surrogate pair. The selectors that choose between two looks of an emoji may stay.
 */
const UNSEEN = /(?![\ufe00-\ufe0f])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const LETTERS: Readonly<Record<string, string>> = {
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
};

/**
 * Text that somebody else wrote, as it can be shown anywhere: on one line, what is unseen as the escape that Python
 * has for it, `\x1b`, `\u202e`; cut after `most` characters with `…`.
 */
export function shownText(text: string, most: number = Number.POSITIVE_INFINITY): string {
  return cutText(text, most).replaceAll(UNSEEN, escapeOf);
}

/** At most so many characters of a text, and `…` where there are more. */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  const characters = [...text.slice(0, 2 * (most + 1))];
  return characters.length <= most ? text : `${characters.slice(0, most).join('')}…`;
}

/** What an error was given, in quotes: `'x'`. */
export function quoted(text: string, most: number = LONGEST_QUOTE): string {
  return `'${shownText(text, most)}'`;
}

/**
 * A value from outside as JSON writes it, no longer than an error may be. One with lists or tables in it is told by its
 * size: it may be deeper than the stack.
 */
export function quotedJson(value: unknown, most: number = LONGEST_QUOTE): string {
  const parts = isObject(value) ? Object.values(value) : [];
  if (parts.length <= most && !parts.some(isObject)) {
    return shownText(JSON.stringify(value) ?? String(value), most);
  }
  return Array.isArray(value) ? `a list of ${parts.length}` : `a table of ${parts.length}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  if (code > 0xffff) return `\\U${digits.padStart(8, '0')}`;
  return (
    LETTERS[character] ?? (code > 0xff ? `\\u${digits.padStart(4, '0')}` : `\\x${digits.padStart(2, '0')}`)
  );
}
