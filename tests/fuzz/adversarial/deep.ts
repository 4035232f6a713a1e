import { type Family, HEAD, type NamedText, namedTexts, times } from './named-text.ts';

/** What nests: the text of a nesting of some depth. */
const NESTS: Readonly<Record<string, (depth: number) => string>> = {
  parentheses: (depth) => `x = ${'('.repeat(depth)}1${')'.repeat(depth)}\n`,
  lists: (depth) => `x = ${'['.repeat(depth)}${']'.repeat(depth)}\n`,
  dicts: (depth) => `x = ${'{1: '.repeat(depth)}1${'}'.repeat(depth)}\n`,
  tuples: (depth) => `x = ${'('.repeat(depth)}1${',)'.repeat(depth)}\n`,
  calls: (depth) => `x = ${'f('.repeat(depth)}1${')'.repeat(depth)}\n`,
  'calls of torch': (depth) => `x = ${'nn.Sequential('.repeat(depth)}nn.ReLU()${')'.repeat(depth)}\n`,
  subscripts: (depth) => `x = ${'a['.repeat(depth)}1${']'.repeat(depth)}\n`,
  lambdas: (depth) => `x = ${'lambda: '.repeat(depth)}1\n`,
  'conditional expressions': (depth) => `x = ${'1 if a else '.repeat(depth)}1\n`,
  signs: (depth) => `x = ${'-'.repeat(depth)}1\n`,
  nots: (depth) => `x = ${'not '.repeat(depth)}1\n`,
  sums: (depth) => `x = 1${' + 1'.repeat(depth)}\n`,
  powers: (depth) => `x = 1${' ** 1'.repeat(depth)}\n`,
  ands: (depth) => `x = a${' and a'.repeat(depth)}\n`,
  comparisons: (depth) => `x = a${' < a'.repeat(depth)}\n`,
  attributes: (depth) => `x = a${'.b'.repeat(depth)}\n`,
  'called attributes': (depth) => `x = a${'.b()'.repeat(depth)}\n`,
  'subscript chain': (depth) => `x = a${'[0]'.repeat(depth)}\n`,
  walruses: (depth) => `x = ${'(y := '.repeat(depth)}1${')'.repeat(depth)}\n`,
  comprehensions: (depth) => `x = ${'['.repeat(depth)}1${' for i in x]'.repeat(depth)}\n`,
  targets: (depth) => `${'('.repeat(depth)}x${',)'.repeat(depth)} = y\n`,
  'chained assignments': (depth) => `${'x = '.repeat(depth)}1\n`,
  awaits: (depth) => `async def f():\n    ${'await '.repeat(depth)}x\n`,
  stars: (depth) => `f(${'*'.repeat(depth)}x)\n`,
  'f-strings': (depth) => `x = ${'f"{'.repeat(depth)}1${'}"'.repeat(depth)}\n`,
  'type arguments': (depth) => `x: ${'List['.repeat(depth)}int${']'.repeat(depth)} = 1\n`,
  elifs: (depth) => `if a:\n    pass\n${'elif a:\n    pass\n'.repeat(depth)}`,
  decorators: (depth) => `${'@f\n'.repeat(depth)}class A(nn.Module): pass\n`,
  'unclosed parentheses': (depth) => `x = ${'('.repeat(depth)}\n`,
  'unclosed of all kinds': (depth) => `x = ${'([{'.repeat(depth / 3)}\n`,
  'closed but never open': (depth) => `x = ${')]}'.repeat(depth / 3)}\n`,
  'or patterns': (depth) => `match x:\n    case 1${' | 1'.repeat(depth)}: pass\n`,
  'class patterns': (depth) => `match x:\n    case ${'A('.repeat(depth)}${')'.repeat(depth)}: pass\n`,
};

/** What nests by indentation, which costs the square of its depth in characters. */
const BLOCKS: Readonly<Record<string, string>> = {
  ifs: 'if a:',
  fors: 'for i in x:',
  'counted fors': 'for i in range(2):',
  whiles: 'while a:',
  withs: 'with a:',
  tries: 'try:',
  functions: 'def f():',
  classes: 'class A(nn.Module):',
};

function blocks(head: string, depth: number): string {
  return `${times(depth, (level) => `${' '.repeat(level)}${head}\n`)}${' '.repeat(depth)}pass\n`;
}

const DEPTHS = [1000, 10_000, 100_000];

/** Nesting far deeper than anybody writes. */
export const deep: readonly NamedText[] = namedTexts({
  ...Object.fromEntries(
    Object.entries(NESTS).flatMap(([name, nest]) =>
      DEPTHS.map((depth) => [`${name} ${depth} deep`, () => `${HEAD}${nest(depth)}`]),
    ),
  ),
  ...Object.fromEntries(
    Object.entries(BLOCKS).flatMap(([name, head]) =>
      [100, 1000].map((depth) => [`${name} ${depth} deep`, () => `${HEAD}${blocks(head, depth)}`]),
    ),
  ),
} satisfies Family);
