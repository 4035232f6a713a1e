import { exactValue, literal, pair, type Quantity, unary } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import type { Shape, Tensor } from './graph.ts';
import type { Values } from './init.ts';
import { madeElsewhere, mayBeFeatures } from './made-elsewhere.ts';
import { isScalar } from './shape.ts';
import { input, isData, operandsOf, scale, shapeOf } from './tensor.ts';

/*
 * What code makes of nothing but data. Data that a model is given, masks and positions are of size Θ(1) whatever is made
 * of them; ones over a width are not, nor is what is made of those.
 */

/** What is known of the entries of data. */
interface Entries {
  /** Whether they are numbers that the code writes, as ones are, or may be what other code makes of its own. */
  readonly areNumbers: boolean;
  /** What the code has multiplied such numbers with that it does not spell out; null for nothing. */
  readonly factor: Quantity | null;
}

const known = new WeakMap<Tensor, Entries>();

function entriesOf(tensor: Tensor): Entries {
  const before = known.get(tensor);
  if (before !== undefined) return before;
  const entries = entriesIn(tensor);
  known.set(tensor, entries);
  return entries;
}

function entriesIn(tensor: Tensor): Entries {
  if (tensor.op === 'input') {
    const areNumbers = tensor.fill !== null || mayBeFeatures(tensor) || isNumber(tensor);
    return { areNumbers, factor: null };
  }
  const all = operandsOf(tensor).map(entriesOf);
  const areNumbers = all.length > 0 && all.every((one) => one.areNumbers);
  const own =
    tensor.op === 'scale' && areNumbers && exactValue(tensor.factor) === undefined ? [tensor.factor] : [];
  const factors = [...own, ...all.flatMap(({ factor }) => factor ?? [])];
  return { areNumbers, factor: factors.length === 0 ? null : factors.reduce(bothOf) };
}

function bothOf(left: Quantity, right: Quantity): Quantity {
  return left === right ? left : pair('either', left, right);
}

function isNumber(tensor: Tensor): boolean {
  return tensor.span !== null && isScalar(shapeOf(tensor));
}

/** Entries that are 1. */
export const ONES: Values = { std: literal(1), kind: 'constant' };

/** Numbers of size Θ(1). */
export const SOME: Values = { std: literal(1), kind: 'unknown' };

const identities = new WeakSet<Tensor>();

/** Notes that data is an identity matrix. */
export function noteIdentity(matrix: Tensor): Tensor {
  identities.add(matrix);
  return matrix;
}

/** q of q·I; null for any other tensor. */
export function identityFactor(tensor: Tensor): Quantity | null {
  if (identities.has(tensor)) return literal(1);
  const factor = tensor.op === 'scale' ? identityFactor(tensor.of) : null;
  return factor && tensor.op === 'scale' ? pair('multiply', factor, tensor.factor) : null;
}

/** What such data is multiplied with somewhere that the code does not spell out; null for nothing. */
export function factorIn(data: Tensor): Quantity | null {
  return entriesOf(data).factor;
}

const origins = new WeakMap<Tensor, ReadonlySet<Tensor>>();

/** Notes what data was made of in a way that is not followed; what one line makes of several has all of them. */
export function noteOrigins(made: Tensor, of: Iterable<Tensor>): Tensor {
  origins.set(made, new Set([...originsOf(made), ...of]));
  return made;
}

/** What data was made of in a way that is not followed: nothing where it was made on the spot, or given. */
export function originsOf(data: Tensor): Iterable<Tensor> {
  return origins.get(data) ?? [];
}

/** What code makes of data in a way that is not followed: as large at every width where all is that it is made of. */
export function dataOf(of: readonly Tensor[], shape: Shape | null, span: Span | null): Tensor {
  const factors = of.flatMap((one) => factorIn(one) ?? []);
  const plain = of.some(mayBeFeatures) ? madeElsewhere(shape, span) : input(shape, span);
  const made = noteOrigins(plain, of);
  return factors.length === 0 ? made : timesSteady(made, factors.reduce(bothOf), span);
}

/** Data that is as large at every width where a number is the same at every width. */
export function timesSteady(of: Tensor, by: Quantity, span: Span | null): Tensor {
  if (exactValue(by) !== undefined) return of;
  const isUnfilled = of.op === 'input' && of.fill === null && !mayBeFeatures(of);
  const some = isUnfilled ? noteOrigins(input(of.shape, of.span, SOME), originsOf(of)) : of;
  return scale(some, unary('steady', by), span);
}

/** Whether data is numbers which the code writes, times another one. */
export function isMultipleOfNumbers(tensor: Tensor): tensor is Extract<Tensor, { op: 'scale' }> {
  return tensor.op === 'scale' && isData(tensor) && entriesOf(tensor).areNumbers;
}
