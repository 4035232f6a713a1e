import { isSameProduct, productOfAll } from '../growth/product.ts';
import { exactValue, freeSymbolsOf, literal, power, type Quantity } from '../growth/quantity.ts';
import type { Rational } from '../growth/rational.ts';
import { HALF, multiply, negate, ONE, toNumber } from '../growth/rational.ts';
import type { Span } from '../syntax/span.ts';
import type { Shape, Tensor } from './graph.ts';
import { lastOf } from './shape.ts';
import { act, centred, contract, isData, isOfParameters, norm, rescaled, scale, shapeOf } from './tensor.ts';

/*
 * What code computes of a tensor in order to normalize it: root mean squares and powers of them. Where the tensor is
 * divided by one, it is normalized.
 */

/** A tensor that is factor · (the size of another one)^degree. */
interface Statistic {
  readonly of: Tensor;
  readonly degree: Rational;
  readonly factor: Quantity;
  /** Whether it has been reduced to a number for each of some entries, as a mean of squares is. */
  readonly reduced: boolean;
  /** Whether a number of size Θ(1) has been added to it, so that it is no smaller than that; one that is reduced may be larger for what was. */
  readonly raised?: true;
}

const TWO: Rational = { numerator: 2, denominator: 1 };
const MINUS_ONE: Rational = negate(ONE);

const statistics = new WeakMap<Tensor, Statistic>();
const means = new WeakMap<Tensor, Tensor>();

function statisticOf(tensor: Tensor): Statistic | undefined {
  return statistics.get(tensor) ?? (tensor.op === 'view' ? statisticOf(tensor.of) : undefined);
}

function note(tensor: Tensor, statistic: Statistic): Tensor {
  statistics.set(tensor, statistic);
  return tensor;
}

/** Notes that one tensor is the square of another, entry by entry. */
export function noteSquare(square: Tensor, of: Tensor): Tensor {
  return note(square, { of, degree: TWO, factor: literal(1), reduced: false });
}

/** Notes that one tensor is the absolute value of another. */
export function noteAbsolute(absolute: Tensor, of: Tensor): Tensor {
  return note(absolute, { of, degree: ONE, factor: literal(1), reduced: false });
}

/** Notes that a tensor is the size of another: a norm over `count` entries, or with `count` 1 a standard deviation. */
export function noteSize(tensor: Tensor, of: Tensor, count: Quantity): Tensor {
  return note(tensor, { of, degree: ONE, factor: power(count, HALF), reduced: true });
}

/** Notes that a tensor is the variance of another. */
export function noteVariance(tensor: Tensor, of: Tensor): Tensor {
  return note(tensor, { of, degree: TWO, factor: literal(1), reduced: true });
}

/** Notes what a sum or mean leaves of a tensor. */
export function noteReduced(made: Tensor, of: Tensor, count: Quantity): Tensor {
  if (count.op === 'literal') means.set(made, of);
  const known = statisticOf(of);
  if (known === undefined) return made;
  return note(made, { ...known, factor: productOfAll([known.factor, count]), reduced: true });
}

/** Notes that a tensor is the power of a statistic; others are left as they are. */
export function notePower(made: Tensor, of: Tensor, exponent: Rational): Tensor {
  const known = statisticOf(of);
  const degree = known && multiply(known.degree, exponent);
  if (known === undefined || degree === undefined) return made;
  return note(made, { ...known, degree, factor: power(known.factor, exponent) });
}

/** Notes that what has been made is of the same size. */
export function noteSame(made: Tensor, of: Tensor): Tensor {
  const known = statisticOf(of);
  return known === undefined ? made : note(made, known);
}

/** What is added to keep a divisor from 0 is smaller than this. */
const LEAST_RAISE = 1e-2;

/**
 * Notes that a number has been added, or is the least that is left: a small one keeps a divisor from 0, a larger one bounds
 * what is divided by it entry by entry. Beside the size of many entries a larger one may count or not, and so may one that is
 * made of the tensor's own lengths.
 */
export function noteRaised(made: Tensor, of: Tensor, by: Quantity): Tensor {
  const known = statisticOf(of);
  if (known === undefined) return made;
  const written = writtenNumber(by);
  if (written !== undefined && written >= LEAST_RAISE) return note(made, { ...known, raised: true });
  return isOfLengths(by, shapeOf(known.of)) ? noteBeside(made, of) : noteSame(made, of);
}

/** Notes that something has been added to a size that may be larger than it. */
export function noteBeside(made: Tensor, of: Tensor): Tensor {
  const known = statisticOf(of);
  return known?.reduced === true ? note(made, { ...known, raised: true }) : made;
}

/** Whether a number is made of how long a tensor is. */
export function isOfLengths(number: Quantity, shape: Shape | null): boolean {
  const own = freeSymbolsOf(number);
  return (shape?.dims ?? []).some((length) => [...freeSymbolsOf(length)].some((symbol) => own.has(symbol)));
}

/** What a number is, or a power of one. */
function writtenNumber(quantity: Quantity): number | undefined {
  const [base, exponent] = quantity.op === 'power' ? [quantity.base, quantity.exponent] : [quantity, ONE];
  const exact = exactValue(base);
  return exact && toNumber(exact) ** toNumber(exponent);
}

/** Whether a tensor is the size of something trained, as its standard deviation is, or a power of that: it may grow. */
export function isSize(tensor: Tensor): boolean {
  return statisticOf(tensor)?.reduced === true && !isData(tensor);
}

/** x · s for a statistic s of x: normalized, where s is one over x's size; x / √(x² + c) and x / (|x| + c) are bounded. */
export function normalizedBy(
  tensor: Tensor,
  by: Tensor,
  operator: '*' | '/',
  span: Span | null,
): Tensor | null {
  const known = statisticOf(by);
  const wanted = operator === '*' ? MINUS_ONE : ONE;
  if (known === undefined || !(known.reduced || known.raised)) return null;
  const { numerator, denominator } = known.degree;
  if (numerator * wanted.denominator !== wanted.numerator * denominator) return null;
  if (known.raised) return (known.reduced ? perhapsIn : boundedIn)(tensor, known.of, span);
  const factor = operator === '*' ? known.factor : power(known.factor, MINUS_ONE);
  const made = normalizedIn(tensor, known.of, span);
  return made && scale(made, factor, span);
}

/** What has entries of features in front of a bound, which saturates beyond it; null for others than those it is made of. */
function boundedIn(tensor: Tensor, of: Tensor, span: Span | null): Tensor | null {
  if (isOfParameters(tensor)) return null;
  if (isSame(of, tensor)) return act(tensor, 'softcap', span);
  const inner = tensor.op === 'scale' && tensor.centres !== true ? boundedIn(tensor.of, of, span) : null;
  return inner && tensor.op === 'scale' ? scale(inner, tensor.factor, tensor.span) : null;
}

/** A tensor over its size beside another number, which normalizes it as far as it is larger than that. */
function perhapsIn(tensor: Tensor, of: Tensor, span: Span | null): Tensor | null {
  return isSame(of, tensor) ? rescaled([tensor], 'a size with something added to it', span) : null;
}

/** A tensor normalized, by itself or where it stands in a product entry by entry: `gain * x / std`. */
function normalizedIn(tensor: Tensor, of: Tensor, span: Span | null): Tensor | null {
  if (isSame(of, tensor)) return norm(tensor, span);
  if (tensor.op !== 'contract') return null;
  const [left, right] = tensor.of;
  const { axes } = tensor;
  const isEntrywise = [...axes.left, ...axes.right].every((letter) => axes.out.includes(letter));
  const places = tensor.of.flatMap((one, at) => (isSame(of, one) ? [at] : []));
  if (!isEntrywise || places.length !== 1) return null;
  return places[0] === 0
    ? contract(norm(left, span), right, axes, tensor.span)
    : contract(left, norm(right, span), axes, tensor.span);
}

/** x − m where that takes away x's own mean: what is left is of x's size. */
export function centredBy(tensor: Tensor, mean: Tensor, span: Span | null): Tensor | null {
  const of = meanOf(mean);
  if (of === undefined || !isSame(of, tensor)) return null;
  const [own, left] = [lastOf(shapeOf(tensor)), lastOf(shapeOf(mean))];
  return own !== null && left !== null && isSameProduct(own, left) ? centred(tensor, span) : tensor;
}

/** Whether one tensor is a sum or mean of another, over dimensions that are the data's. */
export function isOver(total: Tensor, of: Tensor): boolean {
  const summed = meanOf(total);
  return summed !== undefined && isSame(summed, of);
}

function meanOf(tensor: Tensor): Tensor | undefined {
  return means.get(tensor) ?? (tensor.op === 'view' ? meanOf(tensor.of) : undefined);
}

function isSame(one: Tensor, other: Tensor): boolean {
  return whole(one) === whole(other);
}

/** Without the views of it that leave nothing out, and with its mean. */
function whole(tensor: Tensor): Tensor {
  if (tensor.op === 'scale' && tensor.centres === true) return whole(tensor.of);
  return tensor.op === 'view' && tensor.part === null ? whole(tensor.of) : tensor;
}
