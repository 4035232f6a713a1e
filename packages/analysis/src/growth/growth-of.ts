import {
  CONSTANT,
  conditionalGrowth,
  differenceGrowth,
  eitherGrowth,
  type Growth,
  inverseGrowth,
  isPoint,
  isVanished,
  minimumGrowth,
  powerGrowth,
  sumGrowth,
  timesGrowth,
  UNKNOWN_GROWTH,
  VANISHED,
} from './growth.ts';
import {
  exactValue,
  isNegative,
  leavesOf,
  type Pair,
  type PairOperation,
  type Quantity,
  sameQuantity,
} from './quantity.ts';
import { compare, ZERO } from './rational.ts';
import type { WidthSymbol } from './symbol.ts';

/** How a name grows that may stand for a number of the code. */
export type SymbolGrowth = (symbol: WidthSymbol, value: Quantity | null) => Growth;

/** What the growth of a quantity is found with. */
export interface Growths {
  readonly ofSymbol: SymbolGrowth;
  /** How a whole number grows that the code writes: one that is also written for a width may be that width. */
  readonly ofNumber: (value: number) => Growth;
}

/** How a quantity grows, given how each name and number does. */
export function growthOf(quantity: Quantity, growths: Growths): Growth {
  switch (quantity.op) {
    case 'literal':
      return quantity.value === 0 ? VANISHED : growths.ofNumber(quantity.value);
    case 'symbol':
      return isZero(quantity) ? VANISHED : growths.ofSymbol(quantity.symbol, quantity.value);
    case 'unknown':
      return UNKNOWN_GROWTH;
    case 'power':
      return powerGrowth(growthOf(quantity.base, growths), quantity.exponent);
    case 'negate':
      return growthOf(quantity.of, growths);
    case 'logarithm': // of a width it is no power, and that of 1 + 1/n falls like one
      return isFixed(quantity.of, growths) ? CONSTANT : UNKNOWN_GROWTH;
    case 'steady':
      return steadyGrowth(growthOf(quantity.of, growths));
    default:
      return pairGrowth(quantity, growths);
  }
}

/** What something bounded makes of a number that is the same at every width: of 0 it may be 0, as a sine is. */
function steadyGrowth(of: Growth): Growth {
  if (isVanished(of)) return eitherGrowth(CONSTANT, VANISHED);
  return isConstant(of) ? CONSTANT : UNKNOWN_GROWTH;
}

/** What numbers make together may be a number that is also written elsewhere: `4 * 128` as 512. */
function pairGrowth(made: Pair, growths: Growths): Growth {
  const rounded = made.op === 'multiply' ? roundingOf(made) : undefined;
  if (rounded !== undefined) return roundedGrowth(rounded, growths);
  const growth =
    made.op === 'add' || made.op === 'subtract'
      ? sumOf(made, growths)
      : PAIR_GROWTH[made.op](...sidesOf(made, growths));
  if (made.whole === true && falls(growth)) return UNKNOWN_GROWTH;
  const exact = isConstant(growth) ? exactValue(made) : undefined;
  return exact?.denominator === 1 ? growths.ofNumber(exact.numerator) : growth;
}

/** The quotient of `m * (x / m)`, as sizes are rounded: `m * ((d + m - 1) // m)`. */
function roundingOf({ left, right }: Pair): Pair | undefined {
  const divides = (part: Quantity, by: Quantity): part is Pair =>
    part.op === 'divide' && sameQuantity(part.right, by);
  if (divides(right, left)) return right;
  return divides(left, right) ? left : undefined;
}

/** x grows as before, whatever it is rounded to, be that a width or not; of less than one whole part nothing may be left. */
function roundedGrowth({ left, right, whole }: Pair, growths: Growths): Growth {
  const growth = growthOf(left, growths);
  if (whole !== true) return growth;
  const by = growthOf(right, growths);
  const times = timesGrowth(growth, inverseGrowth(by));
  if (falls(times)) return UNKNOWN_GROWTH;
  return compare(times.low, ZERO) >= 0 ? growth : timesGrowth(times, by);
}

/** In a quotient with a width, numbers on its other side are those of the width that something was chosen at: `768 / n`. */
function sidesOf({ op, left, right }: Pair, growths: Growths): readonly [Growth, Growth] {
  const [above, below] = [growthOf(left, growths), growthOf(right, growths)];
  if (op !== 'divide') return [above, below];
  const atBase = { ...growths, ofNumber: () => CONSTANT };
  return [
    surelyGrows(below) ? growthOf(left, atBase) : above,
    surelyGrows(above) ? growthOf(right, atBase) : below,
  ];
}

/** Whether a number that is not 0 becomes smaller than any other. */
function falls(growth: Growth): boolean {
  return compare(growth.high, ZERO) < 0 && !isVanished(growth);
}

function surelyGrows(growth: Growth): boolean {
  return isPoint(growth) && !isConstant(growth);
}

/** x − y and x + (−y) may cancel, unless both are numbers that have nothing to do with width. */
function sumOf(sum: Pair, growths: Growths): Growth {
  const { op, left, right } = sum;
  const opposed = (op === 'subtract') !== (isNegative(left) !== isNegative(right));
  if (!opposed) return sumGrowth(growthOf(left, growths), growthOf(right, growths));
  if (isFixed(sum, growths)) return isZero(sum) ? VANISHED : CONSTANT;
  return differenceGrowth(growthOf(left, growths), growthOf(right, growths));
}

const PAIR_GROWTH: Readonly<
  Record<Exclude<PairOperation, 'add' | 'subtract'>, (left: Growth, right: Growth) => Growth>
> = {
  multiply: timesGrowth,
  divide: (left, right) => timesGrowth(left, inverseGrowth(right)),
  maximum: sumGrowth,
  minimum: minimumGrowth,
  either: eitherGrowth,
  ifGrows: conditionalGrowth,
  pickedBy: (left, right) => (isConstant(right) ? left : UNKNOWN_GROWTH),
};

/** Whether a number is made of numbers alone that are the same at every width. */
function isFixed(quantity: Quantity, growths: Growths): boolean {
  return leavesOf(quantity).every((leaf) => isZero(leaf) || isConstant(growthOf(leaf, growths)));
}

function isZero(quantity: Quantity): boolean {
  return exactValue(quantity)?.numerator === 0;
}

/** Whether something is the same at every width. */
export function isConstant(growth: Growth): boolean {
  return isPoint(growth) && compare(growth.low, ZERO) === 0;
}
