import { productKey } from '../growth/product.ts';
import { literal, pair, type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import type { Contraction, Part, Shape, Tensor, UnreadTensor, View } from './graph.ts';
import type { Guard } from './guard.ts';
import type { Values } from './init.ts';
import type { Layer } from './layer.ts';
import type { Layout } from './layout.ts';
import { keyOf, keyOfShape, madeBefore, numberOf, once } from './once.ts';
import { asShown } from './ranks.ts';

/** A tensor's shape, by all that the code has shown of it. */
export function shapeOf(tensor: Tensor): Shape | null {
  return tensor.shape && asShown(tensor, tensor.shape);
}

/** What the code is given, and what it makes of nothing that is trained. */
export function input(shape: Shape | null, span: Span | null, fill: Values | null = null): Tensor {
  const made: Tensor = { op: 'input', shape, span, fill };
  const filled = fill === null ? '' : ` ${fill.kind} ${productKey(fill.std)}`;
  return span === null ? made : once(span, `input ${keyOfShape(shape)}${filled}`, made);
}

/** A parameter of a layer where a forward pass uses it; copies under other names are other tensors. */
export function weight(layer: Layer, { which, shape, copy = '' }: UsedParameter): Tensor {
  const made: Tensor = { op: 'weight', layer, which, copy, shape, span: layer.span };
  return once(layer, `${which} ${copy} ${keyOfShape(shape)}`, made);
}

interface UsedParameter {
  readonly which: string;
  readonly shape: Shape | null;
  readonly copy?: string;
}

export interface Axes {
  readonly left: string;
  readonly right: string;
  readonly out: string;
}

/** einsum(left, right) by the names of the axes of the dimensions that are listed. */
export function contract(left: Tensor, right: Tensor, axes: Axes, span: Span | null): Tensor {
  const key = `contract ${numberOf(right)} ${axes.left},${axes.right}->${axes.out}`;
  const before = madeBefore(left, key, span);
  if (before !== undefined) return before;
  const lengths = new Map<string, Quantity>();
  const [mine, theirs] = [shapeOf(left), shapeOf(right)];
  for (const [names, shape] of [
    [axes.right, theirs],
    [axes.left, mine],
  ] as const) {
    for (const [at, name] of [...names].entries()) lengths.set(name, shape?.dims[at] ?? UNKNOWN_QUANTITY);
  }
  const shape: Shape = {
    dims: [...axes.out].map((name) => lengths.get(name) ?? UNKNOWN_QUANTITY),
    open: (mine?.open ?? true) || (theirs?.open ?? true),
  };
  return once(left, key, { op: 'contract', of: [left, right], axes, shape, span });
}

/** Whether a contraction is more than a product entry by entry, in which one may be spread along the other. */
export function sumsOver({ axes }: Pick<Contraction, 'axes'>): boolean {
  for (const name of axes.left) if (axes.right.includes(name) && !axes.out.includes(name)) return true;
  return false;
}

/** Σ of, entry by entry. */
export function add(of: readonly Tensor[], shape: Shape | null, span: Span | null): Tensor {
  return once(of[0]!, `add ${keyOf(of)}`, { op: 'add', of, shape, span });
}

/** of · factor; the tensor itself for a factor of 1. */
export function scale(of: Tensor, factor: Quantity, span: Span | null): Tensor {
  const key = productKey(factor);
  if (key === '1') return of;
  return once(of, `scale ${key}`, { op: 'scale', of, factor, shape: shapeOf(of), span });
}

/** A tensor from which each entry of its last dimension loses its mean over others, which leaves its size. */
export function centred(of: Tensor, span: Span | null): Tensor {
  return once(of, 'centred', {
    op: 'scale',
    of,
    factor: literal(1),
    centres: true,
    shape: shapeOf(of),
    span,
  });
}

/** φ(of), entry by entry, by the name that the calculus has for φ. */
export function act(of: Tensor, activation: string, span: Span | null): Tensor {
  return once(of, `act ${activation}`, { op: 'act', of, activation, shape: shapeOf(of), span });
}

/** What a normalization makes of it, Θ(1) whatever its size; a norm of a norm is that norm. */
export function norm(of: Tensor, span: Span | null): Tensor {
  return of.op === 'norm' ? of : once(of, 'norm', { op: 'norm', of, shape: shapeOf(of), span });
}

/** The same of each channel over the data, as BatchNorm has it. */
export function batchNorm(of: Tensor, span: Span | null): Tensor {
  return once(of, 'batch norm', { op: 'norm', of, centresChannels: true, shape: shapeOf(of), span });
}

/** softmax(of) over a dimension of this length. */
export function softmax(of: Tensor, over: Quantity, span: Span | null): Tensor {
  return once(of, `softmax ${productKey(over)}`, { op: 'softmax', of, over, shape: shapeOf(of), span });
}

/** The same numbers in another shape; the tensor itself where nothing of it changes that is listed. */
export function view(of: Tensor, { shape, from }: Layout, span: Span | null): Tensor {
  const shapeKey = keyOfShape(shape);
  if (shapeKey === keyOfShape(of.shape) && (from === null || isInOrder(from))) return of;
  if (of.op === 'view' && of.part === null && of.joined === undefined) {
    const layout = { shape, from: composed(of.from, from) };
    // Some of the entries in the shape of all are not all of them.
    if (some.has(of)) return noteSome(laid(of.of, layout, span));
    const whole = view(of.of, layout, span);
    return isRepeated(of) ? noteRepeated(whole) : whole;
  }
  return laid(of, { shape, from }, span);
}

function laid(of: Tensor, { shape, from }: Layout, span: Span | null): Tensor {
  const key = `view ${keyOfShape(shape)} ${from === null ? 'null' : JSON.stringify(from)}`;
  return once(of, key, { op: 'view', of, from, part: null, shape, span });
}

const repeats = new WeakSet<Tensor>();

/** Notes that a tensor has each entry of another several times. */
export function noteRepeated(tensor: Tensor): Tensor {
  repeats.add(tensor);
  return tensor;
}

/** Whether it has each entry of what it is a view of several times. */
export function isRepeated(tensor: Tensor): boolean {
  return repeats.has(tensor);
}

const some = new WeakSet<Tensor>();

/** Notes that a tensor has some of the entries of what it is a view of, along which of its dimensions may not be known. */
export function noteSome(tensor: Tensor): Tensor {
  if (tensor.op === 'view') some.add(tensor);
  return tensor;
}

/** Whether it has some of the entries of what it is a view of, in whatever shape. */
export function isSome(tensor: Tensor): boolean {
  return some.has(tensor) || ((tensor.op === 'view' || tensor.op === 'scale') && isSome(tensor.of));
}

function isInOrder(from: readonly (readonly number[])[]): boolean {
  return from.every((places, at) => places.length === 1 && places[0] === at);
}

function composed(first: View['from'], then: View['from']): View['from'] {
  if (first === null || then === null) return null;
  return then.map((places) => [...new Set(places.flatMap((place) => first[place] ?? []))]);
}

/** A stretch of one of a tensor's dimensions. */
export function partOf(of: Tensor, part: Part, { shape, from }: Layout, span: Span | null): Tensor {
  const key = `part ${JSON.stringify(part)} ${keyOfShape(shape)} ${JSON.stringify(from)}`;
  return once(of, key, { op: 'view', of, from, part, shape, span });
}

/** A loss of these, averaged over the data: one number. */
export function loss(of: readonly Tensor[], span: Span | null): Tensor {
  return once(of[0]!, `loss ${keyOf(of)}`, { op: 'loss', of, shape: { dims: [], open: false }, span });
}

/** One of several tensors; where each is the same one, that. */
export function choice(of: readonly Tensor[], guard: Guard | null, span: Span | null): Tensor {
  const options = guard === null ? [...new Set(of)] : of.map((one, at) => chosen(one, guard, at));
  const [first] = options;
  if (first === undefined || options.every((one) => one === first)) return first ?? input(null, span);
  const key = `choice ${guard === null ? '' : numberOf(guard)} ${keyOf(options)}`;
  return once(first, key, { op: 'choice', of: options, guard, shape: sharedShape(options), span });
}

/** What a condition that has been met leaves of a tensor that the same condition chose. */
function chosen(tensor: Tensor, guard: Guard, at: number): Tensor {
  return tensor.op === 'choice' && tensor.guard === guard ? (tensor.of[at] ?? tensor) : tensor;
}

/** What a loop leaves that has been gone round twice, once with what it began with and once with what it had made. */
export function repeat(first: Tensor, second: Tensor, span: Span | null): Tensor {
  if (first === second) return second;
  const shape = sharedShape([first, second]);
  return once(first, `repeat ${numberOf(second)}`, { op: 'repeat', of: [first, second], shape, span });
}

/** What something that is not understood makes of these: nothing is known of its size. */
export function unread(
  of: readonly Tensor[],
  what: string,
  span: Span | null,
  shape: Shape | null = null,
): Tensor {
  const key = `unread ${keyOf(of)} ${what} ${keyOfShape(shape)}`;
  return once(of[0]!, key, { op: 'unread', of, what, mayRescale: false, shape, span });
}

/** What is made of tensors by a factor or divisor that is not known, so that it may have any size. */
export function rescaled(of: readonly Tensor[], what: string, span: Span | null): Tensor {
  return ofAnySize({ of, what, span });
}

/** What tensors are, and what is not known added to them. */
export function plusUnknown(of: readonly Tensor[], what: string, span: Span | null): Tensor {
  return ofAnySize({ of, what, span, isSum: true });
}

/** What tensors are, or parts of them, times what is not known. */
export function anyMultiple(of: readonly Tensor[], what: string, span: Span | null): Tensor {
  return ofAnySize({ of, what, span, isMultiple: true });
}

/** The same of tensors whose own factors are lost with it. */
export function timesUnknown(of: readonly Tensor[], what: string, span: Span | null): Tensor {
  return anyMultiple(
    of.map((one) => scale(one, UNKNOWN_QUANTITY, span)),
    what,
    span,
  );
}

function ofAnySize(made: Pick<UnreadTensor, 'of' | 'what' | 'span' | 'isMultiple' | 'isSum'>): Tensor {
  const { of, what, isMultiple, isSum } = made;
  const shape = of.length === 1 ? shapeOf(of[0]!) : null;
  const key = `${isMultiple ? 'multiple' : isSum ? 'sum' : 'rescaled'} ${keyOf(of)} ${what}`;
  return once(of[0]!, key, { ...made, op: 'unread', mayRescale: true, shape });
}

/** The dimensions that tensors agree in, from the last one on. What a model is given may be as long as any other. */
function sharedShape(of: readonly Tensor[]): Shape | null {
  const made = of.filter((tensor) => !isAnyData(tensor));
  const shapes = (made.length > 0 ? made : of).map(shapeOf);
  const [first, ...rest] = shapes;
  if (!first || rest.some((one) => one === null)) return null;
  return rest.reduce<Shape | null>((shared, other) => shared && other && sharedByTwo(shared, other), first);
}

function sharedByTwo(one: Shape, other: Shape): Shape | null {
  if (keyOfShape(other) === keyOfShape(one)) return one;
  if (!(one.open || other.open) && one.dims.length === other.dims.length) {
    return { dims: one.dims.map((dim, at) => sameOf(dim, other.dims[at])), open: false };
  }
  const count = [...one.dims].reverse().findIndex((dim, back) => {
    const theirs = other.dims.at(-back - 1);
    return theirs === undefined || productKey(theirs) !== productKey(dim);
  });
  const dims = count < 0 ? one.dims : one.dims.slice(one.dims.length - count);
  return dims.length === 0 && one.dims.length > 0 ? null : { dims, open: true };
}

function sameOf(dim: Quantity, other: Quantity | undefined): Quantity {
  if (other === undefined) return UNKNOWN_QUANTITY;
  return productKey(dim) === productKey(other) ? dim : pair('either', dim, other);
}

/** Whether a tensor is what a model is given, and nothing is known of its shape. */
function isAnyData(tensor: Tensor): boolean {
  const shape = shapeOf(tensor);
  return tensor.op === 'input' && tensor.span === null && shape?.open === true && shape.dims.length === 0;
}

const data = new WeakMap<Tensor, boolean>();

/** Whether nothing that is trained has a part in it. */
export function isData(tensor: Tensor): boolean {
  if (tensor.op === 'input' || tensor.op === 'weight') return tensor.op === 'input';
  const before = data.get(tensor);
  if (before !== undefined) return before;
  const answer = operandsOf(tensor).every(isData);
  data.set(tensor, answer);
  return answer;
}

const ofParameters = new WeakMap<Tensor, boolean>();

/** Whether nothing that a model is given has a part in it. */
export function isOfParameters(tensor: Tensor): boolean {
  if (tensor.op === 'input') return tensor.span !== null;
  const before = ofParameters.get(tensor);
  if (before !== undefined) return before;
  const answer = operandsOf(tensor).every(isOfParameters);
  ofParameters.set(tensor, answer);
  return answer;
}

/** What a tensor is made of. */
export function operandsOf(tensor: Tensor): readonly Tensor[] {
  if (tensor.op === 'input' || tensor.op === 'weight') return [];
  return 'op' in tensor.of ? [tensor.of] : tensor.of;
}
