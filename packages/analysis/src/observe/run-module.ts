import { bind, isModuleClass, methodsOf, receiverOf } from '../interpret/classes.ts';
import { define } from '../interpret/execute.ts';
import { Heap } from '../interpret/heap.ts';
import type { Frame, Interpreter, Trace } from '../interpret/interpreter.ts';
import { modelRoots } from '../interpret/library.ts';
import { newTrace, traced, tracedIn } from '../interpret/trace.ts';
import { NO_CLOSURE, type ObjectValue } from '../interpret/value.ts';
import { LIBRARIES } from '../libraries/index.ts';
import type { Statement } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { statementsIn, topLevelBlocks } from '../syntax/statements-in.ts';
import { reachingModels } from './reach.ts';
import { callWithSymbols, type LooseFunction } from './symbolic-call.ts';

/** A run of code that is not a model's own. */
export interface Run {
  readonly trace: Trace;
  readonly heap: Heap;
  /** Of a script or function that takes more work than there is: of what it does no more is known than which models it made by then. Where it stands, if it is a function. */
  readonly givenUp?: Span | null;
}

/** Where the names of a module are that is run by itself, after its definitions and its other names for them. */
export function openModule(body: readonly Statement[], frame: Frame): Frame {
  frame.module.globals.set('__name__', { kind: 'text', text: '__main__' });
  for (const statement of definitionsIn(body)) define(statement, frame);
  const aliases = body.filter(
    (statement) =>
      statement.kind === 'assign' &&
      (statement.value?.kind === 'name' || statement.value?.kind === 'attribute'),
  );
  frame.execute(aliases);
  return frame;
}

/** By what code comes to the rates of an optimizer that it is handed. */
const TRAINED: readonly string[] = ['param_groups'];

/** The runs of a module, and the words by which a definition of it would come to a model. */
export interface ModuleRuns {
  readonly runs: readonly Run[];
  readonly reaching: ReadonlySet<string>;
}

/** A module from top to bottom, then every function that it did not call itself and that may come to a model. */
export function runModule(body: readonly Statement[], frame: Frame): ModuleRuns {
  const { trace } = traced(frame.interpreter, () => frame.execute(body));
  const runs: Run[] = [{ trace, heap: frame.heap }];
  const entered = new Set(trace.entered);
  const loose = looseFunctions(frame.interpreter, body);
  const reaching = reachingModels(frame.interpreter, {
    module: frame.module,
    definitions: [
      ...definitionsIn(body).filter((one) => one.kind === 'class' || one.kind === 'function'),
      ...loose.flatMap(({ definition, owner }) => (owner === null ? [] : [definition])),
    ],
    modelRoots: [...modelRoots(LIBRARIES), ...TRAINED],
  });
  frame.interpreter.budget.within(MOST_LOOSE_WORK, () => {
    for (const callee of loose) {
      if (entered.has(callee.definition) || !reaching.definitions.has(callee.definition)) continue;
      const run = runLoose(frame.interpreter, callee, frame);
      for (const definition of run.trace.entered) entered.add(definition);
      runs.push(run);
    }
  });
  return { runs, reaching: reaching.words };
}

/** Definitions at the top of a module, also inside `if` and `try`. */
export function definitionsIn(body: readonly Statement[]): readonly Statement[] {
  return statementsIn(body, topLevelBlocks).filter(
    ({ kind }) => kind === 'function' || kind === 'class' || kind === 'import',
  );
}

/** The functions of a module and the methods of its classes that are no models; the last first, as callers follow what they call. */
function looseFunctions(interpreter: Interpreter, body: readonly Statement[]): readonly LooseFunction[] {
  const loose = definitionsIn(body).flatMap((statement): LooseFunction[] => {
    if (statement.kind === 'function') {
      return [{ kind: 'function', definition: statement, receiver: null, owner: null, closure: NO_CLOSURE }];
    }
    if (statement.kind !== 'class' || isModuleClass(interpreter, statement)) return [];
    const object: ObjectValue = {
      kind: 'object',
      id: interpreter.newId(),
      definition: statement,
      span: null,
    };
    return methodsOf(statement).map((method) =>
      bind({ method, owner: statement }, receiverOf(method, object)),
    );
  });
  return loose.reverse();
}

function runLoose(interpreter: Interpreter, loose: LooseFunction, file: Frame): Run {
  const frame = file.with({ heap: new Heap(file.heap), locals: new Map() });
  const trace = newTrace(interpreter.trace);
  const done = interpreter.budget.within(MOST_WORK, () => {
    tracedIn(trace, interpreter, () => callWithSymbols(loose, frame));
    return true;
  });
  if (done) return { trace, heap: frame.heap };
  const { constructions, entered, nested } = trace;
  return {
    trace: { ...newTrace(trace), constructions, entered, nested },
    heap: new Heap(file.heap),
    givenUp: loose.definition.span,
  };
}

/** The work that running one function may take which nothing in sight calls, and running all of them. */
const MOST_WORK = 150_000;
const MOST_LOOSE_WORK = 800_000;
