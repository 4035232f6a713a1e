import type { Budget } from '../budget.ts';
import { createInterpreter } from '../interpret/language/create-interpreter.ts';
import type { Surroundings, TrainingMatters } from '../interpret/language/loaded-modules.ts';
import { makesChains } from '../interpret/machine/chains.ts';
import { isLayerClass, isModuleClass, lineage, moduleFrame } from '../interpret/machine/classes.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import { LIBRARIES } from '../libraries/index.ts';
import type { ClassStatement, PythonModule } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import { configuredElsewhere } from './configured-elsewhere.ts';
import { configuredModels } from './configured-models.ts';
import { isWhole, modelSeen, partSeen, type Seen, type SeenModel } from './model-seen.ts';
import type { ObservedModel } from './observed-model.ts';
import { mayJoinRounds, ownRuns, type ReadAgain } from './own-runs.ts';
import { makersIn } from './parts-of-parts.ts';
import { runCallers, runTrainers } from './run-callers.ts';
import { chainsSeen, inTextOrder, makersOfChains } from './run-chain.ts';
import { definitionsIn, openModule, type Run } from './run-module.ts';
import { areStopped } from './run-top.ts';
import { areByMatrices, modelsTrainedHere, trainingRuns } from './trained-here.ts';
import { wholesAround } from './wholes-around.ts';

/** What running a file has shown. */
export interface ObservedFile {
  /** In the order of the text. A model is left out where code is, in it or in what may change it. */
  readonly models: readonly ObservedModel[];
  /** Models of other files that the code of this one trains. */
  readonly trained: readonly ObservedModel[];
  /** Models of other files that are made of the models of this one, which nobody makes by themselves. */
  readonly wholes: readonly ObservedModel[];
  /** Models of other files that the code of this one says the parts of. */
  readonly configured: readonly ObservedModel[];
  /** Where the last model stands that takes more work than there is, so that those before it are not read either. */
  readonly overworked: Span | null;
  /** Where functions stand that take more work than there is: they may build and train models otherwise. */
  readonly givenUp: readonly number[];
  /** Where reading the code stopped that is no model's: it trains them in some way, or may make any others of them. */
  readonly stoppedAt: number | null;
  /** Where code stands that is nested too deep to be read, though a run came to it. */
  readonly leftOut: readonly number[];
  /** The paths of the modules that it imports from and that were asked for. */
  readonly imported: readonly string[];
  /** The words by which a definition at its top would come to a model, with the names that other files use; null where it was not run. */
  readonly reaching: ReadonlySet<string> | null;
}

/** What is seen of a file without models. */
export const NOTHING_SEEN: ObservedFile = {
  models: [],
  trained: [],
  wholes: [],
  configured: [],
  overworked: null,
  givenUp: [],
  stoppedAt: null,
  leftOut: [],
  imported: [],
  reaching: null,
};

/**
 * Runs a file on what is known and answers what it shows of each of its models.
 *
 * @throws OutOfBudget when that takes more work than there is
 */
export function observeFile(
  module: PythonModule,
  budget: Budget,
  around: Surroundings | null = null,
  again: ReadAgain | null = null,
): ObservedFile {
  const seen = observeOnce(module, budget, { around, again });
  if (again === null || again.stoppedAt !== null || seen.stoppedAt === null) return seen;
  return observeOnce(module, budget, { around, again: seen });
}

function observeOnce(
  module: PythonModule,
  budget: Budget,
  { around, again }: { readonly around: Surroundings | null; readonly again: ReadAgain | null },
): ObservedFile {
  const { rebound } = module;
  const joinsRounds = mayJoinRounds(module, again);
  const interpreter = createInterpreter({ rebound, libraries: LIBRARIES, budget, around, joinsRounds });
  const file = openModule(module.body, moduleFrame(interpreter));
  const definitions = modelsIn(interpreter, module);
  budget.spend(WORK_OF_PAIR * definitions.length ** 2);
  const { imports } = interpreter;
  const imported = (): readonly string[] => [...(imports?.paths ?? [])];
  if (definitions.length === 0 && !mayShowOthers(module, around))
    return { ...NOTHING_SEEN, imported: imported() };
  noteWritten(interpreter, module, definitions);
  const { runs: own, reaching: words, stoppedAt } = ownRuns(module, file, again);
  if (own.length === 0) return { ...NOTHING_SEEN, stoppedAt, imported: imported() };
  const reaching = (): ReadonlySet<string> => new Set([...words, ...(imports?.usedElsewhere ?? [])]);
  const runs = [...own, ...runCallers(interpreter, definitions, makersOfChains(module, definitions))];
  const mayTrain = !module.broken && around !== null && around.trains !== null;
  const handed = mayTrain && definitions.length === 0 ? runTrainers(interpreter, namesIn(module), own) : [];
  const configured = configuredModels(interpreter, { body: module.body, definitions, runs });
  budget.renew();
  const trained = mayTrain ? trainedElsewhere(interpreter, [...own, ...handed], around.trains) : [];
  const elsewhere =
    mayTrain && definitions.length === 0
      ? configuredElsewhere(interpreter, { body: module.body, frame: file, runs: own })
      : [];
  if (definitions.length + trained.length + elsewhere.length + interpreter.chains.layers.size === 0)
    return { ...NOTHING_SEEN, stoppedAt, imported: imported(), reaching: reaching() };
  // What other files have in a module of theirs, as one that tests a model, is shown here all the same.
  const nested = new Set(own.flatMap(({ trace }) => [...trace.nested]));
  const mayMake = makersIn(module.body, interpreter.file);
  const isOpen = (definition: ClassStatement) => !nested.has(definition);
  // Models stand behind their parts: what is known to be one is not run by itself.
  const seen: SeenModel[] = [];
  let overworked: Span | null = null;
  const kept = budget.mayKeep(FOR_JUDGING);
  for (const definition of definitions.toReversed()) {
    budget.renew(kept);
    const made = nested.has(definition)
      ? partSeen(interpreter, definition, () => mayMake(definition, new Set(definitions.filter(isOpen))))
      : modelSeen(interpreter, definition, { runs, configured: configured.get(definition) });
    if (made === undefined) {
      // What the model has for parts is not known: those before it may be some.
      overworked = definition.span;
      break;
    }
    addParts(definition, made, { nested, seen, runs });
    seen.unshift({ definition, ...made });
  }
  budget.renew();
  const inherited = onlyInherited(interpreter, runs);
  const whole = seen.filter(
    (one) => !nested.has(one.definition) && !inherited.has(one.definition) && isWhole(one, runs),
  );
  const chained = chainsHere(interpreter, { runs, module, seen, overworked });
  return {
    models: inTextOrder([...whole, ...chained].flatMap(({ models }) => models)),
    trained,
    wholes: wholesOf(interpreter, { seen: whole, runs, overworked }),
    configured: elsewhere,
    overworked,
    givenUp: runs.flatMap(({ givenUp }) => (givenUp ? [givenUp.start] : [])),
    stoppedAt,
    leftOut: [...runs, ...seen].flatMap(({ trace }) => [...trace.leftOut]),
    imported: imported(),
    reaching: reaching(),
  };
}

/** The models of other files that are made of those which are seen here and which no run makes by themselves. */
function wholesOf(
  interpreter: Interpreter,
  {
    seen,
    runs,
    overworked,
  }: Pick<ObservedFile, 'overworked'> & {
    readonly seen: readonly SeenModel[];
    readonly runs: readonly Run[];
  },
): readonly ObservedModel[] {
  const made = new Set(runs.flatMap(({ trace }) => trace.constructions.map(({ definition }) => definition)));
  const parts = new Set(seen.map(({ definition }) => definition).filter((one) => !made.has(one)));
  if (parts.size === 0 || overworked !== null || areStopped(runs)) return [];
  return wholesAround(interpreter, parts, (definition, around) => {
    const one = modelSeen(interpreter, definition, { runs: around });
    if (one === undefined) return undefined;
    const isRead = isWhole({ definition, ...one }, around) && !areStopped(around);
    return { nested: one.trace.nested, models: isRead ? one.models : [] };
  });
}

/** Whether a file without models of its own may make chains of layers, or train models of other files. */
function mayShowOthers({ body }: PythonModule, around: Surroundings | null): boolean {
  return (around !== null && around.trains !== null) || body.some(makesChains);
}

/** What is seen of the chains of layers that the file makes and that are part of none of its models. */
function chainsHere(
  interpreter: Interpreter,
  {
    seen,
    overworked,
    ...around
  }: {
    readonly overworked: Span | null;
    readonly runs: readonly Run[];
    readonly module: PythonModule;
    readonly seen: readonly SeenModel[];
  },
): readonly SeenModel[] {
  if (overworked !== null || areStopped(around.runs)) return [];
  const parts = new Set([...around.runs, ...seen].flatMap(({ trace }) => [...trace.nested]));
  const isOwn = (one: ClassStatement) => isHere(one.span) && !parts.has(one);
  return chainsSeen(interpreter, isOwn, around).filter((one) => isWhole(one, around.runs));
}

/** What the file and those that train its models set of other modules: no run of either knows it. */
function noteWritten(
  { imports, file }: Interpreter,
  { body }: PythonModule,
  models: readonly ClassStatement[],
): void {
  imports?.noteWritten(body, file);
  if (models.length > 0) imports?.callers(models.map(({ name }) => name));
}

/** The classes of a module that are run, and no layers themselves. */
function modelsIn(interpreter: Interpreter, { body }: PythonModule): readonly ClassStatement[] {
  return definitionsIn(body).filter(
    (statement): statement is ClassStatement =>
      statement.kind === 'class' &&
      isModuleClass(interpreter, statement) &&
      !isLayerClass(interpreter, statement),
  );
}

/** What other files may use of a module to train a model. */
function namesIn({ body }: PythonModule): readonly string[] {
  return definitionsIn(body).flatMap((one) =>
    one.kind === 'class' || one.kind === 'function' ? [one.name] : [],
  );
}

/** The models of other files that these runs train, each as far as there is work for it. */
function trainedElsewhere(
  interpreter: Interpreter,
  runs: readonly Run[],
  matters: TrainingMatters,
): readonly ObservedModel[] {
  const models = modelsTrainedHere(interpreter, runs, matters).flatMap((definition) => {
    const seen = modelSeen(interpreter, definition, { runs });
    return seen !== undefined && isWhole({ definition, ...seen }, runs) ? seen.models : [];
  });
  const nested = new Set(runs.flatMap(({ trace }) => [...trace.nested]));
  const isTrainedChain = (one: ClassStatement) =>
    !isHere(one.span) && !nested.has(one) && matters(one.span, areByMatrices(runs));
  const chains = chainsSeen(interpreter, isTrainedChain, { runs: trainingRuns(runs), module: null });
  return [...models, ...chains.filter((one) => isWhole(one, runs)).flatMap((one) => one.models)];
}

/** What the models of a file leave of its work for judging them, each of which may take a part of it. */
const FOR_JUDGING = 1_000_000;

/** What it takes that each of two models may be a part of the other: a file has tens of them, not hundreds. */
const WORK_OF_PAIR = 20;

/** Notes what a class makes as parts of a model. */
function addParts(definition: ClassStatement, made: Seen, { nested, seen, runs }: AroundPart): void {
  const above = nested.has(definition) ? madeAround(definition, seen, runs) : [];
  for (const part of partsOf(definition, made, new Set(above))) nested.add(part);
}

interface AroundPart {
  readonly nested: Set<ClassStatement>;
  readonly seen: readonly SeenModel[];
  readonly runs: readonly Run[];
}

function partsOf(
  definition: ClassStatement,
  { trace }: Seen,
  around: ReadonlySet<ClassStatement>,
): readonly ClassStatement[] {
  return [...trace.nested].filter((part) => part !== definition && !around.has(part));
}

/** Of what a part is a part, or what code makes by itself and no model has: by being a part of its own parts it is none. */
function madeAround(
  part: ClassStatement,
  seen: readonly SeenModel[],
  runs: readonly Run[],
): readonly ClassStatement[] {
  const wholes = seen.filter(({ trace }) => trace.nested.has(part)).map(({ definition }) => definition);
  const nested = new Set(runs.flatMap(({ trace }) => [...trace.nested]));
  const made = runs.flatMap(({ trace }) => trace.constructions.map(({ definition }) => definition));
  return [...wholes, ...made.filter((one) => !nested.has(one))];
}

/** The classes that code makes something of that inherits from them, and nothing else. */
function onlyInherited(interpreter: Interpreter, runs: readonly Run[]): ReadonlySet<ClassStatement> {
  const built = new Set(runs.flatMap(({ trace }) => trace.constructions.map(({ definition }) => definition)));
  const bases = [...built].flatMap((definition) => lineage(interpreter, definition));
  return new Set(bases.filter((definition) => !built.has(definition)));
}
