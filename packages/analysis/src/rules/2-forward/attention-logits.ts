import {
  CONSTANT,
  type Growth,
  isVanished,
  knownExponent,
  timesGrowth,
  UNKNOWN_GROWTH,
} from '../../growth/growth.ts';
import type { Quantity } from '../../growth/quantity.ts';
import { toNumber } from '../../growth/rational.ts';
import type { Contraction, Multiple, Tensor, WeightTensor } from '../../network/graph.ts';
import { operandsOf, sumsOver } from '../../network/tensor.ts';
import { isEntrywise, type SideDimension, sidesOf } from '../../outline/forward/contraction-side.ts';
import { parameterIn } from '../../outline/forward/forward-pass.ts';
import type { Model } from '../../outline/model.ts';
import { isOpenLength, openHeadsIn } from '../../outline/open-heads.ts';
import type { Weight } from '../../outline/weights.ts';
import type { Widths } from '../../outline/widths.ts';
import { placeKey, type Span } from '../../syntax/span.ts';

/**
 * Queries times keys in front of a softmax, over features whose number is proved to grow.
 *
 *     q, k of size Θ(1) and trained:   q·k = Θ(n)   ⇒   the factor of the logits wants to be 1/n
 */
export interface AttentionLogits {
  readonly product: Contraction;
  readonly span: Span;
  /** How many features a product sums over, and with which power of the width that number grows. */
  readonly length: Quantity;
  readonly speed: number;
  /** The power of the width of all factors on queries, keys and logits. */
  readonly factor: number;
  /** Where the last of those is that depends on the width. */
  readonly factorSpan: Span | null;
  readonly weights: readonly Weight[];
}

/** What is made of weights by products alone, and what it was multiplied by. */
interface Projection {
  readonly factor: Growth;
  /** Whether a factor is of a number of heads that may grow unseen, as 1/√(n_embd / n_head). */
  readonly isOpen: boolean;
  readonly factorSpan: Span | null;
  readonly of: readonly WeightTensor[];
}

/** A product of two projections on its way to a softmax or out of the model, with all factors on it. */
export interface LogitPath extends Projection {
  readonly product: Contraction;
}

/** What a product of features comes to. */
export type Reached = 'softmax' | 'output';

/** More products than these add up to no attention. */
const MOST_PATHS = 4;

/**
 * The logits of a model. Nothing where what one softmax is given has other factors where a condition decides otherwise,
 * where some attention of the model is scaled by 1/n or in a way that is not known, where queries or keys are
 * normalized, or where their weights start or are trained smaller than is usual, which does the same as a factor.
 */
export function attentionLogitsIn(model: Model, reached: Reached = 'softmax'): readonly AttentionLogits[] {
  const found = pathsTo(reached, model).map((path) => logitsOf(path, model));
  if (found.some((one) => one === null || one.factor <= -one.speed)) return [];
  const logits = found.filter((one) => one !== null);
  return [...new Map(logits.map((one) => [placeKey(one.span), one])).values()];
}

/**
 * Logits over heads of which it is open whether they get longer, multiplied by what grows: they grow even if heads stay as
 * long as they are. Nothing where some factor is not known.
 */
export function multipliedOpenHeadsIn(model: Model): readonly AttentionLogits[] {
  const paths = softmaxedPaths(model);
  if (paths.some(({ factor, isOpen }) => isOpen || knownExponent(factor) === null)) return [];
  const found = paths.flatMap((path): readonly AttentionLogits[] => {
    const { product, factorSpan } = path;
    const factor = knownExponent(path.factor) ?? 0;
    const weights = weightsOn(path, model);
    const open = summedIn(product).find(({ length }) => isOpenLength(length, model.widths));
    if (factor <= 0 || product.span === null || weights.length === 0 || weights.some(isSmaller)) return [];
    if (open === undefined) return [];
    return [{ product, span: product.span, length: open.length, speed: 0, factor, factorSpan, weights }];
  });
  return [...new Map(found.map((one) => [placeKey(one.span), one])).values()];
}

function logitsOf(path: LogitPath, model: Model): AttentionLogits | null {
  const { product, factorSpan } = path;
  const summed = summedIn(product);
  const speeds = summed.map(({ length }) => provedSpeed(length, model));
  const grown = summed.find((_, at) => (speeds[at] ?? 0) > 0);
  const factor = knownExponent(path.factor);
  const weights = weightsOn(path, model);
  if (factor !== null && factor > 0 && path.isOpen) return null;
  if (grown === undefined || speeds.includes(null) || factor === null || product.span === null) return null;
  if (weights.length === 0 || weights.some(isSmaller)) return null;
  const speed = speeds.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return { product, span: product.span, length: grown.length, speed, factor, factorSpan, weights };
}

/** The dimensions that a product sums over. */
export function summedIn(product: Contraction): readonly SideDimension[] {
  return (sidesOf(product)[0]?.dimensions ?? []).filter(({ isSummed }) => isSummed);
}

/** The weights whose queries or keys a path has. */
export function weightsOn({ of }: LogitPath, { weights }: Model): readonly Weight[] {
  return weights.filter(({ uses }) => uses.some((use) => of.includes(use)));
}

/** The exponent of a length of which no part may go with the width unseen, as a number of heads does. */
export function provedSpeed(length: Quantity, { widths }: Model): number | null {
  return openHeadsIn(length, widths).length === 0 ? knownExponent(widths.growthOf(length)) : null;
}

/** Whether a weight may start smaller than is usual for what it sums over, or be trained so. */
export function isSmaller({ inits, speeds, rate, untracked }: Weight): boolean {
  if (speeds === null || untracked) return true;
  const starts = inits.filter(({ std }) => !isVanished(std));
  if (starts.some(({ std }) => toNumber(std.low) < -speeds.into / 2)) return true;
  return rate.missing === null && toNumber(rate.growth.low) < -speeds.into;
}

/** The products over growing features that reach a softmax, by all of its ways. */
export function softmaxedPaths(model: Model): readonly LogitPath[] {
  return pathsTo('softmax', model);
}

/** Several rules ask for the same of a model. */
const PATHS: Readonly<Record<Reached, WeakMap<Model, readonly LogitPath[]>>> = {
  softmax: new WeakMap(),
  output: new WeakMap(),
};

/** The products over growing features that reach a softmax, or what the model gives or its loss is of, by all of its ways; looked for once. */
function pathsTo(reached: Reached, model: Model): readonly LogitPath[] {
  const known = PATHS[reached].get(model) ?? pathsIn(reached, model);
  PATHS[reached].set(model, known);
  return known;
}

function pathsIn(reached: Reached, { pass, widths }: Model): readonly LogitPath[] {
  const projections = new Map<Tensor, Projection | null>();
  const paths = new Map<Tensor, readonly LogitPath[]>();
  const found: LogitPath[] = [];
  for (const tensor of pass.tensors) {
    const projection = projectionOf(tensor, { pass, widths, projections });
    if (projection !== null) projections.set(tensor, projection);
    const here = pathsOf(tensor, { widths, projections, paths });
    if (tensor.op === 'softmax' && reached === 'softmax') found.push(...here);
    if (tensor.op !== 'softmax' && here.length > 0) paths.set(tensor, here);
    if (tensor.op === 'loss' && reached === 'output')
      found.push(...tensor.of.flatMap((one) => paths.get(one) ?? []));
  }
  return reached === 'softmax' ? found : [...found, ...pass.outputs.flatMap((one) => paths.get(one) ?? [])];
}

/** What makes probabilities or losses of scores, which are no smaller for it: it saturates where they grow. */
const OF_SCORES: ReadonlySet<string> = new Set(['sigmoid', 'softplus']);

type Facts = Pick<Model, 'widths'> & {
  readonly projections: ReadonlyMap<Tensor, Projection | null>;
};

function projectionOf(
  tensor: Tensor,
  { pass, widths, projections }: Facts & Pick<Model, 'pass'>,
): Projection | null {
  const known = (one: Tensor) => projections.get(one) ?? null;
  switch (tensor.op) {
    case 'scale':
      return multiplied(known(tensor.of), tensor, widths);
    case 'view':
      return known(tensor.of);
    case 'act':
      return tensor.activation === 'relu' ? known(tensor.of) : null;
    case 'add':
    case 'choice':
      return shared(tensor.of.filter((one) => parameterIn(one) === null && !pass.isData(one)).map(known));
    case 'contract': {
      if (sumsOver(tensor)) return madeBy(tensor);
      const others = tensor.of.filter((one) => !pass.isData(one));
      return isEntrywise(tensor) && others.length === 1 ? shared(others.map(known)) : null;
    }
    default:
      return null;
  }
}

function madeBy({ of }: Contraction): Projection | null {
  const weights = of.flatMap((one) => parameterIn(one) ?? []);
  return weights.length === 1 ? { factor: CONSTANT, isOpen: false, factorSpan: null, of: weights } : null;
}

function multiplied<Made extends Projection>(
  made: Made | null,
  { span, factor }: Multiple,
  widths: Widths,
): Made | null {
  if (made === null) return null;
  const growth = widths.growthOf(factor);
  const isConstant = knownExponent(growth) === 0;
  return {
    ...made,
    factor: timesGrowth(made.factor, growth),
    isOpen: made.isOpen || openHeadsIn(factor, widths).length > 0,
    factorSpan: isConstant ? made.factorSpan : span,
  };
}

/** What several have in common: nothing where one is no projection, or has another factor. */
function shared(all: readonly (Projection | null)[]): Projection | null {
  const [first] = all;
  if (first == null || all.length > MOST_PATHS) return null;
  const exponent = knownExponent(first.factor);
  const isSame = all.every(
    (one) => one !== null && exponent !== null && knownExponent(one.factor) === exponent,
  );
  const of = [...new Set(all.flatMap((one) => one?.of ?? []))];
  const isOpen = all.some((one) => one?.isOpen);
  return isSame && of.length <= MOST_PATHS ? { ...first, isOpen, of } : null;
}

function pathsOf(
  tensor: Tensor,
  { widths, projections, paths }: Facts & { readonly paths: ReadonlyMap<Tensor, readonly LogitPath[]> },
): readonly LogitPath[] {
  const carried = operandsOf(tensor).map((one) => paths.get(one) ?? []);
  switch (tensor.op) {
    case 'scale':
      return carried.flat().flatMap((path) => multiplied(path, tensor, widths) ?? []);
    case 'view':
    case 'softmax':
      return carried.flat();
    case 'act':
      return OF_SCORES.has(tensor.activation) ? carried.flat() : [];
    case 'add':
      return carried.flat().slice(0, MOST_PATHS);
    // What is not read and added, as a mask, leaves what it is added to as large as it is, or larger.
    case 'unread':
      return tensor.isSum === true ? carried.flat().slice(0, MOST_PATHS) : [];
    case 'choice':
      return chosen(carried);
    case 'contract':
      return startOf(tensor, { widths, projections });
    default:
      return [];
  }
}

/** The paths of a choice, none of which is known where they do not have one factor. */
function chosen(carried: readonly (readonly LogitPath[])[]): readonly LogitPath[] {
  const all = [...new Map(carried.flat().map((path) => [path.product, path])).values()].slice(0, MOST_PATHS);
  const factors = new Set(carried.flat().map(({ factor }) => knownExponent(factor)));
  const isOne = factors.size <= 1 && carried.every((one) => one.length > 0);
  return isOne ? all : all.map((path) => ({ ...path, factor: UNKNOWN_GROWTH }));
}

function startOf(product: Contraction, { widths, projections }: Facts): readonly LogitPath[] {
  const [left, right] = product.of.map((one) => projections.get(one) ?? null);
  if (left == null || right == null || !sumsOver(product)) return [];
  const lengths = sidesOf(product).flatMap(({ dimensions }) =>
    dimensions.flatMap(({ isSummed, length }) => (isSummed ? [widths.growthOf(length)] : [])),
  );
  if (lengths.every((growth) => toNumber(growth.high) <= 0)) return [];
  return [
    {
      product,
      factor: timesGrowth(left.factor, right.factor),
      isOpen: left.isOpen || right.isOpen,
      factorSpan: right.factorSpan ?? left.factorSpan,
      of: [...new Set([...left.of, ...right.of])],
    },
  ];
}
