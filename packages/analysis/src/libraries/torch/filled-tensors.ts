import { isSameProduct } from '../../growth/product.ts';
import {
  exactValue,
  literal,
  magnitudeOf,
  type Quantity,
  sameQuantity,
  UNKNOWN_QUANTITY,
} from '../../growth/quantity.ts';
import { compare, toNumber } from '../../growth/rational.ts';
import { type Arguments, argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { tensorIn, tensorValue } from '../../interpret/modules/tensors.ts';
import { inLists } from '../../interpret/values/in-lists.ts';
import { isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import type { TensorValue } from '../../interpret/values/tensor-value.ts';
import { type ListValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { noteIdentity, ONES } from '../../network/data.ts';
import { EVERYWHERE, FEW, noteDensity } from '../../network/density.ts';
import type { Shape, Tensor } from '../../network/graph.ts';
import type { Values } from '../../network/init.ts';
import { closed } from '../../network/shape.ts';
import { input, scale, shapeOf } from '../../network/tensor.ts';
import { FROM_0_TO_1 } from '../../network/values.ts';
import type { Span } from '../../syntax/span.ts';
import { lengthsIn } from './forward/operation.ts';
import { filledBy, isChange, valuesOf } from './initializers.ts';
import { findInitializerMethod, type InitializerKnowledge } from './tables.ts';

/** What functions fill a tensor with that they make. `rand` draws between 0 and 1. */
const FILLS: Readonly<Record<string, Values | null>> = {
  empty: { std: UNKNOWN_QUANTITY, kind: 'unknown' },
  eye: null,
  randn: { std: literal(1), kind: 'random' },
  rand: FROM_0_TO_1,
  ones: ONES,
  zeros: ONES,
  full: ONES,
};

const NAMES = /^torch\.(empty|eye|randn|rand|ones|zeros|full)(_like)?$/;

/** A tensor that is made with values which are known: `torch.randn(n, d)`; undefined for what no such function makes. */
export function filledTensor(qualified: string, site: CallSite): Value | undefined {
  if (qualified === 'torch.normal') return drawn(site);
  const [, name = '', like] = NAMES.exec(qualified) ?? [];
  const fill = FILLS[name];
  if (fill === undefined) return undefined;
  const [first, second] = site.args.positional;
  const shape = like === undefined ? shapeOfCall(name, site.args) : shapeLike(first, site);
  const value = site.args.named.get('fill_value') ?? second ?? UNKNOWN;
  const made = input(shape, site.span, fill);
  return filled(FILLED[name]?.(made) ?? made, name === 'full' ? quantityOf(value) : name, site);
}

/** What is shown of the entries that some of them fill a tensor with. */
const FILLED: Readonly<Record<string, (made: Tensor) => Tensor>> = {
  eye: diagonal,
  randn: (made) => noteDensity(made, { ...EVERYWHERE, drawn: 'normal' }),
};

/** Ones on a diagonal, which are one in each row. */
function diagonal(made: Tensor): Tensor {
  return noteDensity(isSquare(shapeOf(made)) ? noteIdentity(made) : made, FEW);
}

const OF_NUMBERS = /^torch\.(?:as_tensor|tensor|Tensor|FloatTensor)$/;

/** `torch.tensor([1.0, 0.5])`: numbers that the code spells out, as large as the largest of them; undefined for any others. */
export function spelledTensor(qualified: string, { args, span }: CallSite): Value | undefined {
  const [given] = args.positional;
  if (!OF_NUMBERS.test(qualified) || given?.kind !== 'list') return undefined;
  const lengths = lengthsOf(given);
  const numbers = inLists(given);
  const sizes = numbers.filter(isNumeric).flatMap((one) => exactValue(magnitudeOf(quantityOf(one))) ?? []);
  if (lengths === null || sizes.length === 0 || sizes.length < numbers.length) return undefined;
  const largest = sizes.reduce((left, right) => (compare(left, right) < 0 ? right : left));
  return filled(input(closed(lengths), span, ONES), literal(toNumber(largest)), { span });
}

/** How long a list is, and each of the lists in it, which are alike; null where that is not known. */
function lengthsOf({ items, open }: ListValue): readonly Quantity[] | null {
  if (open) return null;
  const inner = items.map((item) => (item.kind === 'list' ? lengthsOf(item) : []));
  const [first = []] = inner;
  if (first === null || !inner.every((one) => one !== null && isSameList(one, first))) return null;
  return [literal(items.length), ...first];
}

function isSameList(left: readonly Quantity[], right: readonly Quantity[]): boolean {
  return (
    left.length === right.length && left.every((one, at) => sameQuantity(one, right[at] ?? UNKNOWN_QUANTITY))
  );
}

function filled(
  ones: ReturnType<typeof input>,
  by: Quantity | string,
  { span }: Pick<CallSite, 'span'>,
): Value {
  if (typeof by !== 'string') return tensorValue(scale(ones, by, span));
  return tensorValue(by === 'zeros' ? scale(ones, literal(0), span) : ones);
}

const NORMAL: InitializerKnowledge = {
  rule: 'std',
  mean: { name: 'mean', index: 0, default: '0' },
  std: { name: 'std', index: 1, default: '1' },
};

/** `torch.normal(mean, std, size)`. */
function drawn({ args, span }: CallSite): Value | undefined {
  const size = argument(args, { name: 'size', index: 2 });
  if (size === undefined) return undefined;
  const shape = shapeIn({ positional: [size], named: new Map(), open: false });
  return tensorValue(input(shape, span, valuesOf(NORMAL, null, args)));
}

/** An in-place initializer of a tensor that is no parameter yet: `torch.empty(n, d).normal_(0, 0.02)`. */
export function filledMethod(tensor: TensorValue, name: string, { args, span }: CallSite): Value | undefined {
  if (name === 'copy_') return copied(tensor, args.positional[0] ?? UNKNOWN, span);
  if (tensor.tensor.op !== 'input' && tensor.tensor.op !== 'scale') return undefined;
  const fresh = freshTensor(name, { args, span });
  if (fresh !== undefined) return fresh;
  const knowledge = findInitializerMethod(name);
  if (knowledge === undefined || knowledge.rule === 'scale' || isChange(knowledge)) return undefined;
  return filledBy(tensor, { knowledge, args, span });
}

/** Another tensor that a method of one makes, or of a parameter: `w.new_empty(n, d)`; undefined for any other method. */
export function freshTensor(
  name: string,
  { args, span }: Pick<CallSite, 'args' | 'span'>,
): Value | undefined {
  const [, made] = /^new_(empty|zeros|ones|full)$/.exec(name) ?? [];
  const fill = FILLS[made ?? ''];
  if (made === undefined || fill === undefined) return undefined;
  const shape = shapeIn(args, made === 'full' ? 1 : undefined);
  const [, value = UNKNOWN] = args.positional;
  const by = made === 'full' ? quantityOf(args.named.get('fill_value') ?? value) : made;
  return filled(input(shape, span, fill), by, { span });
}

function shapeOfCall(name: string, args: Arguments): Shape | null {
  return name === 'eye' ? squareIn(args) : shapeIn(args, name === 'full' ? 1 : undefined);
}

function shapeLike(like: Value | undefined, { frame }: CallSite): Shape | null {
  const tensor = tensorIn(like, frame);
  return tensor === null ? null : shapeOf(tensor);
}

/** Lengths given one by one, as a list or a shape, or as `size`; of `count` arguments. */
function shapeIn({ positional, named, open }: Arguments, count?: number): Shape | null {
  const given = named.get('size');
  const values = given === undefined ? positional.slice(0, count) : [given];
  const found = open ? null : lengthsIn(values);
  if (found === null) return null;
  return {
    dims: found.lengths.map((length) => (length === 'rest' ? UNKNOWN_QUANTITY : length)),
    open: found.open,
  };
}

/** `eye(n)` is n × n, `eye(n, m)` n × m. */
function squareIn(args: Arguments): Shape | null {
  const shape = shapeIn(args, 2);
  const [rows] = shape?.dims ?? [];
  return shape === null || rows === undefined || shape.dims.length > 1 ? shape : closed([rows, rows]);
}

function isSquare(shape: Shape | null): boolean {
  const [rows, columns, ...more] = shape?.dims ?? [];
  return rows !== undefined && columns !== undefined && more.length === 0 && isSameProduct(rows, columns);
}

/** A tensor with the entries of another one of its shape, or with one number for all of them. */
function copied({ tensor }: TensorValue, from: Value, span: Span): Value | undefined {
  if (from.kind === 'tensor') return isOneShape(shapeOf(tensor), shapeOf(from.tensor)) ? from : undefined;
  return isNumeric(from)
    ? tensorValue(scale(input(shapeOf(tensor), span, ONES), quantityOf(from), span))
    : undefined;
}

function isOneShape(mine: Shape | null, theirs: Shape | null): boolean {
  if (mine === null || theirs === null) return mine === theirs;
  const isAsLong = mine.open === theirs.open && mine.dims.length === theirs.dims.length;
  return (
    isAsLong && mine.dims.every((length, at) => isSameProduct(length, theirs.dims[at] ?? UNKNOWN_QUANTITY))
  );
}
