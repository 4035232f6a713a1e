import MarkdownIt from 'markdown-it';
import { marked } from 'marked';
import { expect, test } from 'vitest';
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

const EVIL = [
  '![pix](https://evil.example/p.png)',
  '[go](command:workbench.action.terminal.new)',
  '[ref]: https://evil.example',
  '<img src=https://evil.example/x.png>',
  '</code><script>alert(1)</script>',
  '<https://evil.example>',
  'https://evil.example/www.evil.example',
  'www.evil.example',
  'someone@evil.example',
  'a`<img src=x>`',
  '`',
  '``` ```` `',
  '`starts',
  'ends`',
  ' spaces ',
  '    indented',
  'a|b',
  String.raw`a\|b`,
  String.raw`a\\|b\|`,
  '\\',
  'ends\\`',
  '&lt;b&gt;',
  '# heading',
  '- list',
  '1. list',
  '===',
  '---',
  '> quote',
  '**bold** _em_ ~~gone~~ $x^2$',
  '$(command)',
  'a\n\n# b\n\n<b>',
  'a\r\nb\u2028c',
  '\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  '\u202eevil\u2066',
  'zero\u200bwidth\ufeff',
  '\u{1f600}\u{e0041}',
  'lone\ud800',
  '__proto__',
  'constructor',
  '漢字 и кириллица',
];

/** As VS Code draws a preview, and as strict as it gets: raw HTML is let through, so that it would show. */
const preview = new MarkdownIt({ html: true, linkify: true });

/** What each reader makes of a document: kinds of what is not text, and the text. */
const READERS = {
  'markdown-it': (source: string) => {
    const tokens = preview.parse(source, {}).flatMap((token) => [token, ...(token.children ?? [])]);
    const text = tokens.filter(({ type }) => type === 'text' || type === 'code_inline' || type === 'fence');
    return { kinds: tokens.map(({ type }) => type), text: text.map(({ content }) => content).join('') };
  },
  marked: (source: string) => {
    const kinds: string[] = [];
    const texts: string[] = [];
    void marked.walkTokens(marked.lexer(source, { gfm: true }), (token) => {
      kinds.push(token.type);
      const isLeaf = token.type === 'codespan' || token.type === 'escape' || token.type === 'code';
      if (isLeaf || (token.type === 'text' && !('tokens' in token && token.tokens))) texts.push(token.text);
    });
    return { kinds, text: texts.join('') };
  },
};
const ACTIVE =
  /^(?:image|link|link_open|html|html_block|html_inline|def|heading|heading_open|blockquote|strong|strong_open|em|em_open|del|s_open|hr|list|list_item)$/;

/** Spaces in a row are one to who reads it; an entity is what it stands for. */
const seen = (text: string): string =>
  text.replaceAll('&#124;', '|').replaceAll('\u2060', '').replaceAll(/ +/g, ' ').trim();

test.each(EVIL)('shows %j as text, in a sentence and alone', (name) => {
  for (const source of [markdown`It is ${name} here`, markdown`${name}`, markdown`${`${name}: it is`}`]) {
    for (const read of Object.values(READERS)) {
      const { kinds } = read(markdownText(source));
      expect(kinds.filter((kind) => ACTIVE.test(kind))).toEqual([]);
    }
  }
  const { text } = READERS['markdown-it'](markdownText(markdown`${name.replaceAll('`', 'x')}`));
  expect(seen(text)).toBe(seen(shownText(name.replaceAll('`', 'x'))));
});

test.each(EVIL)('shows %j as code that it does not leave', (name) => {
  for (const [reader, read] of Object.entries(READERS)) {
    const { kinds, text } = read(markdownText(markdown`It is ${codeMarkdown(name)} here`));
    expect(kinds.filter((kind) => ACTIVE.test(kind))).toEqual([]);
    expect(text, reader).toBe(`It is ${shownText(name)} here`);
    expect(read(`It is ${codeSpan(name)} here`).text, reader).toBe(text);
  }
});

test.each(EVIL)('keeps %j in its cell', (name) => {
  const table = tableMarkdown(['name', 'text', 'end'], [[codeMarkdown(name), name, 'last']]);
  for (const [reader, read] of Object.entries(READERS)) {
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
  expect(seen(code?.content ?? '')).toBe(seen(shownText(name)));
});

test.each(EVIL)('keeps %j in its block', (text) => {
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

test('reads a million backticks in one pass', () => {
  const runs = Array.from({ length: 1400 }, (_, length) => '`'.repeat(length + 1)).join(' ');
  expect(codeSpan(runs).length).toBeLessThan(400);
  expect(markdownText(markdown`${runs}`).length).toBeLessThan(10_000);
});
