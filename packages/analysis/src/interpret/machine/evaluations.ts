import type { FunctionStatement } from '../../syntax/ast.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import { writesElsewhere } from '../../syntax/writes-elsewhere.ts';
import { optionsOf } from '../values/either.ts';
import { type FunctionValue, UNKNOWN, type Value } from '../values/value.ts';
import { findMethod, nameOf } from './classes.ts';
import { comesToModels } from './comes-to-models.ts';
import { notedIn } from './followed-passes.ts';
import type { Frame, Interpreter } from './interpreter.ts';
import type { Trace } from './run-trace.ts';
import { adopt, newTrace, steppedIn, tracedIn } from './trace.ts';

/** The work in which a function without gradients shows whether it does something to a model, as one that initializes it. */
const MOST_WORK = 6000;

interface Evaluating {
  readonly callee: FunctionValue;
  readonly inner: Frame;
}

/**
 * What a function of a script gives. One that keeps no gradient, has left the model as it was for long and names nothing
 * that would change it, such as one that samples from it, is not followed any further.
 */
export function evaluatedOnce({ callee, inner }: Evaluating, run: (inner: Frame) => Value): Value {
  const { interpreter } = inner;
  const { calls } = interpreter.trace;
  const { definition } = callee;
  if (calls === null || definition.kind === 'lambda' || !keepsNoGradient(definition, inner))
    return run(inner);
  if (calls.idle.has(definition)) return UNKNOWN;
  // What has once taken that long and was no such function is none now.
  if (calls.busy.has(definition)) return run(inner);
  const [way, horizon] = [inner.fork(), interpreter.newId()];
  const trace: Trace = {
    ...newTrace({ ...interpreter.trace, passes: new Map() }),
    steppedBefore: steppedIn(interpreter.trace),
  };
  const made = interpreter.budget.within(MOST_WORK, () => tracedIn(trace, interpreter, () => run(way)));
  if (made !== undefined) {
    adopt(interpreter, trace);
    inner.heap.join([way.heap]);
    return made;
  }
  const isIdle =
    notedIn(trace) === 0 && way.heap.hasOnlyMade(inner.heap, horizon, (list) => comesToModels([list], inner));
  if (!isIdle || changesModels(callee, inner)) {
    calls.busy.add(definition);
    return run(inner);
  }
  calls.idle.add(definition);
  return UNKNOWN;
}

function keepsNoGradient({ decorators }: FunctionStatement, { interpreter: { libraries } }: Frame): boolean {
  return decorators.some((decorator) => libraries.keepsNoGradient(nameOf(decorator)));
}

/** By what code comes to the weights of a model, to what trains it, or to what its forward pass runs; what ends in `_` changes a tensor. */
const COMES_TO_WEIGHTS =
  /^(?:init|.*parameters|(?:named_)?modules|(?:named_)?children|apply|param_groups?|add_param_group|setattr|__\w+__|.*state_dict|register_\w+|forward|data|grad|weights?|bias|requires_grad|\w*[^_\W]_)$/;

/** Whether a function, one of its module that it names, or a method that it names of what it is handed, comes to weights. */
function changesModels({ definition, receiver }: FunctionValue, { interpreter, locals }: Frame): boolean {
  const { globals } = interpreter.moduleOf(definition);
  const handed = [receiver ?? UNKNOWN, ...locals.values()]
    .flatMap(optionsOf)
    .filter((value) => value.kind === 'object');
  const meantBy = (word: string): readonly object[] => {
    const value = globals.get(word);
    const methods = handed.flatMap(
      (object) => findMethod(interpreter, object.definition, word)?.method ?? [],
    );
    return value?.kind === 'function' || value?.kind === 'class' ? [value.definition, ...methods] : methods;
  };
  const isUnread = (word: string) => {
    const value = globals.get(word);
    return value?.kind === 'reference' && mayChangeModels(value.qualified, interpreter);
  };
  const seen = new Set<object>([definition]);
  for (const part of seen) {
    if (isFunction(part) && writesElsewhere(part)) return true;
    const words = [...wordsIn(part)];
    interpreter.budget.spend(words.length * (1 + handed.length));
    if (words.some((word) => COMES_TO_WEIGHTS.test(word) || isUnread(word))) return true;
    for (const one of words.flatMap(meantBy)) seen.add(one);
  }
  return false;
}

function isFunction(part: object): part is FunctionStatement {
  return 'kind' in part && part.kind === 'function';
}

/** Whether something that is imported by its name is of a package that is not read, and may change what it is handed. */
function mayChangeModels(qualified: string, { libraries }: Interpreter): boolean {
  return qualified.includes('.') && !libraries.covers(qualified) && libraries.leavesModel(qualified) === null;
}
