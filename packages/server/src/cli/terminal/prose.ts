import type { Terminal } from './terminal.ts';
import { wrapText } from './wrap-text.ts';

/** A text in characters that can be shown, in lines no longer than the terminal is wide. */
export function prose(text: string, { plain, columns }: Pick<Terminal, 'plain' | 'columns'>): string {
  return wrapText(plain(text), columns ?? Number.POSITIVE_INFINITY);
}

/** A text of lines, such as a page of help, each in characters that can be shown. */
export function page(text: string, { plain }: Pick<Terminal, 'plain'>): string {
  return text.split('\n').map(plain).join('\n');
}
