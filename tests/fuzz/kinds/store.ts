import fc from 'fast-check';
import type { Kind, NamedInput } from '../harness/kind.ts';
import type { Tampering } from '../judges/store.ts';

const named = (name: string, tampering: Tampering): NamedInput => ({ name, make: () => tampering });

const PLAIN: readonly NamedInput[] = [
  named('a pipe', { how: 'pipe' }),
  named('a folder', { how: 'folder' }),
  named('another run under this name', { how: 'another run' }),
  named('a link to endless zeros', { how: 'link', to: '/dev/zero' }),
  named('a link to nothing', { how: 'link', to: 'nowhere' }),
  named('a link to itself', { how: 'link', to: '.' }),
  named('nothing', { how: 'text', text: '' }),
  named('null', { how: 'text', text: 'null' }),
  named('JSON nested deep', { how: 'text', text: '['.repeat(200_000) }),
  named('not JSON', { how: 'text', text: 'NaN' }),
];

const TAMPERING: fc.Arbitrary<Tampering> = fc.oneof(
  fc.record({
    how: fc.constant('bytes' as const),
    changes: fc.array(
      fc.record({ at: fc.nat(100_000), drop: fc.nat(5), put: fc.array(fc.nat(255), { maxLength: 5 }) }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.record({
    how: fc.constant('values' as const),
    changes: fc.array(
      fc.record({
        way: fc.array(fc.nat(30), { minLength: 1, maxLength: 6 }),
        put: fc.oneof(
          fc.constantFrom(null, 0, 1e-9, 0.5, 'finished', '', true, [], {}),
          fc.double({ noNaN: true }),
          fc.jsonValue({ maxDepth: 2 }),
        ),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.record({ how: fc.constant('text' as const), text: fc.json() }),
);

/** A store that somebody else has written to. */
export const store: Kind = {
  name: 'store',
  summary: 'results in the store, forged, damaged and replaced',
  judge: 'store',
  counts: { short: 40, usual: 1500, long: 10_000 },
  together: 10,
  timeoutMs: 60_000,
  inputs: () => ({ named: PLAIN, drawn: TAMPERING }),
};
