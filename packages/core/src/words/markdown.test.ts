import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import { expect, test } from 'vitest';
import { EVIL_NAMES, MARKDOWN_READERS } from '../../test/strangers.ts';
import { codeSpan, nameText } from './code-span.ts';
import {
  codeBlockMarkdown,
  codeMarkdown,
  joinMarkdown,
  markdown,
  markdownText,
  ownMarkdown,
  tableMarkdown,
} from './markdown.ts';
import { shownText } from './shown-text.ts';

const preview = new MarkdownIt({ html: true, linkify: true });
const TITLED = EVIL_NAMES.map((name) => [JSON.stringify(name).slice(0, 40), name] as const);
const ACTIVE =
  /^(?:image|link|link_open|html|html_block|html_inline|def|heading|heading_open|blockquote|strong|strong_open|em|em_open|del|s_open|hr|list|list_item)$/;

/** Spaces in a row are one to who reads it; an entity is what it stands for. */
const seen = (text: string): string =>
  text.replaceAll('&#124;', '|').replaceAll('\u2060', '').replaceAll(/ +/g, ' ').trim();

test.each(TITLED)('shows %s as text, in a sentence and alone', (_, name) => {
  for (const source of [markdown`It is ${name} here`, markdown`${name}`, markdown`${`${name}: it is`}`]) {
    for (const read of Object.values(MARKDOWN_READERS)) {
      const { kinds } = read(markdownText(source));
      expect(kinds.filter((kind) => ACTIVE.test(kind))).toEqual([]);
    }
  }
  const { text } = MARKDOWN_READERS['markdown-it'](markdownText(markdown`${name.replaceAll('`', 'x')}`));
  expect(seen(text)).toBe(seen(shownText(name.replaceAll('`', 'x'), 4000)));
});

test.each(TITLED)('shows %s as code that it does not leave', (_, name) => {
  for (const [reader, read] of Object.entries(MARKDOWN_READERS)) {
    const { kinds, text } = read(markdownText(markdown`It is ${codeMarkdown(name)} here`));
    expect(kinds.filter((kind) => ACTIVE.test(kind))).toEqual([]);
    expect(text, reader).toBe(`It is ${shownText(name, 400)} here`);
    expect(read(`It is ${codeSpan(name)} here`).text, reader).toBe(`It is ${shownText(name, 120)} here`);
  }
});

test.each(TITLED)('keeps %s in its cell', (_, name) => {
  const table = tableMarkdown(['name', 'text', 'end'], [[codeMarkdown(name), name, 'last']]);
  for (const [reader, read] of Object.entries(MARKDOWN_READERS)) {
    const { kinds } = read(markdownText(table));
    expect(kinds.filter((kind) => ACTIVE.test(kind))).toEqual([]);
    expect(kinds, reader).not.toContain('paragraph');
  }
  const [, row] = marked
    .lexer(markdownText(table))
    .flatMap((token) => (token.type === 'table' ? [[], ...token.rows] : []));
  expect(row).toHaveLength(3);
  expect(row?.[2]?.text).toBe('last');
  const cells = preview.parse(markdownText(table), {}).filter(({ type }) => type === 'inline');
  const [code] = cells[3]?.children ?? [];
  expect(cells).toHaveLength(6);
  expect(code?.type).toBe('code_inline');
  expect(seen(code?.content ?? '')).toBe(seen(shownText(name, 400)));
});

test.each(TITLED)('keeps %s in its block', (_, text) => {
  const [block, after] = preview.parse(`${markdownText(codeBlockMarkdown(text, 'sh'))}\n\nafter`, {});
  expect(block?.type).toBe('fence');
  expect(block?.content).toBe(
    `${text
      .split('\n')
      .map((line) => shownText(line))
      .join('\n')}\n`,
  );
  expect(after?.type).toBe('paragraph_open');
});

test('lets the code of a sentence be code, and nothing else of it more than text', () => {
  const sentence = 'Say `# widthwise: width(n)` or ``a`b`` of *it*, `not closed';
  expect(markdownText(markdown`- ${sentence}`)).toBe(
    '- Say `# widthwise: width(n)` or ``a`b`` of \\*it\\*, \\`not closed',
  );
});

test('keeps codes apart that stand side by side', () => {
  const both = joinMarkdown([codeMarkdown('a'), codeMarkdown('b')], ', ');
  expect(markdownText(markdown`${both} and ${ownMarkdown('[rule](https://example.org)')}`)).toBe(
    '`a`, `b` and [rule](https://example.org)',
  );
});

test('writes a name as it is where it looks like one, and as code where it does not', () => {
  expect(nameText('layers.*.fc2.weight')).toBe('layers.*.fc2.weight');
  expect(nameText('a b')).toBe('`a b`');
  expect(nameText('`a')).toBe('`` `a ``');
  expect(nameText('x'.repeat(10_000))).toBe(`\`${'x'.repeat(120)}…\``);
});

test('closes the code of a name that is empty, whatever stands after it', () => {
  for (const read of Object.values(MARKDOWN_READERS)) {
    const source = markdownText(markdown`${codeMarkdown('')} and ${codeMarkdown('a`![x](https://e.x/p)')}`);
    expect(read(source).codes).toEqual([' ', 'a`![x](https://e.x/p)']);
  }
});

test('reads a million backticks in one pass', () => {
  const runs = Array.from({ length: 1400 }, (_, length) => '`'.repeat(length + 1)).join(' ');
  expect(codeSpan(runs).length).toBeLessThan(400);
  expect(markdownText(markdown`${runs}`).length).toBeLessThan(10_000);
});
