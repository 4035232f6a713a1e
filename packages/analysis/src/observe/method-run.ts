import { protocolOf } from '../interpret/machine/classes.ts';
import type { Arguments } from '../interpret/machine/given-arguments.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import type { GivenInputs, Trace } from '../interpret/machine/run-trace.ts';
import { traced } from '../interpret/machine/trace.ts';
import { hookedOutputs } from '../interpret/modules/forward-hooks.ts';
import { tensorsIn, tensorValue } from '../interpret/modules/tensors.ts';
import { type FunctionValue, NONE, type ObjectValue, type Value } from '../interpret/values/value.ts';
import type { Tensor } from '../network/graph.ts';
import { ANY_DATA } from '../network/shape.ts';
import { input, operandsOf, scale } from '../network/tensor.ts';
import type { Parameter } from '../syntax/ast.ts';
import { isNone } from '../syntax/is-none.ts';
import { factorOfInput } from './given-for-losses.ts';

/** A forward pass, or a method that stands for one, as it ran. */
export interface Pass {
  /** What it was given, by name. */
  readonly given: ReadonlyMap<string, Value>;
  /** Of which tensors its code asks whether they are None. */
  readonly asked: ReadonlySet<Tensor>;
  readonly trace: Trace;
  readonly returned: readonly Tensor[];
}

/** The model that it is run on. */
export interface Where {
  readonly object: ObjectValue;
  readonly frame: Frame;
}

/** What a method is given beside its object, by parameters that collect nothing. */
export function inputsOf({ definition }: FunctionValue): readonly Parameter[] {
  return definition.parameters.slice(1).filter(({ collects }) => collects === null);
}

/** Data for each input of a method, multiplied as code in sight does before it calls the model. */
export function givenTo(
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

/** Runs a method on what it is given, with a trace of its own. */
export function runOn(
  forward: FunctionValue,
  tensors: ReadonlyMap<string, Value>,
  { object, frame }: Where,
): Pass {
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
        return outputsOf(forward, given, { object, frame: frame.fork() });
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

/** What a method gives; of the forward pass, what the hooks of the model make of that. */
function outputsOf(
  method: FunctionValue,
  given: ReadonlyMap<string, Value>,
  { object, frame }: Where,
): readonly Tensor[] {
  const { definition } = object;
  const args = argumentsOf(method, given);
  const made = frame.call(method, args, definition.span);
  if (method.definition.kind === 'lambda' || !isCalled(method.definition.name, object, frame))
    return tensorsIn([made], frame);
  const site = { args: { ...args, positional: [...given.values()] }, frame, span: definition.span };
  return hookedOutputs(object, made, site);
}

/** Whether a method runs where the model is called. */
function isCalled(name: string, { definition }: ObjectValue, { interpreter }: Frame): boolean {
  return name === '__call__' || name === protocolOf(interpreter, definition)?.forward;
}

/** Whether an input is None unless it is given. */
export function isOptional({ fallback }: Parameter): boolean {
  return isNone(fallback);
}

/** The tensor that an input is given, with the input's name; nothing where it is given something else. */
export function tensorOf(
  name: string,
  given: ReadonlyMap<string, Value>,
): readonly (readonly [Tensor, string])[] {
  const value = given.get(name);
  return value?.kind === 'tensor' ? [[value.tensor, name]] : [];
}

/** Of a forward pass that names its inputs it is taken that it is given no others. */
function argumentsOf(forward: FunctionValue, named: ReadonlyMap<string, Value>): Arguments {
  const collects = forward.definition.parameters.some((one) => one.collects === 'positional');
  return { positional: [], named, open: collects || named.size === 0 };
}

/** Tensors and all that they are made of, which comes first. */
export function tensorsBehind(outputs: readonly Tensor[]): ReadonlySet<Tensor> {
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
