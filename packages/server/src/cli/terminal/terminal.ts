import { styleText } from 'node:util';
import { shownText } from '@widthwise/core';
import type { CommandIo } from '../command.ts';

export type Tone = 'good' | 'bad' | 'open' | 'dim' | 'strong';

const FORMATS = { good: 'green', bad: 'red', open: 'yellow', dim: 'dim', strong: 'bold' } as const;

/** What a terminal can show. */
export interface Terminal {
  /** Characters in a line; null where nobody counts them, as in a pipe. */
  readonly columns: number | null;
  /** A text that others may have written, on one line, in characters that can be shown and do nothing. */
  plain(text: string): string;
  /** A text of plain characters with a tone, where there are colors. */
  toned(tone: Tone, text: string): string;
}

/** What standard output can show: colors on a terminal unless NO_COLOR is set, Unicode unless the locale is another. */
export function terminalOf({ stdout, env }: Pick<CommandIo, 'stdout' | 'env'>): Terminal {
  const colors = stdout.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb';
  const unicode = speaksUnicode(env);
  return {
    // A terminal that nobody told its size says 0.
    columns: stdout.isTTY === true ? stdout.columns || 80 : null,
    plain: (text) => (unicode ? shownText(text) : toAscii(shownText(text))),
    toned: (tone, text) =>
      colors && text.trim() !== '' ? styleText(FORMATS[tone], text, { validateStream: false }) : text,
  };
}

/** False only where the locale names another encoding: containers often set none and show UTF-8 all the same. */
function speaksUnicode(env: CommandIo['env']): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'];
  return !locale || /utf-?8/i.test(locale);
}

const ASCII: readonly (readonly [RegExp, string])[] = [
  [/✓/g, '+'],
  [/✗/g, 'x'],
  [/−|–|—/g, '-'],
  [/±/g, '+-'],
  [/→/g, '->'],
  [/·/g, '|'],
  [/…/g, '...'],
  [/×/g, 'x'],
  [/≤/g, '<='],
  [/≥/g, '>='],
  [/∞/g, 'inf'],
  [/½/g, '1/2'],
  [/¼/g, '1/4'],
  [/μP/g, 'muP'],
  [/μ/g, 'mu'],
  [/λ/g, 'lambda'],
  [/η/g, 'eta'],
  [/θ/g, 'theta'],
  [/σ/g, 'sigma'],
  [/χ/g, 'chi'],
  [/ε/g, 'epsilon'],
  [/ξ/g, 'xi'],
  [/⟨/g, '<'],
  [/⟩/g, '>'],
  [/‖/g, '||'],
  [/[━╺]/g, '#'],
  [/─/g, '.'],
];

/** The same in 7 bits: words for letters, a question mark for what has none. */
export function toAscii(text: string): string {
  const words = ASCII.reduce((line, [character, word]) => line.replaceAll(character, word), text);
  return words
    .normalize('NFKD')
    .replaceAll(/[^\n\x20-\x7e]/g, (character) => (/\p{M}/u.test(character) ? '' : '?'));
}
