import { judgeRow, type WeightRow } from '@widthwise/analysis';
import { type InitExponent, widthPower } from '@widthwise/core';

/** What a number of one width is multiplied by at another; `zero` where it is 0 at every width, null where that is unknown. */
export type WidthFactor = number | 'zero' | null;

/** A quantity of a weight as the code has it and as μP wants it, at one width in parts of what it is at another. */
export interface ScaledQuantity {
  readonly yours: WidthFactor;
  readonly wants: WidthFactor;
}

/** How the numbers of one weight change from one width to another. */
export interface WeightFactors {
  readonly init: ScaledQuantity;
  /** Of a tied weight as the embedding; `asReadout` where it is another one there. */
  readonly multiplier: ScaledQuantity & { readonly asReadout?: WidthFactor };
  readonly rate: ScaledQuantity;
}

/**
 * What initialization, multiplier and learning rate of a weight become when the width is multiplied: ratio^-b,
 * ratio^-a and ratio^-c, of the code and of μP.
 *
 * @param ratio the new width in parts of the old one, > 0
 */
export function factorsAt({ a, b, c, tied, wants }: WeightRow, ratio: number): WeightFactors {
  const factor = (exponent: InitExponent | null | undefined): WidthFactor =>
    typeof exponent === 'number' ? widthPower(ratio, -exponent) : (exponent ?? null);
  return {
    init: { yours: factor(b), wants: factor(wants?.b) },
    multiplier:
      tied === null
        ? { yours: factor(a), wants: factor(wants?.a) }
        : { yours: factor(tied.embedding), wants: null, asReadout: factor(tied.readout) },
    rate: { yours: factor(c), wants: factor(wants?.c) },
  };
}

/** The quantities of a row in which the code differs from μP. */
export function wrongIn(row: WeightRow): ReadonlySet<keyof WeightFactors> {
  const [init, multiplier, rate] = judgeRow(row).map(({ state }) => state === 'wrong');
  const names = { init, multiplier, rate };
  return new Set((['init', 'multiplier', 'rate'] as const).filter((name) => names[name]));
}
