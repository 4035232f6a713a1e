import { isSame, largerOf, type Magnitude, ONE, over, smallerOf, times, toThe } from './magnitude.ts';
import { type NumberValue, numberOf } from './step-value.ts';

/** What is added so that nothing is divided by 0. */
const SMALL = 1e-4;

/** Whether it is a number that is only there so that nothing is divided by 0. */
export function isSmall({ exact }: NumberValue): boolean {
  return exact !== null && Math.abs(exact) < SMALL;
}

export function sumOf(left: NumberValue, right: NumberValue): NumberValue {
  if (left.exact !== null && right.exact !== null) return madeOf(left.exact + right.exact, left, right);
  if (isSmall(left)) return right;
  if (isSmall(right)) return left;
  return numberOf(null, sameOf(left.magnitude, right.magnitude));
}

/** A difference of what is not spelled out may be anything, but for 1 less a share, and of what no size is in. */
export function differenceOf(left: NumberValue, right: NumberValue): NumberValue {
  if (left.exact !== null && right.exact !== null) return madeOf(left.exact - right.exact, left, right);
  if (isSmall(right)) return left;
  if (left.exact === 1 && right.magnitude?.rate === 1 && right.magnitude.gradient === 0)
    return { ...numberOf(null, ONE), isLeft: true };
  const isFixed = (one: NumberValue) => one.magnitude !== null && isSame(one.magnitude, ONE);
  return numberOf(null, isFixed(left) && isFixed(right) ? ONE : null);
}

export function productOf(left: NumberValue, right: NumberValue): NumberValue {
  if (left.exact !== null && right.exact !== null) return madeOf(left.exact * right.exact, left, right);
  if (left.exact === 0 || right.exact === 0) return exactly(0);
  return numberOf(null, left.magnitude && right.magnitude && times(left.magnitude, right.magnitude));
}

export function quotientOf(left: NumberValue, right: NumberValue): NumberValue {
  if (right.exact === 0) return numberOf(null, null);
  if (left.exact !== null && right.exact !== null) return madeOf(left.exact / right.exact, left, right);
  if (left.exact === 0) return exactly(0);
  return numberOf(null, left.magnitude && right.magnitude && over(left.magnitude, right.magnitude));
}

export function powerOf(base: NumberValue, exponent: NumberValue): NumberValue {
  if (exponent.exact === null) return powerOfCount(base, exponent);
  if (base.exact !== null) return madeOf(base.exact ** exponent.exact, base, exponent);
  return numberOf(null, base.magnitude && toThe(base.magnitude, exponent.exact));
}

/** `beta ** step`. */
function powerOfCount(base: NumberValue, { magnitude }: NumberValue): NumberValue {
  const isShare = base.isShare === true || (base.exact !== null && base.exact > 0 && base.exact < 1);
  return numberOf(null, isShare && magnitude !== null && isSame(magnitude, ONE) ? ONE : null);
}

/** A number that another step may find to be another, as a count of steps. */
export function counted(number: NumberValue): NumberValue {
  return { ...number, exact: null };
}

export function extremeOf(which: 'max' | 'min', left: NumberValue, right: NumberValue): NumberValue {
  if (left.exact !== null && right.exact !== null)
    return madeOf(Math[which](left.exact, right.exact), left, right);
  if (left.of === 'count' && right.of === 'count') return left;
  if (isSmall(left)) return which === 'max' ? right : left;
  if (isSmall(right)) return which === 'max' ? left : right;
  if (left.magnitude === null || right.magnitude === null) return numberOf(null, null);
  return numberOf(null, (which === 'max' ? largerOf : smallerOf)(left.magnitude, right.magnitude));
}

/** Of numbers that are spelled out; one of a name may be a size, and so may what is made of it. */
function madeOf(exact: number, left: NumberValue, right: NumberValue): NumberValue {
  return left.magnitude === null || right.magnitude === null ? numberOf(exact, null) : exactly(exact);
}

/** A number that is spelled out. */
export function exactly(exact: number): NumberValue {
  return numberOf(Number.isFinite(exact) ? exact : null, Number.isFinite(exact) ? ONE : null);
}

function sameOf(left: Magnitude | null, right: Magnitude | null): Magnitude | null {
  return left !== null && right !== null && isSame(left, right) ? left : null;
}
