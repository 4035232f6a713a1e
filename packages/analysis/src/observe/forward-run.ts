import { attributeOf } from '../interpret/language/attributes.ts';
import { bind, findMethod, methodsOf, protocolOf, receiverOf } from '../interpret/machine/classes.ts';
import { type Arguments, positional } from '../interpret/machine/given-arguments.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import type { GivenInputs, Trace } from '../interpret/machine/run-trace.ts';
import { adopt, traced } from '../interpret/machine/trace.ts';
import { layerOf, namedParameters } from '../interpret/modules/modules.ts';
import { tensorsIn, tensorValue } from '../interpret/modules/tensors.ts';
import { Heap } from '../interpret/values/heap.ts';
import { type FunctionValue, NONE, type ObjectValue, type Value } from '../interpret/values/value.ts';
import type { Tensor } from '../network/graph.ts';
import type { Layer } from '../network/layer.ts';
import { ANY_DATA } from '../network/shape.ts';
import { input, isData, operandsOf, scale } from '../network/tensor.ts';
import type { Parameter } from '../syntax/ast.ts';
import { factorOfInput } from './given-for-losses.ts';

/** What a forward pass gives. */
export interface ForwardRun {
  readonly returned: readonly Tensor[];
  /** The inputs that are None unless they are given, and that are taken not to be. */
  readonly notGiven: readonly string[];
}

/**
 * Runs the forward pass on tensors of which nothing is known.
 *
 * Inputs are multiplied as the code that trains the model does it. What may be left out is given where only losses see it. Anything else whose absence the code provides for is taken
 * not to be given, as long as every layer is used without it that the model surely has.
 */
export function runForward(
  object: ObjectValue,
  frame: Frame,
  multiplied: readonly GivenInputs[] = [],
): ForwardRun {
  const { interpreter } = frame;
  const protocol = protocolOf(interpreter, object.definition);
  const calls = findMethod(interpreter, object.definition, '__call__') !== undefined;
  const named = protocol && attributeOf(object, calls ? '__call__' : protocol.forward, frame);
  const forward = named?.kind === 'function' ? named : trainedBy(object, frame);
  if (forward === undefined) return { returned: runBase(object, frame), notGiven: [] };
  const whole = runOn(forward, givenTo(forward, multiplied), { object, frame });
  const optional = optionalIn(whole, forward);
  const fewer = new Map(whole.given);
  for (const name of optional) fewer.set(name, NONE);
  const less = optional.length === 0 ? null : runOn(forward, fewer, { object, frame });
  const { given, trace, returned } = less !== null && replaces(less, whole, { object, frame }) ? less : whole;
  adopt(interpreter, trace);
  return { returned, notGiven: [...given].flatMap(([name, { kind }]) => (kind === 'none' ? [name] : [])) };
}

/** More methods of a model without a forward pass are not tried. */
const MOST_TRIED = 8;

/** Of a model without a forward pass the method that gives a loss, where it is the only one: that is what is trained. */
function trainedBy(object: ObjectValue, frame: Frame): FunctionValue | undefined {
  if (layerOf(object, frame) !== undefined) return undefined;
  const methods = methodsOf(object.definition)
    .filter(({ name, parameters }) => !name.startsWith('__') && parameters.length > 1)
    .slice(0, MOST_TRIED)
    .map((method) => bind({ method, owner: object.definition }, receiverOf(method, object)));
  const giving = methods.filter((method) => {
    const way = frame.with({ heap: new Heap(frame.heap) });
    const { returned } = runOn(method, givenTo(method), { object, frame: way });
    return [...tensorsBehind(returned)].some(({ op }) => op === 'loss');
  });
  const [only] = giving;
  return giving.length === 1 ? only : undefined;
}

/** A forward pass as it ran. */
interface Pass {
  /** What it was given, by name. */
  readonly given: ReadonlyMap<string, Value>;
  /** Of which tensors its code asks whether they are None. */
  readonly asked: ReadonlySet<Tensor>;
  readonly trace: Trace;
  readonly returned: readonly Tensor[];
}

interface Where {
  readonly object: ObjectValue;
  readonly frame: Frame;
}

function inputsOf({ definition }: FunctionValue): readonly Parameter[] {
  return definition.parameters.slice(1).filter(({ collects }) => collects === null);
}

function givenTo(
  forward: FunctionValue,
  multiplied: readonly GivenInputs[] = [],
): ReadonlyMap<string, Value> {
  return new Map(
    inputsOf(forward).map(({ name }, at) => {
      const factor = factorOfInput(multiplied, name, at);
      return [name, tensorValue(scale(input(ANY_DATA, null), factor, null))];
    }),
  );
}

/** How often a forward pass is begun anew without something that it uses as no tensor. */
const MOST_STARTS = 4;

function runOn(forward: FunctionValue, tensors: ReadonlyMap<string, Value>, { object, frame }: Where): Pass {
  const given = new Map(tensors);
  const names = new Map(
    inputsOf(forward)
      .filter(isOptional)
      .flatMap(({ name }) => tensorOf(name, given)),
  );
  const { interpreter } = frame;
  for (let starts = 1; ; starts++) {
    const asked = new Set<Tensor>();
    const pass = interpreter.budget.unlessStopped((stop) => {
      // What is no tensor where it is given, such as a cache, is not given in training.
      const usedAsObject = (tensor: Tensor) => {
        const name = names.get(tensor);
        if (name === undefined || starts > MOST_STARTS) return;
        given.set(name, NONE);
        stop();
      };
      const run = () => {
        const way = frame.fork();
        return tensorsIn([way.call(forward, argumentsOf(forward, given), object.definition.span)], way);
      };
      return traced(interpreter, run, {
        passes: interpreter.trace.passes,
        followsAll: true,
        calls: null,
        usedAsObject,
        askedForNone: (tensor) => asked.add(tensor),
      });
    });
    if (pass !== undefined) return { given, asked, trace: pass.trace, returned: pass.result };
  }
}

function isOptional({ fallback }: Parameter): boolean {
  return fallback?.kind === 'constant' && fallback.value === null;
}

function tensorOf(name: string, given: ReadonlyMap<string, Value>): readonly (readonly [Tensor, string])[] {
  const value = given.get(name);
  return value?.kind === 'tensor' ? [[value.tensor, name]] : [];
}

/** Of a forward pass that names its inputs it is taken that it is given no others. */
function argumentsOf(forward: FunctionValue, named: ReadonlyMap<string, Value>): Arguments {
  const collects = forward.definition.parameters.some((one) => one.collects === 'positional');
  return { positional: [], named, open: collects || named.size === 0 };
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

/** Tensors and all that they are made of, which comes first. */
function tensorsBehind(outputs: readonly Tensor[]): ReadonlySet<Tensor> {
  const done = new Set<Tensor>();
  const ahead = [...outputs];
  for (let tensor = ahead.at(-1); tensor !== undefined; tensor = ahead.at(-1)) {
    const before = done.has(tensor) ? [] : operandsOf(tensor).filter((one) => !done.has(one));
    if (before.length > 0) ahead.push(...before);
    else {
      done.add(tensor);
      ahead.pop();
    }
  }
  return done;
}

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
