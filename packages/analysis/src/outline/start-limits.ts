import type { GraphClassification } from '@widthwise/core';
import { knownExponent, timesGrowth } from '../growth/growth.ts';
import { isOne } from '../growth/product.ts';
import type { Tensor } from '../network/graph.ts';
import { operandsOf } from '../network/tensor.ts';
import { withoutFactors } from '../network/without-factors.ts';
import type { BuiltGraph } from './calculus-graph/build-graph.ts';
import type { Factor } from './calculus-graph/placed.ts';
import { ownFactorBefore } from './factors-before.ts';
import { type ContractionSide, isEntrywise, sidesOf } from './forward/contraction-side.ts';
import { dataProductIn } from './forward/data-growth.ts';
import { type ForwardPass, parameterIn } from './forward/forward-pass.ts';
import { isPower, keepsSize } from './forward/kept-size.ts';
import { isHomogeneousOfLayers, isMatrixProduct, multipleOf } from './forward/matrix-product.ts';
import type { WeightUse } from './weight-uses.ts';
import type { Weight } from './weights.ts';
import type { Widths } from './widths.ts';

/** What the limits of a model's weights are read from, on one way through its choices. */
export interface LimitSources {
  readonly pass: ForwardPass;
  readonly widths: Widths;
  readonly built: BuiltGraph;
  readonly found: GraphClassification;
  readonly uses: readonly WeightUse[];
}

/**
 * The b below which what a weight makes of its input grows at initialization, where that is something.
 *
 *     x = Θ(n^−e)   ⇒   W x = Θ(n^(G − a − b − max(0, e)))     G = s − min(s, f)/2
 *
 * Null where a normalization takes the size away, at once or behind nothing but products, where what follows is not read,
 * and where it is not known.
 */
export function startLimits(sources: LimitSources): ReadonlyMap<Weight, number | null> {
  const { pass, built, uses } = sources;
  const ignores = ignoring(pass, sources);
  const normalized = normalizedIn(pass);
  const limits = new Map<Weight, number | null>();
  const free = new Set<Weight>();
  for (const { product, side, weight } of uses) {
    if (!built.nodes.has(product)) continue;
    if (normalized.has(product)) {
      free.add(weight);
      continue;
    }
    const isSized = !ignores.has(product) && !isNormalized(side.of);
    const limit = isSized ? limitAt(weight, side, sources) : null;
    const before = limits.get(weight);
    limits.set(weight, before === undefined || before === limit ? limit : null);
  }
  // A weight of which one part is normalized, as queries are, starts as its other parts want it.
  for (const weight of free) if (!limits.has(weight)) limits.set(weight, null);
  return limits;
}

function limitAt(
  { multiplier }: Weight,
  { other, dimensions }: ContractionSide,
  { widths, built, found }: LimitSources,
): number | null {
  let [s, f] = [0, 0];
  for (const { length, isSummed, isShared } of dimensions) {
    const speed = knownExponent(widths.growthOf(length));
    if (speed === null) return null;
    if (isSummed) s += speed;
    else if (!isShared) f += speed;
  }
  const node = built.nodes.get(other);
  const size = node === undefined || !found.init.has(node) ? 0 : found.init.get(node);
  const factor = knownExponent(timesGrowth(multiplier, ownFactorBefore(other, widths.growthOf)));
  const gained = factorOfEntries(other, built);
  if (size == null || factor === null || gained === 'unknown') return null;
  return s - Math.min(s, f) / 2 + factor - Math.max(0, size) - Math.max(0, gained);
}

/** e of the factors n^−e of what is multiplied entry by entry, as by a gain, in front of a product; 0 where nothing is. */
function factorOfEntries(operand: Tensor, { factors }: BuiltGraph): Factor {
  const tensor = withoutFactors(operand);
  return isGain(tensor) || isProductOfEntries(tensor) ? (factors.get(tensor) ?? 'unknown') : 0;
}

/** Whether features are multiplied entry by entry, and not with data alone. */
function isProductOfEntries(tensor: Tensor): boolean {
  return tensor.op === 'contract' && isEntrywise(tensor) && dataProductIn(tensor) === null;
}

/** Tensors whose size is taken away at once, made up for behind an activation or a product, or whose use is not read. */
function ignoring(pass: ForwardPass, { built, widths }: LimitSources): ReadonlySet<Tensor> {
  const unknown = new Set(built.unknown);
  const ignored = new Set<Tensor>();
  for (const tensor of [...pass.tensors].reverse()) {
    const takes =
      tensor.op === 'norm' ||
      isGain(tensor) ||
      isMadeUpFor(tensor, widths) ||
      unknown.has(tensor) ||
      (ignored.has(tensor) && (keepsSize(tensor) || isHomogeneous(tensor)));
    if (takes) for (const operand of operandsOf(tensor)) ignored.add(operand);
  }
  return ignored;
}

/** Whether a weight is made the same size wherever it starts, as by cosines. */
function isNormalized(operand: Tensor): boolean {
  return withoutFactors(operand).op === 'norm';
}

/** Whether a tensor is as many times a power of a factor as what it is made of is times the factor; a number that is not known may be one. */
function isMultiple(tensor: Tensor): boolean {
  if (tensor.op === 'act' && isPower(tensor)) return true;
  if (tensor.op === 'unread') return tensor.isMultiple === true;
  return tensor.op === 'contract' || tensor.op === 'choice' || keepsSize(tensor);
}

/** Whether a sum is of one tensor alone, times data, in parts and in another order, as rotary embeddings are. */
function isRotation(tensor: Tensor): boolean {
  return tensor.op === 'add' && rotatedIn(tensor) !== tensor;
}

/** What a tensor is made of by products with data, parts and sums of those alone: itself where that is no other one. */
function rotatedIn(tensor: Tensor): Tensor {
  switch (tensor.op) {
    case 'view':
    case 'scale':
      return rotatedIn(tensor.of);
    case 'contract': {
      const product = dataProductIn(tensor);
      return product === null ? tensor : rotatedIn(product.features);
    }
    case 'add': {
      const [one, ...others] = new Set(tensor.of.map(rotatedIn));
      return one === undefined || others.length > 0 ? tensor : one;
    }
    default:
      return tensor;
  }
}

/** Tensors of whose size nothing is left, as all that sees them is products, of whatever, that end in normalizations. */
function normalizedIn({ tensors, outputs }: ForwardPass): ReadonlySet<Tensor> {
  const seen = new Set<Tensor>(outputs);
  const normalized = new Set<Tensor>();
  for (const tensor of [...tensors].reverse()) {
    const takes =
      tensor.op === 'norm' || (normalized.has(tensor) && (isMultiple(tensor) || isRotation(tensor)));
    for (const operand of operandsOf(tensor)) {
      if (!takes) seen.add(operand);
      if (seen.has(operand)) normalized.delete(operand);
      else normalized.add(operand);
    }
  }
  return normalized;
}

/** Whether a factor that falls stands behind more than what a layer gives. */
function isMadeUpFor(tensor: Tensor, { growthOf }: Widths): boolean {
  if (tensor.op !== 'scale' || isMatrixProduct(tensor.of) || multipleOf(tensor.of) !== undefined)
    return false;
  return (knownExponent(growthOf(tensor.factor)) ?? 0) < 0 && isHomogeneousOfLayers(tensor.of);
}

/** Whether it is an activation or a product that a factor behind it may as well be in front of. */
function isHomogeneous(tensor: Tensor): boolean {
  const isProduct = tensor.op === 'contract' && isEntrywise(tensor);
  return (isProduct || tensor.op === 'act') && isHomogeneousOfLayers(tensor);
}

/** Whether a tensor is another times a parameter, entry by entry: that may make up for its size. */
function isGain(tensor: Tensor): boolean {
  if (tensor.op !== 'contract' || !tensor.of.some((one) => parameterIn(one) !== null)) return false;
  return sidesOf(tensor).every(({ dimensions }) =>
    dimensions.every(({ isSummed, length }) => !isSummed || isOne(length)),
  );
}
