import { expect, test } from 'vitest';
import { didYouMean } from './did-you-mean.ts';
import { cutText, quoted, quotedJson, shownText } from './shown-text.ts';

test.each([
  ['\u001b[31mred', String.raw`\x1b[31mred`],
  ['a\nb\r\tc', String.raw`a\nb\r\tc`],
  ['\u009b2J', String.raw`\x9b2J`],
  ['\u202egnp.exe', String.raw`\u202egnp.exe`],
  ['a\u200bb\ufeff', String.raw`a\u200bb\ufeff`],
  ['\ud83d', String.raw`\ud83d`],
  ['\u2028', String.raw`\u2028`],
  ['\u{e0041}', String.raw`\U000e0041`],
])('what is unseen in %j is shown', (text, shown) => {
  expect(shownText(text)).toBe(shown);
});

test.each(['fc1.weight', 'μP', '漢字', 'é', '❤️', '🙂', 'a b', '−½'])('%s is shown as it is', (text) => {
  expect(shownText(text)).toBe(text);
});

test('cuts between characters and says that it did', () => {
  expect(cutText('🙂🙂🙂', 2)).toBe('🙂🙂…');
  expect(cutText('🙂🙂', 2)).toBe('🙂🙂');
  expect(cutText('abc', 3)).toBe('abc');
});

test('an error says no more than some of what it was given', () => {
  expect(quoted('x'.repeat(900_000))).toBe(`'${'x'.repeat(200)}…'`);
  expect(quotedJson(['x'.repeat(900_000)])).toHaveLength(201);
  expect(quotedJson(undefined)).toBe('undefined');
  expect(quotedJson(Array(1000).fill(0))).toBe('a list of 1000');
});

test('an error tells what is deeper than the stack by its size', () => {
  const deep = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  expect(quotedJson(deep)).toBe('a list of 1');
  expect(quotedJson({ a: deep, b: 2 })).toBe('a table of 2');
  expect(quotedJson([1, null, 'x'])).toBe('[1,null,"x"]');
});

test('a word of a megabyte is near to none', () => {
  const long = 'x'.repeat(1_000_000);
  expect(didYouMean(long, ['tanh', `${long}y`])).toBe('');
});
