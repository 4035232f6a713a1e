import { ownCall, protocolOf } from '../machine/classes.ts';
import { givenInputs } from '../machine/given-inputs.ts';
import type { CallSite } from '../machine/interpreter.ts';
import { noteOutputs } from '../machine/trace.ts';
import type { FunctionValue, Value } from '../values/value.ts';
import { tensorsIn } from './tensors.ts';

/** Notes what a model that stands by itself gives to the code that calls it. */
export function notedOutput(model: number, made: Value, { args, frame }: CallSite): Value {
  const { models, trace } = frame.interpreter;
  if (!models.has(model)) return made;
  const given = givenInputs(args);
  for (const [at, tensor] of tensorsIn([made], frame).entries())
    noteOutputs(trace, tensor, [{ model, at, given }]);
  return made;
}

/** The same of `model.forward(x)`; of a class that says what calling its objects does, that is no whole pass. */
export function notedForward({ receiver, definition }: FunctionValue, given: Value, site: CallSite): Value {
  const { interpreter } = site.frame;
  if (receiver?.kind !== 'object' || definition.kind === 'lambda' || !interpreter.models.has(receiver.id))
    return given;
  const isWhole =
    protocolOf(interpreter, receiver.definition)?.forward === definition.name &&
    ownCall(interpreter, receiver.definition) === undefined;
  return isWhole ? notedOutput(receiver.id, given, site) : given;
}

/** Notes what a function gives that is known to be a loss. */
export function notedLoss(given: Value, { frame }: CallSite): Value {
  if (given.kind === 'tensor' && given.tensor.op === 'loss') frame.interpreter.trace.losses.add(given.tensor);
  return given;
}
