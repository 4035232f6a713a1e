import { freeSymbolsOf, type Quantity } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import { makesChains } from '../interpret/machine/chains.ts';
import { moduleFrame } from '../interpret/machine/classes.ts';
import { positional } from '../interpret/machine/given-arguments.ts';
import type { Frame, Interpreter } from '../interpret/machine/interpreter.ts';
import type { Trace } from '../interpret/machine/run-trace.ts';
import { traced } from '../interpret/machine/trace.ts';
import { namedParameters } from '../interpret/modules/modules.ts';
import { tensorsIn, tensorValue } from '../interpret/modules/tensors.ts';
import { Heap } from '../interpret/values/heap.ts';
import { number, type Value } from '../interpret/values/value.ts';
import { Variables } from '../interpret/values/variables.ts';
import { isYardstick } from '../libraries/mup/base-shapes.ts';
import { dimsOf } from '../network/layer.ts';
import { ANY_DATA } from '../network/shape.ts';
import { input } from '../network/tensor.ts';
import type { ClassStatement, PythonModule, Statement } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { everyBlock, statementsIn } from '../syntax/statements-in.ts';
import { type Chain, chainsIn, type MadeChain } from './chains.ts';
import { describeModel } from './describe-model.ts';
import type { Given, Instance, ModelRun } from './model-run.ts';
import type { ObservedModel } from './observed-model.ts';
import { definitionsIn, type Run } from './run-module.ts';
import { trainedInstances } from './trained-instances.ts';
import { trainedAs } from './trained-outputs.ts';
import { isNamedByCallers, trainingIn } from './training-steps.ts';

/** What is seen of a chain of layers that has no class. */
interface SeenChain {
  readonly definition: ClassStatement;
  readonly trace: Trace;
  readonly models: readonly ObservedModel[];
}

interface ChainSurroundings {
  readonly runs: readonly Run[];
  /** That in which the chains stand; null for those of other files. */
  readonly module: PythonModule | null;
}

/** What running a chain of layers takes beside what its code does, and what it may take: it has no code of its own. */
const WORK_OF_CHAIN = 1500;
const MOST_OF_CHAIN = 100_000;

/** What is seen of the chains of layers that the code makes and no class defines, of those that are asked about. */
export function chainsSeen(
  interpreter: Interpreter,
  isAsked: (definition: ClassStatement) => boolean,
  around: ChainSurroundings,
): readonly SeenChain[] {
  const { budget } = interpreter;
  return chainsIn(interpreter, around.runs, isAsked).flatMap((chain) => {
    const seen = budget.within(MOST_OF_CHAIN, () => {
      budget.spend(WORK_OF_CHAIN);
      return runChain(interpreter, chain, around);
    });
    if (seen === undefined) return [];
    return [{ definition: chain.definition, trace: seen.trace, models: [describeModel(seen.run)] }];
  });
}

/** Runs the forward pass of a chain of layers, as the code has made and changed it. */
function runChain(
  interpreter: Interpreter,
  { definition, made }: Chain,
  { runs, module }: ChainSurroundings,
): { readonly run: ModelRun; readonly trace: Trace } {
  const frame = moduleFrame(interpreter).with({
    locals: new Variables(),
    heap: new Heap(interpreter.file.heap),
  });
  const all = trainedInstances(
    made.map((one) => instanceOf(one, interpreter)),
    runs,
    frame,
  );
  const pattern = mostNamed(all, frame);
  const instances = all.map((one) => ({ ...one, ...sizesGiven(one, pattern, frame) }));
  const inside = frame.with({ heap: new Heap(pattern.heap) });
  const { trace, result } = traced(
    interpreter,
    () => {
      const given = positional(tensorValue(input(ANY_DATA, null)));
      return tensorsIn([inside.call(pattern.object, given, definition.span)], inside);
    },
    {
      passes: interpreter.trace.passes,
      followsAll: true,
      calls: null,
      usedAsObject: () => {},
      askedForNone: () => {},
    },
  );
  const { object } = pattern;
  const forward = trainedAs(result, { definition, object, own: trace, runs, instances, frame: inside });
  const run: ModelRun = {
    interpreter,
    definition: { ...definition, ...(module && nameIn(module.body, definition.span)) },
    isClassless: true,
    isHandedParts: false,
    handed: undefined,
    configured: null,
    atDefaults: false,
    flags: new Map(),
    pattern,
    instances,
    initializers: [],
    later: [],
    forward,
    notGiven: [],
    opaqueLayers: new Set(trace.opaqueLayers),
    untracked: new Set(trace.untracked),
    training: trainingIn({ trace, heaps: [] }, runs, (name) =>
      isNamedByCallers(name, definition, interpreter),
    ),
  };
  return { run, trace };
}

function instanceOf(
  {
    layer,
    run: {
      heap,
      trace: { constructions },
    },
    built,
  }: MadeChain,
  interpreter: Interpreter,
): Instance {
  return {
    object: { kind: 'layer', layer },
    heap,
    atSteps: [],
    bound: new Map(),
    known: new Map(),
    left: new Set(),
    parts: [],
    beside: constructions,
    built,
    isYardstick: isYardstick(interpreter, layer.id),
  };
}

/** The one whose sizes have the most names, as of a function that nobody in sight calls. */
function mostNamed(instances: readonly Instance[], frame: Frame): Instance {
  const lengths = (one: Instance) => [...lengthsByPath(one, frame).values()].flat();
  const isNamed = (length: Quantity) => length.op === 'symbol' || freeSymbolsOf(length).size > 0;
  const names = (one: Instance) => (one.isYardstick ? -1 : lengths(one).filter(isNamed).length);
  return instances.reduce((most, one) => (names(one) > names(most) ? one : most));
}

/** What the names are in one chain that the lengths of the other one have. */
function sizesGiven(mine: Instance, pattern: Instance, frame: Frame): Given {
  const own = lengthsByPath(mine, frame);
  const given = new Map<WidthSymbol, Quantity>();
  for (const [path, lengths] of lengthsByPath(pattern, frame))
    for (const [at, length] of lengths.entries()) {
      const now = own.get(path)?.[at];
      if (length.op !== 'symbol' || now === undefined || given.has(length.symbol)) continue;
      const quantity = now.op === 'symbol' && now.symbol === length.symbol ? now.value : now;
      if (quantity !== null) given.set(length.symbol, quantity);
    }
  const names = [...given].map(
    ([symbol, quantity], at) => [`${symbol.name} ${at}`, symbol, quantity] as const,
  );
  return {
    bound: new Map(names.map(([name, , quantity]): [string, Value] => [name, number(quantity)])),
    known: new Map(names.map(([name, symbol]) => [name, symbol])),
  };
}

function lengthsByPath({ object, heap }: Instance, frame: Frame): ReadonlyMap<string, readonly Quantity[]> {
  const parameters = namedParameters(object, frame.with({ heap }));
  return new Map(
    parameters.map(({ path, parameter }) => [path, dimsOf(heap.parameters.original(parameter)) ?? []]),
  );
}

/** What a value is called that the code makes there: the name that it is given, or the call itself. */
function nameIn(body: readonly Statement[], span: Span): Pick<ClassStatement, 'name' | 'nameSpan'> | null {
  const around = statementsIn(body, everyBlock).filter(
    (one) => one.span.start <= span.start && span.end <= one.span.end,
  );
  const [innermost] = around.slice(-1);
  if (innermost?.kind === 'assign') {
    const [target] = innermost.targets;
    if (target?.kind === 'name') return { name: target.name, nameSpan: target.span };
    if (target?.kind === 'attribute') return { name: target.attribute, nameSpan: target.span };
  }
  const maker = around.findLast((one) => one.kind === 'function');
  return maker?.kind === 'function' ? { name: maker.name, nameSpan: span } : null;
}

/** The functions of a module that may make chains of layers; of one that has classes for its models none. */
export function makersOfChains({ body }: PythonModule, models: readonly ClassStatement[]): readonly string[] {
  if (models.length > 0) return [];
  return definitionsIn(body).flatMap((one) =>
    one.kind === 'function' && makesChains(one) ? [one.name] : [],
  );
}

/** Models in the order of the text. */
export function inTextOrder(models: readonly ObservedModel[]): readonly ObservedModel[] {
  return models.some(({ chain }) => chain !== null)
    ? [...models].sort((one, other) => one.span.start - other.span.start)
    : models;
}
