import type { Slope } from '@widthwise/core';
import type { StaticReading } from '../against-static.ts';
import { type BuiltLayerCheck, failsTowards, reachesHalf } from './layer-checks.ts';

/** The slopes against width that the calculus foretells of a place, by the exponents of its code; null where it knows none. */
export interface Foretold {
  readonly layer: string;
  /** Of what it makes at initialization, and of how that then moves. */
  readonly start: number | null;
  readonly update: number | null;
}

/** A slope that is beyond doubt another than the one foretold. */
export interface Unforetold {
  readonly layer: string;
  readonly what: 'start' | 'update';
  readonly foretold: number;
  readonly slope: Slope;
}

/** What is foretold of the places of weights; nothing where the code, as it is read, is not what was built. */
export function foretoldOf(readings: ReadonlyMap<string, StaticReading>): readonly Foretold[] {
  const all = [...readings];
  if (all.some(([, { disagreements }]) => disagreements.length > 0)) return [];
  return all.flatMap(([name, { row }]): readonly Foretold[] => {
    const [layer, own] = [name.replace(/\.?weight$/, ''), name.split('.').at(-1)];
    const [start, update] = [slopeOf(row.effects.made), slopeOf(row.effects.moved)];
    return own !== 'weight' || (start === null && update === null) ? [] : [{ layer, start, update }];
  });
}

/** Places whose slopes are others than those foretold, where their verdicts stand. */
export function unforetoldIn(
  checks: readonly BuiltLayerCheck[],
  { foretold, steps }: { readonly foretold: readonly Foretold[]; readonly steps: number },
): readonly Unforetold[] {
  return foretold.flatMap(({ layer, start, update }) => {
    const at = (step: number) => checks.find((check) => check.layer === layer && check.step === step);
    return [
      ...differing(at(0), 'start', start).map((one) => ({ layer, ...one })),
      ...(steps === 0 ? [] : differing(at(steps), 'update', update).map((one) => ({ layer, ...one }))),
    ];
  });
}

function differing(
  check: BuiltLayerCheck | undefined,
  what: Unforetold['what'],
  foretold: number | null,
): readonly Omit<Unforetold, 'layer'>[] {
  if (check === undefined || foretold === null) return [];
  const key = what === 'start' ? 'size' : 'update';
  const slope = check.upper[key] ?? check[key];
  if (slope === null || check.verdicts[key] === 'undecided') return [];
  const { value, low, high } = slope;
  if (value === null || low === null || high === null) return [];
  const off = { value: value - foretold, low: low - foretold, high: high - foretold };
  // Theory knows multiples of ½: what comes to none of them is on its way to one.
  return failsTowards(off, Math.sign(off.value)) && reachesHalf(off) ? [{ what, foretold, slope }] : [];
}

/** e of Θ(n^−e) as a slope; what is 0 has none. */
function slopeOf(exponent: number | null): number | null {
  return exponent === null || !Number.isFinite(exponent) ? null : 0 - exponent;
}
