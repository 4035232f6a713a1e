import { shownText } from '@widthwise/core';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML and SVG show it, in content and in quoted attributes: names and files are other people's. */
export function escapeHtml(text: string): string {
  return shownText(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character]!);
}
