import type { Node } from '@vscode/tree-sitter-wasm';

/** A number of Python 2: `0777`, `1L`; or one that ends with an underscore. */
export function isNumberRefused({ text }: Node): boolean {
  return /^0[\d_]*[1-9][\d_]*$/.test(text) || /[lL_]$/.test(text);
}

const PREFIX = /^(?:[rubft]|br|rb|fr|rf|tr|rt)?$/i;

interface Literal {
  readonly prefix: string;
  readonly content: string;
}

function literalOf({ text }: Node): Literal {
  const [, prefix = '', quotes = ''] = /^(\w*)("""|'''|"|')/.exec(text) ?? [];
  return { prefix, content: text.slice(prefix.length + quotes.length, text.length - quotes.length) };
}

function isBytes({ prefix }: Literal): boolean {
  return /b/i.test(prefix);
}

/** One with a prefix that Python has not, an escape that says nothing, or bytes that are none. */
export function isTextRefused(node: Node): boolean {
  const literal = literalOf(node);
  const { prefix, content } = literal;
  if (!PREFIX.test(prefix) || (isBytes(literal) && NOT_ASCII.test(content))) return true;
  return !/r/i.test(prefix) && content.includes('\\') && isEscapedBadly(literal);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
const NOT_ASCII = /[^\x00-\x7f]/;

/** Texts beside one another are all bytes, or none is. */
export function areTextsRefused({ namedChildren }: Node): boolean {
  const texts = namedChildren.filter((one) => one?.type === 'string').map((one) => one as Node);
  const bytes = texts.filter((one) => isBytes(literalOf(one)));
  return (bytes.length > 0 && bytes.length < texts.length) || texts.some(isTextRefused);
}

const LAST_CHARACTER = 0x10_ff_ff;

/** An escape: `\x` has two digits, in a text `\u` four and `\U` eight, and `\N` a name. */
const ESCAPE = /\\(?:[^xuUN]|x([\da-fA-F]{0,2})|u([\da-fA-F]{0,4})|U([\da-fA-F]{0,8})|N(\{[^{}]*\}?)?)/gs;

/** Of what an f-string computes nothing is asked. */
function isEscapedBadly(literal: Literal): boolean {
  const { prefix, content } = literal;
  const isText = !isBytes(literal);
  const hasNames = isText && !/[ft]/i.test(prefix);
  return [...content.matchAll(ESCAPE)].some(([all, two, four, eight, name]) => {
    if (two !== undefined) return two.length < 2;
    if (!isText) return false;
    if (four !== undefined) return four.length < 4;
    if (eight !== undefined) return eight.length < 8 || Number.parseInt(eight, 16) > LAST_CHARACTER;
    return hasNames && all.startsWith('\\N') && !/^\{[^{}]+\}$/.test(name ?? '');
  });
}
