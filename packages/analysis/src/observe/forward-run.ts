import { attributeOf } from '../interpret/language/attributes.ts';
import { ownCall, protocolOf } from '../interpret/machine/classes.ts';
import { positional } from '../interpret/machine/given-arguments.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import type { GivenInputs } from '../interpret/machine/run-trace.ts';
import { adopt } from '../interpret/machine/trace.ts';
import { layerOf, namedParameters } from '../interpret/modules/modules.ts';
import { tensorsIn, tensorValue } from '../interpret/modules/tensors.ts';
import { type FunctionValue, NONE, type ObjectValue } from '../interpret/values/value.ts';
import type { Tensor } from '../network/graph.ts';
import type { Layer } from '../network/layer.ts';
import { behindLosses } from '../network/losses.ts';
import { ANY_DATA } from '../network/shape.ts';
import { choice, input, isData, operandsOf } from '../network/tensor.ts';
import {
  givenTo,
  inputsOf,
  isOptional,
  type Pass,
  runOn,
  tensorOf,
  tensorsBehind,
  type Where,
} from './method-run.ts';
import { type Called, isRefused, trainedMethodsOf } from './trained-methods.ts';

/** What a forward pass gives. */
export interface ForwardRun {
  readonly returned: readonly Tensor[];
  /** The inputs that are None unless they are given, and that are taken not to be. */
  readonly notGiven: readonly string[];
}

/** What code in sight does with a model. */
export interface ForwardSeen {
  /** By what it multiplies what it gives it. */
  readonly multiplied?: readonly GivenInputs[];
  /** The functions that have run. */
  readonly called?: Called;
}

const NONE_CALLED: Called = new Set();

/**
 * Runs the forward pass on tensors of which nothing is known.
 *
 * Inputs are multiplied as the code that trains the model does it. What may be left out is given where only losses see it.
 * Anything else whose absence the code provides for is taken not to be given, as long as every layer is used without it
 * that the model surely has.
 */
export function runForward(
  object: ObjectValue,
  frame: Frame,
  { multiplied = [], called = NONE_CALLED }: ForwardSeen = {},
): ForwardRun {
  const forwards = forwardsOf(object, { frame, called });
  if (forwards.length === 0) return { returned: runBase(object, frame), notGiven: [] };
  const runs = forwards.map((meant) =>
    meant.map((forward) => runWhole(forward, multiplied, { object, frame })),
  );
  return {
    returned: runs.flatMap((meant) => oneOf(meant.map(({ returned }) => returned))),
    notGiven: runs.flat().flatMap(({ notGiven }) => notGiven),
  };
}

/** What one of several passes gives, of which nothing tells which it is. */
function oneOf(passes: readonly (readonly Tensor[])[]): readonly Tensor[] {
  const [first = [], ...others] = passes.filter((returned) => returned.length > 0);
  if (others.length === 0) return first;
  // A loss is no more than what it is of, as several of one pass are of several things.
  const all = [first, ...others].map((returned) => behindLosses(returned, tensorsBehind(returned)));
  const guard = { text: 'the method that is trained', ofCall: false, asks: null };
  return Array.from({ length: Math.max(...all.map(({ length }) => length)) }, (_, at) =>
    choice(
      all.flatMap((returned) => returned[at] ?? returned.at(-1) ?? []),
      guard,
      null,
    ),
  );
}

/** The forward pass, or what is trained of a model that has none. */
function forwardsOf(
  object: ObjectValue,
  { frame, called }: { readonly frame: Frame; readonly called: Called },
): readonly (readonly FunctionValue[])[] {
  const { interpreter } = frame;
  const protocol = protocolOf(interpreter, object.definition);
  const call = ownCall(interpreter, object.definition)?.method.name;
  const named = protocol && attributeOf(object, call ?? protocol.forward, frame);
  return named?.kind === 'function' && !isRefused(named)
    ? [[named]]
    : trainedMethodsOf(object, called, frame);
}

function runWhole(
  forward: FunctionValue,
  multiplied: readonly GivenInputs[],
  { object, frame }: Where,
): ForwardRun {
  const whole = runOn(forward, givenTo(forward, multiplied), { object, frame });
  const optional = optionalIn(whole, forward);
  const fewer = new Map(whole.given);
  for (const name of optional) fewer.set(name, NONE);
  const less = optional.length === 0 ? null : runOn(forward, fewer, { object, frame });
  const { given, trace, returned } = less !== null && replaces(less, whole, { object, frame }) ? less : whole;
  adopt(frame.interpreter, trace);
  return { returned, notGiven: [...given].flatMap(([name, { kind }]) => (kind === 'none' ? [name] : [])) };
}

/** The inputs whose absence the code provides for, and that are seen by more than losses. */
function optionalIn({ given, asked, returned }: Pass, forward: FunctionValue): readonly string[] {
  const [, ...others] = inputsOf(forward);
  const names = others.filter(isOptional).slice(0, MOST_OPTIONAL);
  const bits = new Map(
    names.flatMap(({ name }, at) =>
      tensorOf(name, given).flatMap(([tensor]) => (asked.has(tensor) ? [[tensor, 1 << at] as const] : [])),
    ),
  );
  if (bits.size === 0) return [];
  const made = new Map<Tensor, number>();
  let seen = 0;
  for (const tensor of tensorsBehind(returned)) {
    const from = operandsOf(tensor).map((one) => made.get(one) ?? 0);
    made.set(
      tensor,
      from.reduce((sum, one) => sum | one, bits.get(tensor) ?? 0),
    );
    if (tensor.op === 'loss' || isData(tensor)) continue;
    for (const [at, one] of operandsOf(tensor).entries()) if (isData(one)) seen |= from[at] ?? 0;
  }
  return names.flatMap(({ name }, at) => ((seen & (1 << at)) === 0 ? [] : [name]));
}

/** As many as a number has bits. */
const MOST_OPTIONAL = 30;

/** Whether a pass without some inputs says as much: it uses every parameter that the model surely has and the whole one uses. */
function replaces(less: Pass, whole: Pass, { object, frame }: Where): boolean {
  if (less.returned.length === 0) return false;
  const [mine, theirs] = [usesIn(less), usesIn(whole)];
  frame.interpreter.budget.spend(mine.size + theirs.size);
  const sure = namedParameters(object, frame).filter(({ perhaps }) => !perhaps);
  return sure.every(({ parameter }) => {
    const { layer, which } = frame.heap.parameters.original(parameter);
    return mine.get(layer)?.has(which) === true || theirs.get(layer)?.has(which) !== true;
  });
}

/** The parameters that a pass uses. */
function usesIn({ returned }: Pass): ReadonlyMap<Layer, ReadonlySet<string>> {
  const uses = new Map<Layer, Set<string>>();
  for (const tensor of tensorsBehind(returned)) {
    if (tensor.op !== 'weight') continue;
    uses.set(tensor.layer, (uses.get(tensor.layer) ?? new Set()).add(tensor.which));
  }
  return uses;
}

/** The forward pass of a container that a model is. */
function runBase(object: ObjectValue, frame: Frame): readonly Tensor[] {
  const layer = layerOf(object, frame);
  if (layer === undefined) return [];
  return tensorsIn([frame.call(object, positional(tensorValue(input(ANY_DATA, null))), layer.span)], frame);
}
