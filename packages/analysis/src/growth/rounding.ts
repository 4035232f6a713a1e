/** Sums of fractions that are no powers of ½ differ in the last digits: exponents that differ by less are the same. */
export const ROUNDING = 1e-9;
