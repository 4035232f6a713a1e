import { isOne } from '../../growth/product.ts';
import type { Quantity } from '../../growth/quantity.ts';
import type { Contraction, Tensor } from '../../network/graph.ts';

/** An operand of a contraction. */
export interface ContractionSide {
  readonly of: Tensor;
  readonly other: Tensor;
  readonly dimensions: readonly SideDimension[];
}

/** A listed dimension of an operand. */
export interface SideDimension {
  readonly place: number;
  readonly length: Quantity;
  readonly isSummed: boolean;
  /** Whether the other operand has it, too. */
  readonly isShared: boolean;
}

/** Each is asked for on every way through the conditions of its model. */
const known = new WeakMap<Contraction, readonly ContractionSide[]>();

/** Both operands of a contraction, the left one first. */
export function sidesOf(contraction: Contraction): readonly ContractionSide[] {
  const sides = known.get(contraction) ?? bothSides(contraction);
  known.set(contraction, sides);
  return sides;
}

function bothSides({ axes, of: [left, right] }: Contraction): readonly ContractionSide[] {
  const dimensionsOf = (tensor: Tensor, letters: string, others: string) =>
    [...letters].flatMap((letter, at): readonly SideDimension[] => {
      const place = placeOf(tensor, letters, at);
      const length = tensor.shape?.dims[place];
      if (length === undefined) return [];
      return [{ place, length, isSummed: !axes.out.includes(letter), isShared: others.includes(letter) }];
    });
  return [
    { of: left, other: right, dimensions: dimensionsOf(left, axes.left, axes.right) },
    { of: right, other: left, dimensions: dimensionsOf(right, axes.right, axes.left) },
  ];
}

/** The place of a letter among the listed dimensions; letters before those stand for the data's. */
export function placeOf({ shape }: Tensor, letters: string, at: number): number {
  return at - (letters.length - (shape?.dims.length ?? 0));
}

/** Whether a contraction sums over nothing: a product entry by entry. */
export function isEntrywise(contraction: Contraction): boolean {
  return sidesOf(contraction).every(({ dimensions }) =>
    dimensions.every(({ isSummed, length }) => !isSummed || isOne(length)),
  );
}
