import type { Quantity } from '../../growth/quantity.ts';
import type { Contraction, Tensor } from '../../network/graph.ts';
import { sumsOver } from '../../network/tensor.ts';
import { isEntrywise } from '../forward/contraction-side.ts';
import { parameterIn } from '../forward/forward-pass.ts';
import { isActivationProduct, isHomogeneousOfLayers, isMatrixProduct } from '../forward/matrix-product.ts';
import { isProjection } from '../forward/projections.ts';
import { scaledIn } from '../forward/scaled-entries.ts';
import { isOfMadeMatrix } from './made-matrices.ts';
import type { NodeList } from './node-list.ts';
import {
  type Factor,
  growing,
  isOne,
  type Names,
  nodeOf,
  opposite,
  type Placed,
  product,
  type SpeedOf,
  unknownOf,
  unreadOf,
  type Writing,
} from './placed.ts';
import { isOfSumsOfMany, mayBeOfSumsOfMany } from './sums-of-many.ts';

/** A contraction of two tensors as a node; unknown where it is not known how fast one of their dimensions grows. */
export function placeContraction(
  tensor: Contraction,
  { sides: [first, second], ahead, layer }: ContractionSources,
  writing: Writing,
): Placed {
  const { axes, of, shape } = tensor;
  const { nodes, speedOf } = writing;
  if (isProjection(tensor)) return unreadOf([first, second], { shape, mayRescale: true }, writing);
  const placed = [
    { ...first, ahead, beside: second.factor },
    { ...second, ahead, beside: first.factor },
  ].map((one, at) => {
    const tensor = at === 0 ? of[0] : of[1];
    return layer === null ? scaledProduct(tensor, one, writing) : ofLayer(one, tensor === layer, writing);
  });
  const [mine = first, theirs = second] = placed;
  const left = sideOf(axes.left, of[0], mine);
  const right = sideOf(axes.right, of[1], theirs);
  const speeds = left === null || right === null ? null : speedsByLetter([left, right], speedOf);
  if (left === null || right === null || speeds === null) return unknownOf([first, second], shape, writing);
  const names = namesByLetter([left, right], speeds, nodes);
  const out = [...axes.out].map((letter) => names.get(letter) ?? null);
  const kept = growing(out);
  const operands = [left, right].map((side) => nodes.renamed(side.placed.node, namesIn(side, names)));
  if (scalesMatrix(tensor, [left, right]) || (sumsOver(tensor) && isOfMadeMatrix(tensor, speedOf)))
    return unknownOf([first, second], shape, writing);
  const entrywise = isEntrywise(tensor) ? ({ entrywise: true } as const) : {};
  const made = nodes.add({ op: 'contract', of: pairOf(operands), axes: kept, ...entrywise }, kept);
  // A product with something of any size has any size, too; what a matrix makes of that is judged by itself.
  const isOpen =
    of.every((one) => parameterIn(one) === null) && operands.some((one) => nodes.mayRescale(one));
  return {
    node: isOpen ? nodes.add({ op: 'unknown', of: [made], axes: kept, mayRescale: true }, kept) : made,
    factor: product(left.placed.factor, right.placed.factor),
    names: out,
  };
}

/** Whether something scales the entries of a matrix of which both dimensions grow: it is no gain, as what it is applied to sums over it. */
function scalesMatrix(tensor: Contraction, sides: readonly Side[]): boolean {
  return (
    scaledIn(tensor) !== null &&
    sides.some(({ placed: { names } }, at) => {
      const isScaled = parameterIn(at === 0 ? tensor.of[0] : tensor.of[1]) !== null;
      return isScaled && names !== null && growing(names).length > 1;
    })
  );
}

interface ContractionSources {
  readonly sides: readonly [Placed, Placed];
  /** The factor that whatever is made of it begins with, where it is judged with that. */
  readonly ahead: Factor;
  /** What a layer gives, where it is multiplied with data or a gain. */
  readonly layer: Tensor | null;
}

/** An operand, with that factor. */
interface Operand extends Placed {
  readonly ahead: Factor;
  /** The factor of the other operand. */
  readonly beside: Factor;
}

/** What a layer gives is judged with the factor of what it is multiplied with, which is in it. */
function ofLayer({ ahead, beside, ...placed }: Operand, isLayer: boolean, writing: Writing): Placed {
  if (!isLayer) return { ...placed, factor: 0 };
  const factor = product(product(placed.factor, beside), ahead);
  return { ...placed, node: nodeOf({ ...placed, factor }, writing), factor: opposite(ahead) };
}

/**
 * Queries times keys are judged with their factors and those ahead, whatever a temperature that is learned makes of them;
 * so is an embedding with a factor √n, which nobody means for the matrix behind it, and what sums n features up to a few
 * numbers: in V (w·x)/√n with as many entries of w·x at every width the factor is that sum's.
 */
function scaledProduct(tensor: Tensor, { ahead, beside: _, ...placed }: Operand, writing: Writing): Placed {
  let below = tensor;
  while (below.op === 'scale' || below.op === 'view') below = below.of;
  const factor = product(placed.factor, ahead);
  const grows = factor !== 'unknown' && factor < 0;
  const isFront = writing.side === 'front';
  const isOwn =
    ((grows || isFront) && isMatrixProduct(below)) ||
    (isFront && isHomogeneousOfLayers(below)) ||
    isOfSumsOfMany(below, writing.speedOf) ||
    (isFront && mayBeOfSumsOfMany(below, writing.speedOf));
  return factor !== 0 && (isActivationProduct(below) || isOwn)
    ? { ...placed, node: nodeOf({ ...placed, factor }, writing), factor: opposite(ahead) }
    : placed;
}

function pairOf([left = '', right = '']: readonly string[]): readonly [string, string] {
  return [left, right];
}

/** An operand with the letters of its dimensions. */
interface Side {
  readonly letters: readonly string[];
  readonly dims: readonly Quantity[];
  readonly names: Names;
  readonly placed: Placed;
}

/** Null where the dimensions are not known, or one letter stands for two of them. */
function sideOf(letters: string, { shape }: Tensor, placed: Placed): Side | null {
  const { names } = placed;
  if (shape === null || names === null || new Set(letters).size !== letters.length) return null;
  // Letters before those of the listed dimensions stand for the data's, which an open shape does not list.
  const before = letters.length - names.length;
  if (before < 0 || (before > 0 && !shape.open)) return null;
  return { letters: [...letters.slice(before)], dims: shape.dims, names, placed };
}

function namesIn(side: Side, names: ReadonlyMap<string, string>): readonly string[] {
  return side.letters.flatMap((letter, at) => (side.names[at] === null ? [] : (names.get(letter) ?? [])));
}

/** How fast each axis grows; null where the sides do not agree. What is 1 long is spread along the other's. */
function speedsByLetter(sides: readonly Side[], speedOf: SpeedOf): ReadonlyMap<string, number> | null {
  const speeds = new Map<string, number>();
  const wide = sides.map(({ letters, dims }) => letters.map((letter, at) => ({ letter, dim: dims[at] })));
  const inOrder = wide.flat().sort((one, other) => Number(isLong(other.dim)) - Number(isLong(one.dim)));
  for (const { letter, dim } of inOrder) {
    const speed = dim === undefined ? null : speedOf(dim);
    if (speed === null) return null;
    const before = speeds.get(letter);
    if (before === undefined) speeds.set(letter, speed);
    else if (before !== speed && isLong(dim)) return null;
  }
  return speeds;
}

function isLong(dim: Quantity | undefined): boolean {
  return dim !== undefined && !isOne(dim);
}

/** One name for each axis that grows: the left operand keeps its own, the right one what is left of its own. */
function namesByLetter(
  sides: readonly Side[],
  speeds: ReadonlyMap<string, number>,
  nodes: NodeList,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const give = (letter: string, name: string) => {
    names.set(letter, name);
    taken.add(name);
  };
  for (const side of sides) {
    for (const [at, letter] of side.letters.entries()) {
      const name = side.names[at] ?? null;
      if (name !== null && !names.has(letter) && !taken.has(name)) give(letter, name);
    }
  }
  for (const [letter, speed] of speeds) {
    if (speed > 0 && !names.has(letter)) give(letter, nodes.axis(speed, taken));
  }
  return names;
}
