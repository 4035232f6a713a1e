import { h } from 'preact';
import { expect, test } from 'vitest';
import { elementsOf } from './app/elements.fixture.ts';
import { Sentence } from './sentence.tsx';

const shown = (text: string) => {
  const [line, ...codes] = elementsOf(h('p', null, h(Sentence, { text })));
  return { text: line?.text, codes: codes.map(({ tag, text: code }) => [tag, code]) };
};

test('code stands without its backticks, however many it has', () => {
  expect(shown('multiply by `64 / n` at `` a`b ``')).toEqual({
    text: 'multiply by 64 / n at a`b',
    codes: [
      ['code', '64 / n'],
      ['code', 'a`b'],
    ],
  });
});

test('a backtick by itself is text, and no line ends inside of a power', () => {
  expect(shown('a ` is none; n^-½')).toEqual({ text: 'a ` is none; n^-\u2060½', codes: [] });
});
