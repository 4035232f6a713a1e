import { rescaled } from '../../network/tensor.ts';
import type { FunctionStatement } from '../../syntax/ast.ts';
import { comesToModels } from '../machine/comes-to-models.ts';
import type { CallSite, Frame } from '../machine/interpreter.ts';
import { producedFrom } from '../machine/produced-numbers.ts';
import { unknownFrom } from '../machine/swallowed.ts';
import { adopt, newTrace, tracedIn } from '../machine/trace.ts';
import { list } from '../values/containers.ts';
import { either } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { isPart } from '../values/likeness.ts';
import { type FunctionValue, UNKNOWN, type Value } from '../values/value.ts';
import { tensorValue } from './tensors.ts';
import { notFollowed } from './unread.ts';

/** The work after which it is asked whether a generator comes to a model at all: one of batches of text does not. */
const MOST_IDLE_WORK = 6000;

/** A call of a generator, where its names are bound. */
interface Generating {
  readonly callee: FunctionValue & { readonly definition: FunctionStatement };
  readonly inner: Frame;
  readonly site: CallSite;
}

/**
 * What a generator gives: dicts or parts of models that it yields one after the other, such as groups of an optimizer, or any
 * number of things of which nothing is known, but that models may have a part in them. In a script one that takes much and
 * comes to no model is not followed.
 */
export function generated({ callee, inner, site }: Generating, run: (frame: Frame) => void): Value {
  const { interpreter } = inner;
  const { calls } = interpreter.trace;
  const { definition } = callee;
  if (calls === null) return yielded(callee, inner, run);
  const comes = () => comesToModels([callee, ...inner.locals.values()], inner);
  if (calls.idle.has(definition)) {
    return comes() ? yielded(callee, inner, run) : notFollowed(definition.name, site);
  }
  const way = inner.fork();
  const trace = newTrace({ ...interpreter.trace, passes: new Map() });
  const made = interpreter.budget.within(MOST_IDLE_WORK, () =>
    tracedIn(trace, interpreter, () => yielded(callee, way, run)),
  );
  if (made === undefined) {
    if (comes()) return yielded(callee, inner, run);
    calls.idle.add(definition);
    return notFollowed(definition.name, site);
  }
  adopt(interpreter, trace);
  inner.heap.join([way.heap]);
  return made;
}

function yielded(
  { definition, ...callee }: Generating['callee'],
  inner: Frame,
  run: (frame: Frame) => void,
): Value {
  const { interpreter } = inner;
  const { outputs } = interpreter.trace;
  const before = new Set(outputs.keys());
  const outer = interpreter.yielded;
  const given: Value[] = [];
  const now = { values: given, left: null as Heap | null };
  interpreter.yielded = now;
  try {
    run(inner);
  } finally {
    interpreter.yielded = outer;
  }
  mayBeLeft(now.left, inner);
  const areDicts =
    definition.yields !== 'somehow' && given.length > 0 && given.every(({ kind }) => kind === 'dict');
  if (areDicts) return list(given, definition.yields !== 'in-order');
  if (given.some(isPart)) return partsGiven(given, definition);
  const more = [...outputs.keys()].filter((one) => !before.has(one));
  return list(
    more.length === 0
      ? [
          unknownFrom(
            [...inner.locals.values(), ...producedFrom([{ ...callee, definition }], inner)],
            interpreter,
          ),
        ]
      : [tensorValue(rescaled(more, 'a generator', definition.span))],
    true,
  );
}

/** Whoever goes through a generator may leave it at its first `yield`: what it does to parameters behind that, it perhaps does. */
function mayBeLeft(left: Heap | null, inner: Frame): void {
  if (left === null || left.parameters.isSameAs(inner.heap.parameters)) return;
  inner.heap.join([left, new Heap(inner.heap)]);
}

/** Parts of models, alone or in tuples; where it hangs on more than loops what comes, none of them surely does. */
function partsGiven(given: readonly Value[], { yields }: FunctionStatement): Value {
  const items = yields === 'somehow' ? given.map((one) => either([one, UNKNOWN])) : given;
  return list([...items], yields !== 'in-order' || given.includes(UNKNOWN));
}
