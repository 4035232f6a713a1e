import type { GraphClassification } from '@widthwise/core';

/** An exponent with its 95 % half-width; `zero` where everything is exactly 0, null where it is not a power. */
export type Slope = readonly [exponent: number, halfWidth: number] | 'zero' | null;

/** Of one model: by what is measured (`init`, `gradient`, `step 1`), then by the layer or weight. */
export type Measured = Readonly<Record<string, Readonly<Record<string, Slope>>>>;

/** What the calculus says of one tensor beside what was measured of it. */
export interface Compared {
  readonly model: number;
  readonly kind: string;
  readonly name: string;
  readonly said: number;
  readonly measured: Slope;
  readonly agrees: boolean;
  /** False where it is wrong: a change may be smaller than the calculus has it, which assumes full alignment. */
  readonly holds: boolean;
}

/** How far a slope over these widths may lie from its limit, beside its interval. */
const TOLERANCE: Readonly<Record<string, number>> = { init: 0.15, gradient: 0.15 };
const TOLERANCE_OF_CHANGE = 0.2;

/** What the calculus says of a model, against the slopes that were measured of it. */
export function compare(
  truth: GraphClassification,
  measured: Measured | undefined,
  model: number,
): readonly Compared[] {
  return Object.entries(measured ?? {}).flatMap(([kind, slopes]) =>
    Object.entries(slopes).flatMap(([name, slope]): readonly Compared[] => {
      const said = saidOf(truth, kind, name);
      return said === undefined
        ? []
        : [{ model, kind, name, said, measured: slope, ...judged(kind, said, slope) }];
    }),
  );
}

function saidOf(truth: GraphClassification, kind: string, name: string): number | undefined {
  if (kind === 'gradient') return truth.gradient.get(name) ?? undefined;
  const step = Number(/^step (\d)/.exec(kind)?.[1] ?? Number.NaN);
  const sizes = kind === 'init' ? truth.init : truth.steps[step - 1];
  return sizes?.get(`${name} y`) ?? sizes?.get(`${name} z`) ?? sizes?.get(name) ?? undefined;
}

function judged(kind: string, said: number, slope: Slope): Pick<Compared, 'agrees' | 'holds'> {
  const isZero = said === Number.POSITIVE_INFINITY;
  if (slope === null) return { agrees: false, holds: false };
  if (slope === 'zero' || isZero) return { agrees: isZero === (slope === 'zero'), holds: slope === 'zero' };
  const [exponent, halfWidth] = slope;
  const room = (TOLERANCE[kind] ?? TOLERANCE_OF_CHANGE) + halfWidth;
  const agrees = Math.abs(exponent - said) <= room;
  return { agrees, holds: agrees || (!(kind in TOLERANCE) && exponent > said) };
}

/** How many agree, by what is measured, and each that is wrong. */
export function reportText(compared: readonly Compared[]): string {
  const kinds = [...Map.groupBy(compared, ({ kind }) => kind)].map(([kind, own]) => {
    const agree = own.filter(({ agrees }) => agrees).length;
    const smaller = own.filter(({ agrees, holds }) => holds && !agrees).length;
    return `${kind}: ${agree} of ${own.length} agree, ${smaller} smaller than said, ${own.length - agree - smaller} wrong`;
  });
  const wrong = compared
    .filter(({ holds }) => !holds)
    .map(
      ({ model, kind, name, said, measured }) =>
        `model ${model}, ${kind}, ${name}: said ${said}, measured ${slopeText(measured)}`,
    );
  return [...kinds, ...wrong].join('\n');
}

function slopeText(slope: Slope): string {
  if (slope === null || slope === 'zero') return slope ?? 'no power';
  return `${slope[0].toFixed(2)} ± ${slope[1].toFixed(2)}`;
}
