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
  const all = dims.reduce((left, right) => pair('multiply', left, right), ONE);
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
    // mup asks the first two dimensions alone which way a parameter goes.
    descent: dims
      .slice(2)
      .reduce(
        (left, dim) => pair('multiply', left, pair('ifGrows', dim, UNKNOWN_QUANTITY)),
        pair('divide', all, pair('multiply', matrix, matrix)),
      ),
  };
}

function lastThatGrows(before: Quantity, dim: Quantity): Quantity {
  return pair('multiply', dim, pair('divide', before, pair('ifGrows', dim, before)));
}
