import { shownText } from '@widthwise/core';

/** Longer than this a message is no message. */
const LONGEST_MESSAGE = 2000;
const LONGEST_LOG = 20_000;

/**
 * Text for an editor's own places: diagnostics, lenses, messages, progress. They are plain text, but VS Code draws
 * links in its messages, also to commands, and icons in its lenses: a space in them leaves neither.
 */
export function messageText(text: string): string {
  return shownText(text, LONGEST_MESSAGE)
    .replaceAll(/\](?=\([a-z]+:)/gi, '] ')
    .replaceAll(/\$(?=\([a-z])/gi, '$ ');
}

/** Text for the log: lines stay lines, as in a stack. */
export function logText(text: string): string {
  const lines = text.slice(0, LONGEST_LOG).split('\n');
  return lines.map((line) => shownText(line)).join('\n');
}
