import { literal, pair, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';

/** Numbers of mup for one parameter, as its dimensions grow: those that do are what its base shape lacks. */
export interface WidthMultipliers {
  /** `infshape.width_mult()`: the last dimension that grows over its base. */
  readonly width: Quantity;
  /** The same of a parameter of which two dimensions grow, and 1 of any other. */
  readonly matrix: Quantity;
  /** What MuSGD multiplies the rate by: fan-out over fan-in, or the one dimension that grows. */
  readonly descent: Quantity;
}

const ONE = literal(1);

/** Those of a parameter that is the same at every width. */
export const FINITE: WidthMultipliers = { width: ONE, matrix: ONE, descent: ONE };

export const UNREAD: WidthMultipliers = {
  width: UNKNOWN_QUANTITY,
  matrix: UNKNOWN_QUANTITY,
  descent: UNKNOWN_QUANTITY,
};

/** Up to constants, by the lengths of a parameter's dimensions in the framework's order. */
export function widthMultipliers(dims: readonly Quantity[]): WidthMultipliers {
  const matrix = dims.reduce(
    ({ before, product }, dim) => ({
      before: pair('multiply', before, dim),
      product: pair('multiply', product, pair('ifGrows', before, dim)),
    }),
    { before: ONE, product: ONE },
  ).product;
  return {
    width: dims.reduce(lastThatGrows, ONE),
    matrix,
    // Of a parameter of which two dimensions grow mup asks the first two alone which way it goes.
    descent: dims.slice(2).reduce(
      (left, dim, at) => {
        const others = productOf(dims.toSpliced(at + 2, 1));
        return pair('multiply', left, pair('ifGrows', dim, pair('ifGrows', others, UNKNOWN_QUANTITY)));
      },
      pair('divide', productOf(dims), pair('multiply', matrix, matrix)),
    ),
  };
}

function productOf(dims: readonly Quantity[]): Quantity {
  return dims.reduce((left, right) => pair('multiply', left, right), ONE);
}

function lastThatGrows(before: Quantity, dim: Quantity): Quantity {
  return pair('multiply', dim, pair('divide', before, pair('ifGrows', dim, before)));
}
