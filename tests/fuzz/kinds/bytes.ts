import fc from 'fast-check';
import type { Corpus, Kind } from '../harness/kind.ts';

const START = 'import torch\nfrom torch import nn\n';

const encoded = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Signs that editors and parsers stumble over: ends of lines, directions, joiners, wide and combining ones. */
const SOUP = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    ...[
      '\r',
      '\r\n',
      '\f',
      '\v',
      '\u0085',
      '\u2028',
      '\u202e',
      '\u200d',
      '\ufeff',
      '\u0000',
      '\t',
      '\n',
      '\\\n',
    ],
    ...[
      'e\u0301',
      '漢',
      '🦜',
      '👩‍👩‍👧',
      'ﬁ',
      'ﬀ',
      'ℵ',
      '𝔫𝔫',
      '"""',
      "'",
      '#',
      '# noqa: ',
      'class ',
      'def ',
      '(',
      '[',
    ],
  ),
);

/** Flips, drops and inserts bytes of a real file. */
function mutated(corpus: Corpus): fc.Arbitrary<Uint8Array> {
  const change = fc.record({ at: fc.nat(1_000_000), drop: fc.nat(3), put: fc.uint8Array({ maxLength: 4 }) });
  return fc
    .tuple(fc.nat(corpus.length - 1), fc.array(change, { minLength: 1, maxLength: 12 }))
    .map(([file, changes]) =>
      changes.reduce((bytes, { at, drop, put }) => {
        const from = at % (bytes.length + 1);
        return Uint8Array.from([...bytes.subarray(0, from), ...put, ...bytes.subarray(from + drop)]);
      }, encoded(corpus[file]!)),
    );
}

function truncated(corpus: Corpus): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.nat(corpus.length - 1), fc.nat(1_000_000))
    .map(([file, at]) => encoded(corpus[file]!).subarray(0, at % corpus[file]!.length));
}

/** What no editor would save: noise, damage, half a file, a soup of Unicode. */
export const bytes: Kind = {
  name: 'bytes',
  summary: 'random, mutated and truncated bytes, and soups of Unicode',
  judge: 'bytes',
  counts: { short: 300, usual: 2000, long: 10_000 },
  together: 40,
  timeoutMs: 20_000,
  inputs: (corpus) => ({
    named: [],
    drawn: fc.oneof(
      fc.uint8Array({ maxLength: 2000 }),
      fc.uint8Array({ maxLength: 2000 }).map((noise) => Uint8Array.from([...encoded(START), ...noise])),
      fc.array(SOUP, { maxLength: 200 }).map((soup) => encoded(START + soup.join(''))),
      mutated(corpus),
      truncated(corpus),
    ),
  }),
};
