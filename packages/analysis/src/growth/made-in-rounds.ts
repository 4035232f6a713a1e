import { alternativesOf, exactValue, isPair, pair, type Quantity, sameQuantity, unary } from './quantity.ts';

/** Whether each number that a quantity may be is one that the other may be. */
export function isWithinQuantity(later: Quantity, earlier: Quantity): boolean {
  if (later === earlier || earlier.op === 'unknown') return true;
  const known = alternativesOf(earlier);
  return alternativesOf(later).every((one) =>
    known.some((other) => sameQuantity(one, other) || isStep(one, other) || isMadeOfAny(one, other)),
  );
}

/** Whether rounds leave a number as they knew it; 0, at which each round of an outer loop begins anew, is made of any. */
export function isSettled(later: Quantity, earlier: Quantity): boolean {
  if (!alternativesOf(earlier).some(({ op }) => op === 'steady')) return isWithinQuantity(later, earlier);
  const others = alternativesOf(later).filter((one) => exactValue(one)?.numerator !== 0);
  return others.every((one) => isWithinQuantity(one, earlier));
}

/** Whether a number is what a loop makes of it, one round more: x·f of x·fᵏ, x + f of x + k·f. */
function isStep(later: Quantity, earlier: Quantity): boolean {
  if (!isPair(earlier) || earlier.right.op !== 'steady' || !isPair(later) || later.op !== earlier.op)
    return false;
  const { of } = earlier.right;
  const step = of.op === 'either' && sameQuantity(later.right, of.right) ? of.right : of;
  if (!sameQuantity(later.right, step)) return false;
  return sameQuantity(later.left, earlier) || sameQuantity(later.left, earlier.left);
}

/**
 * A number to which each round of a loop adds the same, or which it multiplies, however often that was; undefined for
 * any other.
 *
 * @param times the numbers by which rounds are counted; null for none
 */
export function accumulated(
  later: Quantity,
  earlier: Quantity,
  times: Quantity | null = null,
): Quantity | undefined {
  const known = alternativesOf(earlier);
  let all = earlier;
  for (const named of alternativesOf(later)) {
    if (known.some((other) => sameQuantity(named, other) || isStep(named, other))) continue;
    const one = named.op === 'symbol' ? (named.value ?? named) : named;
    if (!isPair(one) || !STEPS.has(one.op)) return undefined;
    const before = known.find((other) => sameQuantity(one.left, other));
    if (before === undefined) return undefined;
    const often = times === null ? one.right : pair('either', times, one.right);
    all = pair('either', all, pair(one.op, before, unary('steady', often)));
  }
  return all;
}

const STEPS: ReadonlySet<Quantity['op']> = new Set(['add', 'subtract', 'multiply', 'divide']);

/** More parts of a number that rounds change are not told apart. */
const MOST_PARTS = 64;

/**
 * What rounds make of numbers in some way that each changes: the same at every width if each part is of which these are made.
 * Undefined where one of them is not known.
 */
export function madeOfAny(quantities: readonly Quantity[]): Quantity | undefined {
  const any = anyPartOf(quantities);
  return any ? unary('steady', any) : undefined;
}

/** One of the parts of which numbers are made, whichever it is; null for none, undefined where one is not known. */
export function anyPartOf(quantities: readonly Quantity[]): Quantity | null | undefined {
  const parts: Quantity[] = [];
  for (const part of quantities.flatMap(partsOf)) {
    if (part.op === 'unknown') return undefined;
    if (!parts.some((one) => sameQuantity(one, part))) parts.push(part);
    if (parts.length > MOST_PARTS) return undefined;
  }
  return parts.length === 0 ? null : parts.reduce((left, right) => pair('either', left, right));
}

/** Whether a number is made of no parts but those that another one is made of in any way, or of that and of its parts. */
function isMadeOfAny(later: Quantity, earlier: Quantity): boolean {
  const any = steadiesIn(earlier).find((parts) => areAmong(earlier, parts));
  return any !== undefined && partsOf(later).length > 0 && areAmong(later, any);
}

function areAmong(quantity: Quantity, parts: readonly Quantity[]): boolean {
  return partsOf(quantity).every((part) => parts.some((one) => sameQuantity(one, part)));
}

/** The parts of each number in a quantity that may be made of these in any way. */
function steadiesIn(quantity: Quantity): readonly (readonly Quantity[])[] {
  switch (quantity.op) {
    case 'steady':
      return [alternativesOf(quantity.of)];
    case 'symbol':
      return quantity.value === null ? [] : steadiesIn(quantity.value);
    case 'power':
      return steadiesIn(quantity.base);
    case 'negate':
    case 'logarithm':
      return steadiesIn(quantity.of);
    default:
      return isPair(quantity) ? [...steadiesIn(quantity.left), ...steadiesIn(quantity.right)] : [];
  }
}

/** The names, and the numbers that are written out, of which a quantity is made; what is 0 at every width is none. */
function partsOf(quantity: Quantity): readonly Quantity[] {
  const exact = exactValue(quantity);
  switch (quantity.op) {
    case 'unknown':
      return [quantity];
    case 'literal':
      return exact?.numerator === 0 ? [] : [quantity];
    case 'symbol':
      if (exact !== undefined || quantity.value === null) return exact?.numerator === 0 ? [] : [quantity];
      return partsOf(quantity.value);
    case 'power':
      return partsOf(quantity.base);
    case 'negate':
    case 'logarithm':
    case 'steady':
      return partsOf(quantity.of);
    default:
      return [...partsOf(quantity.left), ...partsOf(quantity.right)];
  }
}
