import MarkdownIt from 'markdown-it';
import { marked } from 'marked';

/** Names that would do something, or look like something else, where they are not taken for text. */
export const EVIL_NAMES: readonly string[] = [
  '![pix](https://evil.example/p.png)',
  '[go](command:workbench.action.terminal.new)',
  '[ref]: https://evil.example',
  '<img src=https://evil.example/x.png>',
  '</code><script>alert(1)</script>',
  '"><svg onload=alert(1)>',
  '<https://evil.example>',
  'https://evil.example/www.evil.example',
  '//evil.example/p',
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
  '$(command) `$(id)` $(sync~spin)',
  'a\n\n# b\n\n<b>',
  'a\r\nb\u2028c',
  '\u001b[31m\u001b]8;;https://evil.example\u0007click\u001b]8;;\u0007',
  '\u009b2J\u007f',
  '\u202eevil\u2066',
  'zero\u200bwidth\ufeff',
  '\u{1f600}\u{e0041}',
  'lone\ud800',
  '__proto__',
  'constructor',
  '漢字 и кириллица',
  `long${'x'.repeat(10_000)}`,
];

/** Documents as two readers see them: the kinds of what is not plain text, and what a person reads. */
export interface Read {
  readonly kinds: readonly string[];
  /** Code alone. */
  readonly codes: readonly string[];
  readonly text: string;
  /** Addresses of links and pictures. */
  readonly addresses: readonly string[];
  /** Raw HTML. */
  readonly html: readonly string[];
}

/** As strict as it gets: raw HTML and bare addresses are let through, so that they would show. */
const preview = new MarkdownIt({ html: true, linkify: true });

/** Markdown as VS Code's previews and GitHub read it, and as VS Code's hovers do. */
export const MARKDOWN_READERS: Readonly<Record<'markdown-it' | 'marked', (source: string) => Read>> = {
  'markdown-it': (source) => {
    const tokens = preview.parse(source, {}).flatMap((token) => [token, ...(token.children ?? [])]);
    const of = (...types: readonly string[]): string[] =>
      tokens.filter(({ type }) => types.includes(type)).map(({ content }) => content);
    return {
      kinds: tokens.map(({ type }) => type),
      codes: of('code_inline'),
      text: of('text', 'code_inline', 'fence').join(''),
      addresses: tokens.flatMap((token) =>
        [token.attrGet('href'), token.attrGet('src')].filter((at) => at !== null).map(String),
      ),
      html: of('html_inline', 'html_block'),
    };
  },
  marked: (source) => {
    const kinds: string[] = [];
    const codes: string[] = [];
    const texts: string[] = [];
    const addresses: string[] = [];
    const html: string[] = [];
    void marked.walkTokens(marked.lexer(source, { gfm: true }), (token) => {
      kinds.push(token.type);
      if (token.type === 'codespan') codes.push(token.text);
      if (token.type === 'link' || token.type === 'image') addresses.push(token.href);
      if (token.type === 'html') html.push(token.text);
      const isLeaf = token.type === 'codespan' || token.type === 'escape' || token.type === 'code';
      if (isLeaf || (token.type === 'text' && !('tokens' in token && token.tokens))) texts.push(token.text);
    });
    return { kinds, codes, text: texts.join(''), addresses, html };
  },
};

/** What is unseen, or moves what is seen: nothing of it may be in a text that people read, but the ends of lines. */
export const UNSEEN: RegExp =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff\u{e0000}-\u{e007f}]/u;
