import { expect, test } from 'vitest';
import { seedsToGoOnTo } from './more-seeds.ts';
import type { CheckReason } from './reasons.ts';

const SLOPE = { value: 0, low: -0.3, high: 0.3 };
const PLACE = { layer: 'fc', step: 1, what: 'size', slope: SLOPE } as const;
const open = (by: Extract<CheckReason, { kind: 'interval' }>['by']): CheckReason => ({
  kind: 'interval',
  ...PLACE,
  by,
});
const wants = (seeds: number) => open({ kind: 'seeds', seeds });
/** Two widths, ten seconds a seed. */
const runs = Array.from({ length: 10 }, () => ({ seconds: 5 }));

const goesTo = (
  reasons: readonly CheckReason[],
  { most = 10, secondsLeft = 1000, verdict = 'undecided' as const } = {},
) => seedsToGoOnTo({ verdict, reasons, seeds: 5, runs }, { most, secondsLeft });

test('a check goes on to the seeds that would decide all that is open', () => {
  expect(goesTo([wants(7)])).toBe(7);
  expect(goesTo([wants(7), wants(9)])).toBe(9);
});

test('to as many as are allowed where more would decide: what so many tell is often enough', () => {
  expect(goesTo([wants(20)])).toBe(10);
  expect(goesTo([wants(20)], { most: 5 })).toBe(null);
});

test('to as many as there is time for', () => {
  expect(goesTo([wants(9)], { secondsLeft: 30 })).toBe(7);
  expect(goesTo([wants(9)], { secondsLeft: 10 })).toBe(null);
});

test.each<[string, readonly CheckReason[]]>([
  ['wider networks would decide', [open({ kind: 'widest', width: 4096 })]],
  ['nothing that could be run would', [open(null)]],
  ['something else is open as well', [wants(7), { kind: 'narrow', count: 1, width: 16, least: 32 }]],
  ['runs diverge', [{ kind: 'diverges', widths: [64], step: 1 }]],
])('no further where %s', (_, reasons) => {
  expect(goesTo(reasons)).toBe(null);
});

test('no further with a verdict', () => {
  expect(
    seedsToGoOnTo({ verdict: 'warn', reasons: [wants(7)], seeds: 5, runs }, { most: 10, secondsLeft: 1e3 }),
  ).toBe(null);
});
