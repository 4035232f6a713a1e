import MarkdownIt from 'markdown-it';
import { expect, test } from 'vitest';
import { plainMarkdown } from './plain-markdown.ts';

const preview = new MarkdownIt({ html: true, linkify: true });

test.each([
  'model.py has no model ![pix](https://evil.example/p.png)',
  '<img src=https://evil.example/x.png> [a](command:b) `code` **bold** &lt; https://evil.example www.evil.example',
  '# not a heading',
  '- not a list',
])('%j is text', (text) => {
  const tokens = preview.parse(`# ${plainMarkdown(text)}`, {});
  const children = tokens.flatMap((token) => token.children ?? []);
  expect(children.map(({ type }) => type)).toEqual(['text']);
  expect(children[0]?.content).toBe(text);
});

test('a line end begins no block', () => {
  expect(plainMarkdown('a\n\n# b')).toBe(String.raw`a \# b`);
});
