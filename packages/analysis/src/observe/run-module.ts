import { define } from '../interpret/language/execute.ts';
import {
  bind,
  findMethod,
  isModuleClass,
  lineage,
  methodsOf,
  receiverOf,
} from '../interpret/machine/classes.ts';
import type { Frame, Interpreter } from '../interpret/machine/interpreter.ts';
import { modelRoots } from '../interpret/machine/library.ts';
import type { Trace } from '../interpret/machine/run-trace.ts';
import { newTrace, tracedIn } from '../interpret/machine/trace.ts';
import { Heap } from '../interpret/values/heap.ts';
import { NO_CLOSURE, type ObjectValue } from '../interpret/values/value.ts';
import { Variables } from '../interpret/values/variables.ts';
import { LIBRARIES } from '../libraries/index.ts';
import type { ClassStatement, FunctionStatement, Statement } from '../syntax/ast.ts';
import { calledNames } from '../syntax/called-names.ts';
import type { Span } from '../syntax/span.ts';
import { statementsIn, topLevelBlocks } from '../syntax/statements-in.ts';
import { wordsIn } from '../syntax/words-in.ts';
import { reachingModels } from './reach.ts';
import { runTop, type TopRun } from './run-top.ts';
import { callWithSymbols, type LooseFunction } from './symbolic-call.ts';

/** A run of code that is not a model's own. */
export interface Run extends TopRun {
  /** Of a script or function that takes more work than there is: of what it does no more is known than which models it made by then. Where it stands, if it is a function. */
  readonly givenUp?: Span | null;
  /** The words of what was given up: it may make and change models that it names and had not made by then. */
  readonly named?: ReadonlySet<string>;
  /** Whether that is a method, which has from its object what it does not name. */
  readonly isMethod?: boolean;
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

/**
 * The runs of a module, undefined where one of its functions takes more work than there is: then none is run after it.
 *
 * @param isLeftOut which of those that take more show nothing of what is asked, and are left out
 */
export function runWhole(
  body: readonly Statement[],
  frame: Frame,
  isLeftOut: (run: Run) => boolean,
): readonly Run[] | undefined {
  const isGivenUp = (run: Run) => run.givenUp !== undefined && !isLeftOut(run);
  const { runs } = runModule(body, frame, isGivenUp);
  return runs.some(isGivenUp) ? undefined : runs.filter(({ givenUp }) => givenUp === undefined);
}

/**
 * A module from top to bottom, then every function that it did not call itself and that may come to a model.
 *
 * @param isLast after which of them no other is run
 */
export function runModule(
  body: readonly Statement[],
  frame: Frame,
  isLast: (run: Run) => boolean = () => false,
): ModuleRuns {
  const top = runTop(body, frame);
  if (top.stoppedAt !== undefined) return { runs: [top], reaching: new Set() };
  const runs: Run[] = [top];
  const entered = new Set(top.trace.entered);
  const loose = looseFunctions(frame.interpreter, body);
  const own = definitionsIn(body).filter((one) => one.kind === 'class' || one.kind === 'function');
  const reaching = reachingModels(frame.interpreter, {
    module: frame.module,
    definitions: [
      ...own,
      ...loose.flatMap(({ callee: { definition, owner } }) => (owner === null ? [] : [definition])),
    ],
    modelRoots: [...modelRoots(LIBRARIES), ...TRAINED],
  });
  frame.interpreter.budget.within(MOST_LOOSE_WORK, () => {
    for (const one of loose) {
      const { definition } = one.callee;
      if (entered.has(definition) || !reaching.definitions.has(definition)) continue;
      const done = runLoose(frame.interpreter, one, frame);
      const isMethod = one.callee.owner !== null;
      const run = done.givenUp === undefined ? done : { ...done, named: wordsReached(one, own), isMethod };
      for (const definition of run.trace.entered) entered.add(definition);
      runs.push(run);
      if (isLast(run)) break;
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

/** What nothing in sight calls. */
interface Loose {
  readonly callee: LooseFunction;
  /** Of a constructor the methods of what it makes. */
  readonly methods: readonly LooseFunction[];
}

/**
 * The functions of a module and the methods of its classes that are no models: first those that none of the others calls,
 * which come to the others, and the last first, as callers follow what they call.
 */
function looseFunctions(interpreter: Interpreter, body: readonly Statement[]): readonly Loose[] {
  const loose = definitionsIn(body).flatMap((statement): readonly Loose[] => {
    if (statement.kind === 'function') {
      const callee = { definition: statement, receiver: null, owner: null, closure: NO_CLOSURE };
      return [{ callee: { kind: 'function', ...callee }, methods: [] }];
    }
    if (statement.kind !== 'class' || isModuleClass(interpreter, statement)) return [];
    return looseMethods(interpreter, statement);
  });
  const names = loose.flatMap(({ callee: { definition, owner } }) =>
    owner === null ? [definition.name] : [],
  );
  const called = new Set(loose.flatMap(({ callee: { definition } }) => calledBy(definition, names)));
  const lastFirst = loose.toReversed();
  const isCalled = ({ callee: { definition, owner } }: Loose) =>
    owner === null && called.has(definition.name);
  return [...lastFirst.filter((one) => !isCalled(one)), ...lastFirst.filter(isCalled)];
}

/** Which of some names a function calls beside its own. */
function calledBy(definition: FunctionStatement, names: readonly string[]): readonly string[] {
  const words = wordsIn(definition);
  const mentioned = names.filter((name) => name !== definition.name && words.has(name));
  if (mentioned.length === 0) return [];
  const called = calledNames(definition);
  return mentioned.filter((name) => called.has(name));
}

/** The words of a function, its object's methods and all that these name of what a module defines. */
function wordsReached(
  { callee, methods }: Loose,
  own: readonly (ClassStatement | FunctionStatement)[],
): ReadonlySet<string> {
  const byName = new Map(own.map((one) => [one.name, one]));
  const words = new Set([callee, ...methods].flatMap(({ definition }) => [...wordsIn(definition)]));
  // A set is gone through to its end, what is added on the way included.
  for (const word of words) for (const more of wordsIn(byName.get(word) ?? [])) words.add(more);
  return words;
}

/** The methods of a class, by itself each, and last its constructor with all that it has. */
function looseMethods(interpreter: Interpreter, definition: ClassStatement): readonly Loose[] {
  const object: ObjectValue = { kind: 'object', id: interpreter.newId(), definition, span: null };
  const bound = (method: FunctionStatement, owner: ClassStatement) =>
    bind({ method, owner }, receiverOf(method, object));
  const making = findMethod(interpreter, definition, '__init__');
  const own = methodsOf(definition)
    .filter((method) => method !== making?.method)
    .map((method): Loose => ({ callee: bound(method, definition), methods: [] }));
  if (making === undefined) return own;
  const methods = new Map<string, LooseFunction>();
  for (const owner of lineage(interpreter, definition)) {
    for (const method of methodsOf(owner))
      if (!methods.has(method.name)) methods.set(method.name, bound(method, owner));
  }
  const made = {
    callee: bound(making.method, making.owner),
    methods: [...methods.values()].reverse(),
  };
  return [...own, made];
}

function runLoose(interpreter: Interpreter, { callee, methods }: Loose, file: Frame): Run {
  const frame = file.with({ heap: new Heap(file.heap), locals: new Variables() });
  const trace = newTrace(interpreter.trace);
  const isRead = (one: LooseFunction, inside: Frame) =>
    interpreter.budget.within(MOST_WORK, () => {
      tracedIn(trace, interpreter, () => callWithSymbols(one, inside));
      return true;
    }) === true;
  const done = isRead(callee, frame) && runMethods(methods, { frame, trace, isRead });
  for (const [id, names] of frame.heap.setSince(file.heap))
    interpreter.fieldsSet.set(id, new Set([...(interpreter.fieldsSet.get(id) ?? []), ...names]));
  if (done) return { trace, heap: frame.heap };
  const { constructions, entered, nested } = trace;
  return {
    trace: { ...newTrace(trace), constructions, entered, nested },
    heap: new Heap(file.heap),
    givenUp: callee.definition.span,
  };
}

interface Constructed {
  readonly frame: Frame;
  readonly trace: Trace;
  readonly isRead: (method: LooseFunction, inside: Frame) => boolean;
}

/**
 * What may have become of an object whose methods are called from elsewhere: each has its own try, those that another one
 * calls none. The frame is then as any of them may leave it. Answers whether all of them could be read.
 */
function runMethods(methods: readonly LooseFunction[], { frame, trace, isRead }: Constructed): boolean {
  if (trace.constructions.length === 0 && trace.optimizers.length === 0) return true;
  const made = new Heap(frame.heap);
  const heaps: Heap[] = [];
  for (const method of methods) {
    if (trace.entered.has(method.definition)) continue;
    const heap = new Heap(made);
    if (!isRead(method, frame.with({ heap, locals: new Variables() }))) return false;
    heaps.push(heap);
  }
  frame.heap.join([made, ...heaps]);
  return true;
}

/** The work that running one function may take which nothing in sight calls, and running all of them. */
const MOST_WORK = 300_000;
const MOST_LOOSE_WORK = 800_000;
