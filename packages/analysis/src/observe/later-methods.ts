import {
  bind,
  type FoundMethod,
  lineage,
  methodsOf,
  moduleFrame,
  receiverOf,
} from '../interpret/machine/classes.ts';
import { positional } from '../interpret/machine/given-arguments.ts';
import type { Frame, Interpreter } from '../interpret/machine/interpreter.ts';
import type { Trace } from '../interpret/machine/run-trace.ts';
import { adopt, traced } from '../interpret/machine/trace.ts';
import { modulesChildrenFirst, namedParameters } from '../interpret/modules/modules.ts';
import { Heap } from '../interpret/values/heap.ts';
import { isDefault, LOADED, unreadInit } from '../interpret/values/parameter-state.ts';
import { type ObjectValue, UNKNOWN } from '../interpret/values/value.ts';
import { Variables } from '../interpret/values/variables.ts';
import type { InitWrite } from '../network/init.ts';
import type { ParameterValue } from '../network/layer.ts';
import type { ClassStatement, Expression, FunctionStatement, LambdaExpression } from '../syntax/ast.ts';
import { everyBlock, statementsIn } from '../syntax/statements-in.ts';
import { wordsIn } from '../syntax/words-in.ts';
import { DESCRIBED } from '../workspace/workspace.ts';
import type { Instance, Later } from './model-run.ts';
import { callWithSymbols } from './symbolic-call.ts';

type Called = ReadonlySet<FunctionStatement | LambdaExpression>;

/** By convention: whoever trains the model calls it, and a framework may. */
const INITIALIZES = /(?:^|_)(?:init|initiali[sz]e|initiali[sz]ation|reset)(?:_|$)/i;
const LOADS = /load|pretrain|checkpoint|ckpt|from/i;

/** A method that initializes a model, and what that does to it as it is when it has been built. */
export interface Initializer extends FoundMethod {
  readonly heap: Heap;
  readonly trace: Trace;
}

/**
 * The methods of a model that initialize it, though nobody in sight calls them: not even one another. What the
 * constructor has all initialized itself, none does again. Those that a library's base has are there for all who
 * inherit from it, whether they want them called or not, so they are not among them.
 */
export function initializersOf(object: ObjectValue, frame: Frame, called: Called): readonly Initializer[] {
  const { interpreter } = frame;
  const { entered } = interpreter.trace;
  const names = new Set<string>();
  const found = lineage(interpreter, object.definition)
    .filter((owner) => !isOfLibrary(owner, interpreter))
    .flatMap((owner) => methodsOf(owner).map((method) => ({ method, owner })))
    .filter(({ method }) => {
      const isOverridden = names.has(method.name);
      names.add(method.name);
      return !isOverridden && INITIALIZES.test(method.name) && !LOADS.test(method.name);
    })
    .filter(({ method }) => !entered.has(method) && !called.has(method));
  const left = found.length === 0 ? found : leftUncalled(found, object, frame);
  const inner = new Set<FunctionStatement | LambdaExpression>();
  const parameters = namedParameters(object, frame).map(({ parameter }) => parameter);
  const runs = new Map<FoundMethod, Initializer>();
  for (const one of callersFirst(left)) {
    if (inner.has(one.method)) continue;
    const fork = frame.with({ heap: new Heap(frame.heap) });
    const { trace } = traced(interpreter, () => runInitializer(object, one, fork));
    for (const entry of trace.entered) if (entry !== one.method) inner.add(entry);
    const written = parameters.filter(
      (parameter) => !fork.heap.parameters.startsAs(frame.heap.parameters, parameter),
    );
    if (written.some((parameter) => !isInitialized(parameter, frame.heap)))
      runs.set(one, { ...one, heap: fork.heap, trace });
  }
  return left.flatMap((one) => (inner.has(one.method) ? [] : (runs.get(one) ?? [])));
}

function isOfLibrary(owner: ClassStatement, interpreter: Interpreter): boolean {
  return interpreter.imports?.pathOf(interpreter.moduleOf(owner)).startsWith(DESCRIBED) === true;
}

/** Those first whose names none of the others has: what these call need not be run by itself. */
function callersFirst(found: readonly FoundMethod[]): readonly FoundMethod[] {
  const named = new Set(
    found.flatMap(({ method }) => [...wordsIn(method.body)].filter((word) => word !== method.name)),
  );
  const isNamed = ({ method }: FoundMethod) => named.has(method.name);
  return [...found.filter((one) => !isNamed(one)), ...found.filter(isNamed)];
}

/** Whether the constructor has initialized a parameter itself, so that a method which nobody calls is left over. */
function isInitialized(parameter: ParameterValue, heap: Heap): boolean {
  return heap.parameters.writes(parameter)?.every((write) => !isDefault(write)) === true;
}

/** Those that no code that has run calls on a condition that does not hold; what a part calls of its own is another method. */
function leftUncalled(
  found: readonly FoundMethod[],
  object: ObjectValue,
  frame: Frame,
): readonly FoundMethod[] {
  const { interpreter } = frame;
  const own = methodsIn(object.definition, interpreter);
  const ofParts = new Set(
    modulesChildrenFirst(object, frame).flatMap(({ value }) =>
      value.kind === 'object' ? [...methodsIn(value.definition, interpreter)] : [],
    ),
  );
  const entered = [...interpreter.trace.entered].filter((one) => own.has(one) || !ofParts.has(one));
  return found.filter(({ method }) => !isPassedOver(method, entered));
}

function methodsIn(definition: ClassStatement, interpreter: Interpreter): Called {
  return new Set(lineage(interpreter, definition).flatMap(methodsOf));
}

/** Whether code that has run calls a method on a condition that does not hold. */
function isPassedOver(
  { name }: FunctionStatement,
  entered: Iterable<FunctionStatement | LambdaExpression>,
): boolean {
  return [...entered].some(
    (one) =>
      one.kind === 'function' &&
      callsIn(one).some(({ callee }) => {
        const [self] = one.parameters;
        return (
          callee.kind === 'attribute' &&
          callee.attribute === name &&
          callee.object.kind === 'name' &&
          callee.object.name === self?.name
        );
      }),
  );
}

/** Lets a model be as its initializers have left it, where there are several, as one of them. */
export function takeInitialized(initializers: readonly Initializer[], frame: Frame): void {
  for (const { trace } of initializers) adopt(frame.interpreter, trace);
  frame.heap.join(initializers.map(({ heap }) => heap));
}

/** Lets methods initialize an object: where there are several, one of them. */
function initialize(object: ObjectValue, methods: readonly FoundMethod[], frame: Frame): void {
  const heaps = methods.map((method) => {
    const heap = new Heap(frame.heap);
    runInitializer(object, method, frame.with({ heap }));
    return heap;
  });
  frame.heap.join(heaps);
}

/** Whether the code in sight that makes an instance initializes it, too: in another way than its class does. */
export function isStartedElsewhere(
  { object: made, heap }: Instance,
  object: ObjectValue,
  frame: Frame,
): boolean {
  const own = new Set(
    namedParameters(object, frame).flatMap(
      ({ parameter }) => frame.heap.parameters.writes(parameter)?.map(placeOf) ?? [],
    ),
  );
  return namedParameters(made, frame.with({ heap })).some(({ parameter }) => {
    const writes = heap.parameters.writes(parameter) ?? [];
    return writes.some((write) => write.by !== LOADED && !isDefault(write) && !own.has(placeOf(write)));
  });
}

function placeOf({ by, span }: InitWrite): string {
  return `${by} ${span?.start}`;
}

/** An instance as those methods leave it. */
export function initialized(instance: Instance, methods: readonly FoundMethod[], frame: Frame): Instance {
  const { object } = instance;
  if (methods.length === 0 || object.kind !== 'object') return instance;
  const heap = new Heap(instance.heap);
  initialize(object, methods, frame.with({ heap }));
  return { ...instance, heap };
}

/** Runs a method of the model, or one that is made for each of its modules, as `apply` has it, on each. */
function runInitializer(object: ObjectValue, { method, owner }: FoundMethod, frame: Frame): void {
  const bound = bind({ method, owner }, receiverOf(method, object));
  const inside = frame.with({ locals: new Variables() });
  const given = bound.receiver === null ? method.parameters : method.parameters.slice(1);
  const [module, ...more] = given.filter(({ fallback }) => fallback === null);
  if (module === undefined || more.length > 0 || !asksForClass(method, module.name)) {
    callWithSymbols(bound, inside);
    return;
  }
  for (const { value } of modulesChildrenFirst(object, frame)) {
    inside.call(bound, positional(value), method.span);
  }
}

const ASKS: ReadonlySet<string> = new Set(['isinstance', 'type', 'hasattr']);

/** Whether a method asks of what class one of its parameters is. */
function asksForClass(method: FunctionStatement, parameter: string): boolean {
  return callsIn(method).some(({ callee, args }) => {
    const [first] = args;
    const isOfParameter = first?.value.kind === 'name' && first.value.name === parameter;
    return isOfParameter && callee.kind === 'name' && ASKS.has(callee.name);
  });
}

type Call = Extract<Expression, { kind: 'call' }>;

function callsIn(method: FunctionStatement): readonly Call[] {
  const calls: Call[] = [];
  const ahead: unknown[] = [method.body];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null || 'start' in node) continue;
    if ('kind' in node && node.kind === 'call') calls.push(node as Call);
    ahead.push(...(Array.isArray(node) ? node : Object.values(node)));
  }
  return calls;
}

/** Whether a method starts weights otherwise where it is told that base shapes are set, as nobody in sight does. */
function startsAgain(method: FunctionStatement, frame: Frame): boolean {
  const { name, parameters } = method;
  const isAsked = parameters.some(
    ({ fallback }) => fallback?.kind === 'constant' && fallback.value === false,
  );
  return isAsked && INITIALIZES.test(name) && usesMup(method, frame);
}

/** Whether a method imports from mup, or calls what its module has from there. */
function usesMup(method: FunctionStatement, frame: Frame): boolean {
  const imports = statementsIn(method.body, everyBlock).flatMap((one) =>
    one.kind === 'import' ? one.bindings.map(({ qualified }) => qualified) : [],
  );
  const called = callsIn(method).flatMap(({ callee }) => {
    let root = callee;
    while (root.kind === 'attribute') root = root.object;
    const value = root.kind === 'name' ? frame.evaluate(root) : UNKNOWN;
    return value.kind === 'reference' ? [value.qualified] : [];
  });
  return [...imports, ...called].some((qualified) => /^mup(?:\.|$)/.test(qualified));
}

/** What a method draws of which somebody calls it again once base shapes are set is drawn as these say. */
function leaveOpen(object: ObjectValue, { name, span }: FunctionStatement, frame: Frame): void {
  const { parameters } = frame.heap;
  const isHere = (write: InitWrite) =>
    write.span !== null && write.span.start >= span.start && write.span.end <= span.end;
  for (const { parameter } of namedParameters(object, frame)) {
    const draws = parameters.writes(parameter)?.some((one) => one.kind === 'random' && isHere(one));
    if (draws === true) parameters.write(parameter, { ...unreadInit(span), by: name }, 'weak');
  }
}

/** The work that running one of a model's other methods may take, such as one that takes weights from another library. */
const MOST_WORK = 100_000;

/**
 * What may have become of a model whose other methods are called from elsewhere: each has its own try. The frame is then
 * as any of them may leave it.
 */
export function runOtherMethods(object: ObjectValue, frame: Frame, called: Called): readonly Later[] {
  const { entered } = frame.interpreter.trace;
  const built = new Heap(frame.heap);
  const heaps: Heap[] = [];
  const later: Later[] = [];
  const { interpreter } = frame;
  const module = moduleFrame(interpreter, interpreter.moduleOf(object.definition));
  for (const method of methodsOf(object.definition)) {
    const isAgain = entered.has(method);
    if (isAgain && !startsAgain(method, module)) continue;
    const heap = new Heap(built);
    const fork = frame.with({ locals: frame.locals.fork(), heap });
    const isRead = frame.interpreter.budget.within(MOST_WORK, () => {
      callWithSymbols(bind({ method, owner: object.definition }, receiverOf(method, object)), fork);
      return true;
    });
    if (isRead && isAgain) leaveOpen(object, method, fork);
    if (isRead) heaps.push(heap);
    if (isAgain || !called.has(method)) later.push({ method: method.name, heap: isRead ? heap : null });
  }
  frame.heap.join([built, ...heaps]);
  return later;
}
