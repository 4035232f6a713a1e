import { freeSymbolsOf, isPartlyUnknown, type Quantity, sameQuantity } from '../../growth/quantity.ts';
import type { Frame, Interpreter } from '../../interpret/machine/interpreter.ts';
import type { Construction } from '../../interpret/machine/run-trace.ts';
import { type ModuleValue, namedParameters } from '../../interpret/modules/modules.ts';
import { quantityOf } from '../../interpret/values/numbers.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { dimsOf } from '../../network/layer.ts';

/** What a model's base shapes are: those of another one, or its own, with which nothing of it grows. */
export type Base = 'another' | 'own';

/**
 * A base that is the model, or is made of the same as it, is its own: the model is never wider. With a delta of the shapes
 * that the base has no dimension is one that grows, which comes to the same.
 */
export function baseOf(
  model: ModuleValue,
  { base, delta }: { readonly base: Value; readonly delta: Value | undefined },
  frame: Frame,
): Base {
  if (base === model || haveSameShapes(base, delta, frame) || growsWith(model, base, frame)) return 'own';
  const alike = madeAlike(model, base, frame);
  // Beside a delta that says what grows, a model of the base's own numbers may be the base itself, trained at its own width.
  const isFixed = alike.length > 0 && delta === undefined;
  const scales = alike.some((value) => freeSymbolsOf(quantityOf(value)).size > 0);
  return scales || isFixed ? 'own' : 'another';
}

/** Whether a base is made of numbers that the model is made of, too, in all in which they differ: `Net(width // 2)`. */
function growsWith(model: ModuleValue, base: Value, { interpreter }: Frame): boolean {
  if (model.kind !== 'object' || base.kind !== 'object') return false;
  const [mine, theirs] = [model, base].map(({ id }) => madeOf(id, interpreter)?.bound);
  if (mine === undefined || theirs === undefined) return false;
  const differing = [...mine].filter(([name, value]) => !isSameValue(value, theirs.get(name) ?? UNKNOWN));
  return (
    differing.length > 0 &&
    differing.every(([name, value]) => {
      const names = freeSymbolsOf(quantityOf(value));
      return [...freeSymbolsOf(quantityOf(theirs.get(name) ?? UNKNOWN))].some((one) => names.has(one));
    })
  );
}

function madeOf(id: number, { trace }: Interpreter): Construction | undefined {
  return trace.constructions.findLast(({ objectId }) => objectId === id);
}

/** What two objects of one class are both given; nothing where they differ, or may. */
function madeAlike(one: Value, other: Value, { interpreter }: Frame): readonly Value[] {
  const [mine, theirs] = twoOfOneClass(one, other, interpreter) ?? [];
  if (mine === undefined || theirs === undefined) return [];
  const given = [...mine.bound].filter(([name]) => !mine.left.has(name) || !theirs.left.has(name));
  return given.every(([name]) => isGivenAlike(name, mine, theirs)) ? given.map(([, value]) => value) : [];
}

/**
 * Whether the parameters of two models of one class have the same dimensions, which are made of nothing in which the two
 * differ, or may.
 */
function haveSameShapes(one: Value, other: Value | undefined, frame: Frame): boolean {
  if (other === undefined) return false;
  const { interpreter, heap } = frame;
  const [mine, theirs] = twoOfOneClass(one, other, interpreter) ?? [];
  if (mine === undefined || theirs === undefined) return false;
  const names = [...mine.known].filter(([name]) => isGivenAlike(name, mine, theirs));
  const alike = new Set(names.map(([, symbol]) => symbol));
  const [shapes = [], others = []] = [one, other].map((model) =>
    namedParameters(model, frame).map(({ parameter }) => dimsOf(heap.parameters.original(parameter))),
  );
  const isAlike = (dim: Quantity, length: Quantity | undefined) =>
    length !== undefined &&
    sameQuantity(dim, length) &&
    !isPartlyUnknown(dim) &&
    [...freeSymbolsOf(dim)].every((symbol) => alike.has(symbol));
  return (
    shapes.length > 0 &&
    shapes.every((dims, at) => dims?.every((dim, axis) => isAlike(dim, others[at]?.[axis])) === true)
  );
}

function twoOfOneClass(
  one: Value,
  other: Value,
  interpreter: Interpreter,
): readonly [Construction, Construction] | undefined {
  if (one.kind !== 'object' || other.kind !== 'object' || one.definition !== other.definition)
    return undefined;
  const [mine, theirs] = [madeOf(one.id, interpreter), madeOf(other.id, interpreter)];
  return mine === undefined || theirs === undefined || mine.bound.size !== theirs.bound.size
    ? undefined
    : [mine, theirs];
}

/** Whether two calls give a parameter the same, or both leave it at its default. */
function isGivenAlike(name: string, mine: Construction, theirs: Construction): boolean {
  if (mine.left.has(name) && theirs.left.has(name)) return true;
  const [one, other] = [mine.bound.get(name) ?? UNKNOWN, theirs.bound.get(name) ?? UNKNOWN];
  return one.kind !== 'unknown' && isSameValue(one, other);
}

/** Whether two values are one, or one number of the code. */
function isSameValue(one: Value, other: Value): boolean {
  if (one === other) return true;
  return one.kind === 'number' && other.kind === 'number' && sameQuantity(one.quantity, other.quantity);
}
