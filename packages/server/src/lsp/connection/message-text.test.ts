import { expect, test } from 'vitest';
import { logText, messageText } from './message-text.ts';

/** How VS Code finds links in a message, and icons in the title of a lens (base/common/linkedText.ts, iconLabels.ts). */
const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;
const ICON = /(\\)?\$\(([a-z0-9-]+(?:~[a-z]+)?)\)/i;

test.each([
  '[go](command:workbench.action.terminal.new)',
  '[go](HTTPS://evil.example)',
  '[a](file:///etc/passwd)',
  'x $(sync~spin) y',
])('what VS Code would draw of %j is text', (text) => {
  expect(LINK.test(text) || ICON.test(text)).toBe(true);
  expect(messageText(text)).not.toMatch(LINK);
  expect(messageText(text)).not.toMatch(ICON);
});

test('a message is one line of seen characters, and not a megabyte', () => {
  expect(messageText('a\u001b[2Jb\u202ec\nd')).toBe(String.raw`a\x1b[2Jb\u202ec\nd`);
  expect(messageText('x'.repeat(1_000_000))).toHaveLength(2001);
});

test('code in a message stays as it is', () => {
  expect(messageText('forward: layers[0](x) is not followed, $HOME')).toBe(
    'forward: layers[0](x) is not followed, $HOME',
  );
});

test('a stack in the log keeps its lines', () => {
  expect(logText('Error: a\u001b[2J\n    at b')).toBe('Error: a\\x1b[2J\n    at b');
});
