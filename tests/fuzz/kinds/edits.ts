import fc from 'fast-check';
import type { Corpus, Kind } from '../harness/kind.ts';

/** What people and broken tools do to a text; `at` and `length` are taken modulo what there is. */
interface Edit {
  readonly how: keyof typeof EDITS;
  readonly at: number;
  readonly length: number;
  readonly typed: string;
}

const EDITS = {
  erase: (text, { at, length }) => splice(text, at % (text.length + 1), length % 80, ''),
  type: (text, { at, typed }) => splice(text, at % (text.length + 1), 0, typed),
  replace: (text, { at, length, typed }) => splice(text, at % (text.length + 1), length % 20, typed),
  cut: (text, { at }) => text.slice(0, at % (text.length + 1)),
  'erase line': (text, { at }) => onLines(text, (lines) => lines.splice(at % lines.length, 1)),
  'repeat lines': (text, { at, length }) =>
    onLines(text, (lines) => {
      const from = at % lines.length;
      lines.splice(from, 0, ...lines.slice(from, from + (length % 12)));
    }),
  'move line': (text, { at, length }) =>
    onLines(text, (lines) => lines.splice(length % lines.length, 0, ...lines.splice(at % lines.length, 1))),
  indent: (text, { at, length }) =>
    onLines(text, (lines) => {
      const line = at % lines.length;
      lines[line] = `${' '.repeat(length % 9)}${lines[line]!.trimStart()}`;
    }),
  'swap words': (text, { at, length }) => {
    const words = [...new Set(text.match(/[A-Za-z_]\w*/g) ?? ['x'])];
    const [from, to] = [words[at % words.length]!, words[length % words.length]!];
    return text.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), to);
  },
  'other number': (text, { at, typed }) => {
    const numbers = [...text.matchAll(/\b\d+(?:\.\d+)?\b/g)];
    const one = numbers[at % (numbers.length || 1)];
    return one === undefined ? text : splice(text, one.index, one[0].length, typed);
  },
  'other line ends': (text, { at }) => text.replaceAll('\n', ['\r', '\r\n', '\f\n', '\u2028'][at % 4]!),
} as const satisfies Readonly<Record<string, (text: string, edit: Edit) => string>>;

function splice(text: string, at: number, length: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at + length);
}

function onLines(text: string, change: (lines: string[]) => unknown): string {
  const lines = text.split('\n');
  change(lines);
  return lines.join('\n');
}

const TYPED = [
  ...'( ) [ ] { } : , = == + - * / ** @ ; . ... % \n \t # " \' """ \\ -> := ~ | & ^ << !'.split(' '),
  ...'if else for while return import from as with lambda yield await def class match global del not None'.split(
    ' ',
  ),
  ...'self nn. torch. 0 1 1e999 -1 0.02 10**9 ** self.x super().__init__() n*n width'.split(' '),
  '\n    ',
  '\n        for i in range(1000):\n            ',
  'nn.Linear(width, width)',
  '# widthwise: width(n)',
  '# noqa: MUP101',
  'é',
  '🦜',
  '\u0000',
  '\ud800',
  '\r',
];

const EDIT: fc.Arbitrary<Edit> = fc.record({
  how: fc.constantFrom(...(Object.keys(EDITS) as (keyof typeof EDITS)[])),
  at: fc.nat(1_000_000),
  length: fc.nat(10_000),
  typed: fc.oneof(fc.constantFrom(...TYPED), fc.string({ unit: 'grapheme', maxLength: 12 })),
});

/** What stands in a corpus and is edited. */
function edited(corpus: Corpus): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(corpus.length - 1), fc.array(EDIT, { minLength: 1, maxLength: 8 }))
    .map(([file, edits]) => edits.reduce((text, edit) => EDITS[edit.how](text, edit), corpus[file]!));
}

/** Real model code while somebody edits it. */
export const edits: Kind = {
  name: 'edits',
  summary: 'random edits of real Python',
  judge: 'text',
  counts: { short: 300, usual: 3000, long: 100_000 },
  together: 40,
  timeoutMs: 20_000,
  inputs: (corpus) => ({ named: [], drawn: edited(corpus) }),
};
