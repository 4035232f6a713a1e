import type { Growth } from '../../growth/growth.ts';
import { isDataLength } from '../../growth/product.ts';
import { exactValue, type Quantity } from '../../growth/quantity.ts';
import { toNumber } from '../../growth/rational.ts';
import type { Shape, Tensor } from '../../network/graph.ts';
import { lengthSpeed } from '../length-speed.ts';
import type { NodeList } from './node-list.ts';

/** A tensor as a node, with what the graph calls each dimension of its shape: null for one that does not grow. */
export interface Placed {
  readonly node: string;
  /**
   * The tensor is the node times n^−factor. A factor in front of a product stands behind it as well, where the product is
   * judged: so it is handed on.
   */
  readonly factor: Factor;
  /** Null where the shape is not known, or how fast a dimension grows. */
  readonly names: Names | null;
}

/** e of a factor n^−e; unknown where it has not one exponent. */
export type Factor = number | 'unknown';

/** n^−left · n^−right. */
export function product(left: Factor, right: Factor): Factor {
  return left === 'unknown' || right === 'unknown' ? 'unknown' : left + right;
}

/** 1 / n^−factor. */
export function opposite(factor: Factor): Factor {
  return factor === 'unknown' ? factor : 0 - factor;
}

export type Names = readonly (string | null)[];

/** How fast a dimension grows: s of Θ(n^s); null where that is not known. */
export type SpeedOf = (dimension: Quantity) => number | null;

/**
 * Whose a factor is that stands between two products with nothing else between them, where the code does not say it: that
 * of what is in front of it, or of what is behind.
 */
export type FactorSide = 'front' | 'behind';

/** What nodes are written with. */
export interface Writing {
  readonly nodes: NodeList;
  readonly speedOf: SpeedOf;
  /** Whose the factors are that may be either's. */
  readonly side: FactorSide;
}

/** How fast dimensions grow, each worked out once. */
export function speedsBy(growthOf: (dimension: Quantity) => Growth): SpeedOf {
  const speeds = new Map<Quantity, number | null>();
  return (dimension) => {
    const known = speeds.get(dimension);
    if (known !== undefined) return known;
    const speed = lengthSpeed(growthOf(dimension));
    speeds.set(dimension, speed);
    return speed;
  };
}

/** How fast each dimension of a shape grows; null where that is not known of all of them. */
export function speedsOf(shape: Shape | null, speedOf: SpeedOf): readonly number[] | null {
  if (shape === null) return null;
  const speeds = shape.dims.map(speedOf);
  return speeds.every((speed) => speed !== null) ? speeds : null;
}

/** Whether a dimension is one entry long. */
export function isOne(dim: Quantity): boolean {
  const value = exactValue(dim);
  return value !== undefined && toNumber(value) === 1;
}

/** Names for each dimension that grows: those given first, of its own speed, then new ones; and what was not needed. */
export function namesFor(
  speeds: readonly number[],
  nodes: NodeList,
  given: readonly string[] = [],
): { readonly names: Names; readonly unused: readonly string[]; readonly added: readonly string[] } {
  const unused = [...given];
  const taken = new Set(given);
  const added: string[] = [];
  const names = speeds.map((speed) => {
    if (speed === 0) return null;
    const at = unused.findIndex((name) => nodes.speed(name) === speed);
    const own = at < 0 ? undefined : unused.splice(at, 1)[0];
    if (own !== undefined) return own;
    const name = nodes.axis(speed, taken);
    taken.add(name);
    added.push(name);
    return name;
  });
  return { names, unused, added };
}

/** The names of the dimensions that grow. */
export function growing(names: Names): readonly string[] {
  return names.filter((name) => name !== null);
}

/** The node of a tensor with its factor. */
export function nodeOf({ node, factor }: Placed, { nodes }: Writing): string {
  return factor === 0 ? node : nodes.scaled(node, factor);
}

/**
 * What something makes of tensors that is not known, in a shape that may be. A factor in front of it may as well stand
 * behind it, as one in front of a product does: it is not known in which units the tensor is used.
 */
export function unknownOf(of: readonly Placed[], shape: Shape | null, writing: Writing): Placed {
  const { nodes } = writing;
  const mayRescale = of.some(({ node, factor }) => factor !== 0 || nodes.mayRescale(node));
  return unknownNode(
    of.map(({ node }) => node),
    { shape, mayRescale },
    writing,
  );
}

/** What a function that is not followed makes of tensors, which may use them in other units than their own. */
export function unreadOf(
  of: readonly Placed[],
  { shape, mayRescale }: { readonly shape: Shape | null; readonly mayRescale: boolean },
  writing: Writing,
): Placed {
  const { nodes } = writing;
  const operands = of.map(({ node, factor }) => {
    const axes = nodes.axesOfNode(node);
    return factor === 0 ? node : nodes.add({ op: 'unknown', of: [node], axes, mayRescale: true }, axes);
  });
  return unknownNode(operands, { shape, mayRescale }, writing);
}

function unknownNode(
  of: readonly string[],
  { shape, mayRescale }: { readonly shape: Shape | null; readonly mayRescale: boolean },
  { nodes, speedOf }: Writing,
): Placed {
  const speeds = speedsOf(shape, speedOf);
  const names = speeds === null ? null : namesFor(speeds, nodes).names;
  const axes = growing(names ?? []);
  const node = nodes.add({ op: 'unknown', of: [...new Set(of)], axes, mayRescale }, axes);
  return { node, factor: 0, names };
}

/** An operand as a tensor of a shape that lists no more of its dimensions. */
export function fitted(placed: Placed, { shape: from }: Tensor, { shape: to }: Tensor): Placed {
  const { names } = placed;
  if (names === null || from === null || to === null) return { ...placed, names: null };
  const count = to.dims.length;
  if (count > names.length) return { ...placed, names: withDataAhead(names, from, to) };
  const dropped: Names = names.slice(0, names.length - count);
  return { ...placed, names: growing(dropped).length > 0 ? null : names.slice(names.length - count) };
}

/** The names of dimensions where a shape lists more of those in front, which are the data's; null where others are, too. */
function withDataAhead(names: Names, from: Shape, { dims }: Shape): Names | null {
  const ahead = dims.slice(0, dims.length - names.length);
  const areData = from.open && names.length > 0 && ahead.every(isDataLength);
  return areData ? [...ahead.map(() => null), ...names] : null;
}
