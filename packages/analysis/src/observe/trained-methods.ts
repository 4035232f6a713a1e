import { bind, findMethod, lineage, methodsOf, receiverOf } from '../interpret/machine/classes.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import type { Trace } from '../interpret/machine/run-trace.ts';
import { layerOf } from '../interpret/modules/modules.ts';
import { Heap } from '../interpret/values/heap.ts';
import type { FunctionValue, ObjectValue } from '../interpret/values/value.ts';
import type { Tensor } from '../network/graph.ts';
import { parameterKey } from '../network/layer.ts';
import { isDetached } from '../network/losses.ts';
import { operandsOf } from '../network/tensor.ts';
import { heirsOf } from './heirs.ts';
import { givenTo, runOn, tensorsBehind } from './method-run.ts';

/** The functions that code in sight has called. */
export type Called = ReadonlySet<FunctionValue['definition']>;

/** More methods of a model without a forward pass are not tried. */
const MOST_TRIED = 8;

/**
 * Of a model without a forward pass the methods by which it is trained: those that give a loss where there are some, and else
 * few by which gradients reach all parameters that any of them reaches. What another one calls is a part of that.
 * Where nothing tells which of several is meant, they stand together. One that gives a loss and that nobody in sight calls is
 * none where others are called.
 */
export function trainedMethodsOf(
  object: ObjectValue,
  called: Called,
  frame: Frame,
): readonly (readonly FunctionValue[])[] {
  if (layerOf(object, frame) !== undefined) return [];
  const tried = inputMethodsOf(object, frame).map((method) => {
    const way = frame.with({ heap: new Heap(frame.heap) });
    const { returned, trace } = runOn(method, givenTo(method), { object, frame: way });
    return {
      method,
      entered: trace.entered,
      givesLoss: [...tensorsBehind(returned)].some(({ op }) => op === 'loss'),
      reached: reachedFrom(returned, trace),
    };
  });
  const giving = tried.filter(({ givesLoss, reached }) => givesLoss && reached.size > 0);
  const inSight = tried.filter(({ method, reached }) => called.has(method.definition) && reached.size > 0);
  const isOther = inSight.length > 0 && !giving.some(({ method }) => called.has(method.definition));
  if (giving.length > 0 && isOther) return cover(outermost(inSight), isSame);
  if (giving.length > 0) return cover(outermost(giving), isWithin);
  // Of a base it is not said what its own parameters are given.
  const isInherited = heirsOf(object.definition, frame.interpreter).length > 0;
  return isInherited ? [] : cover(outermost(tried), isSame);
}

/** The methods of a model that are given something. */
function inputMethodsOf(object: ObjectValue, { interpreter }: Frame): readonly FunctionValue[] {
  const names = lineage(interpreter, object.definition).flatMap((one) =>
    methodsOf(one).map(({ name }) => name),
  );
  return [...new Set(names)]
    .filter((name) => !name.startsWith('__'))
    .flatMap((name) => findMethod(interpreter, object.definition, name) ?? [])
    .map((found) => bind(found, receiverOf(found.method, object)))
    .filter((method) => method.definition.parameters.length > 1 && !isRefused(method))
    .slice(0, MOST_TRIED);
}

/** Whether a method does nothing but to say that it is not there. */
export function isRefused({ definition }: FunctionValue): boolean {
  if (definition.kind === 'lambda') return false;
  const [first, ...more] = definition.body.filter(({ kind }) => kind !== 'expression');
  return first?.kind === 'leave' && first.how === 'raise' && more.length === 0;
}

/** The parameters that gradients of some tensors reach, by their keys. */
function reachedFrom(returned: readonly Tensor[], { untracked }: Trace): ReadonlySet<string> {
  const reached = new Set<string>();
  const ahead = [...returned];
  const seen = new Set<Tensor>();
  for (let tensor = ahead.pop(); tensor !== undefined; tensor = ahead.pop()) {
    if (seen.has(tensor) || isDetached(tensor)) continue;
    seen.add(tensor);
    ahead.push(...operandsOf(tensor));
    if (tensor.op === 'weight' && !untracked.has(tensor.layer)) reached.add(parameterKey(tensor));
  }
  return reached;
}

interface Reaching {
  readonly method: FunctionValue;
  readonly entered: ReadonlySet<FunctionValue['definition']>;
  readonly reached: ReadonlySet<string>;
}

/** Those of which no other one that reaches as much calls them. */
function outermost<Tried extends Reaching>(tried: readonly Tried[]): readonly Tried[] {
  return tried.filter(
    (one, at) =>
      !tried.some((other, place) => {
        if (other === one || !other.entered.has(one.method.definition)) return false;
        const isMutual = one.entered.has(other.method.definition) && at < place;
        return !isMutual && isWithin(one.reached, other.reached);
      }),
  );
}

/**
 * Few of them that reach together what all do: each reaches the most of what is left, and with it stand the others that may
 * be meant instead.
 */
function cover(
  tried: readonly Reaching[],
  isInstead: (reached: Reaching['reached'], of: Reaching['reached']) => boolean,
): readonly (readonly FunctionValue[])[] {
  const chosen: (readonly FunctionValue[])[] = [];
  const left = new Set(tried.flatMap(({ reached }) => [...reached]));
  while (left.size > 0) {
    const counts = tried.map(({ reached }) => [...reached].filter((one) => left.has(one)).length);
    const next = tried[counts.indexOf(Math.max(...counts))];
    if (next === undefined) break;
    const others = tried.filter(
      (one) => one !== next && one.reached.size > 0 && isInstead(one.reached, next.reached),
    );
    chosen.push([next, ...others].map(({ method }) => method));
    for (const one of next.reached) left.delete(one);
  }
  return chosen;
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && isWithin(one, other);
}

function isWithin(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return [...one].every((key) => other.has(key));
}
