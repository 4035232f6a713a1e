/**
 * A power of a width, n^e: the one place where widths are raised to exponents.
 *
 * Multiples of ¼ up to 16 take multiplications, square roots and at most one division, each correctly rounded,
 * so the result is the same on every engine of JavaScript and exact where n^e is a power of two. Every other exponent
 * is exp(e·log n). `Math.pow` and `**` are never used: they differ between versions of Node.
 *
 * @param width n > 0; a ratio of widths is allowed
 * @param exponent e, finite
 * @returns n^e, exact for multiples of ½ at n = 4^k
 * @see docs/math.md#powers-of-the-width
 */
export function widthPower(width: number, exponent: number): number {
  if (!(width > 0) || !Number.isFinite(width)) {
    throw new RangeError(`widthPower: expected a positive width, got ${width}`);
  }
  if (!Number.isFinite(exponent)) {
    throw new RangeError(`widthPower: expected a finite exponent, got ${exponent}`);
  }
  const quarters = 4 * Math.abs(exponent);
  if (!Number.isInteger(quarters) || quarters > 64) return Math.exp(exponent * Math.log(width));
  const magnitude = quarterPower(width, quarters);
  return exponent < 0 ? 1 / magnitude : magnitude;
}

/** n^(quarters/4), by the shortest chain of roots, then by squaring. */
function quarterPower(width: number, quarters: number): number {
  let base = width;
  let count = quarters;
  if (count % 4 === 0) count /= 4;
  else if (count % 2 === 0) {
    base = Math.sqrt(base);
    count /= 2;
  } else base = Math.sqrt(Math.sqrt(base));

  let power = 1;
  for (let square = base; count > 0; square *= square) {
    if (count % 2 === 1) power *= square;
    count = Math.floor(count / 2);
  }
  return power;
}
