import {
  exactValue,
  isPartlyUnknown,
  pair,
  type Quantity,
  sameQuantity,
  symbolsOf,
  UNKNOWN_QUANTITY,
} from '../growth/quantity.ts';
import { compare } from '../growth/rational.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import { factorFrom, swallowedBy } from '../interpret/machine/swallowed.ts';
import { idOf } from '../interpret/modules/modules.ts';
import { isResumed } from '../interpret/modules/optimizer-state.ts';
import type { Heap } from '../interpret/values/heap.ts';
import { quantityOf } from '../interpret/values/numbers.ts';
import { isInitializer } from '../interpret/values/parameter-state.ts';
import type { Value } from '../interpret/values/value.ts';
import { areShapesAssumed, settingsOf as baseShapesOf, hasBaseShapes } from '../libraries/mup/base-shapes.ts';
import { type ParameterValue, parameterKey } from '../network/layer.ts';
import { describeOptimizers, type MemberPlace } from './describe-optimizers.ts';
import { describeParameters } from './describe-parameters.ts';
import { fieldOf, heldBy } from './held-by.ts';
import { type LocatedLayers, locate } from './located-layers.ts';
import type { Instance, ModelRun } from './model-run.ts';
import type { ObservedModel } from './observed-model.ts';
import { mayGoOn, startersOf } from './parameter-starts.ts';
import { chosenIn, settingsOf } from './taken-settings.ts';

/** What a run has shown, without the machine that showed it. */
export function describeModel(run: ModelRun): ObservedModel {
  const { definition } = run;
  const pattern = locate(run, run.pattern);
  const everywhere = [pattern, ...run.instances.map((instance) => locate(run, instance))];
  const instances = everywhere.slice(1).filter((_, index) => run.instances[index]?.isYardstick === false);
  const sources = { run, pattern, instances };
  const parameters = describeParameters(sources);
  const names = parameters.flatMap(({ dims }) => (dims ?? []).flatMap((length) => [...symbolsOf(length)]));
  const sizes = new Set(names);
  const made = run.handed === undefined ? run.instances : [...run.instances, run.handed];
  const calls = made.map((instance) => withoutOpenSizes(quantitiesIn(instance, run), sizes));
  return {
    name: definition.name,
    span: definition.nameSpan,
    broken: definition.broken,
    chain: run.isClassless ? definition.span : null,
    isSizedOutside: run.isClassless || run.isHandedParts,
    parameters,
    forward: run.forward,
    unseen: {
      called: [...run.initializers, ...startersOf(sources)],
      notCalled: leftOut(run, pattern),
      notGiven: run.notGiven,
      baseShapes: everywhere.some(({ modules }) =>
        modules.some(({ layer }) => layer !== undefined && areShapesAssumed(run.interpreter, layer)),
      ),
      configuredBy: run.configured?.by ?? null,
      settings: settingsOf(run),
      chosen: run.instances.length > 0 ? chosenIn(run) : [],
      off: run.instances.length > 0 ? [...run.interpreter.switches.off] : [],
      atDefaults: run.atDefaults,
      goesOn: mayGoOn(sources) || run.training.some(({ build, heap }) => isResumed(build, heap)),
    },
    hasBaseShapes: everywhere.some(({ modules }) =>
      modules.some(({ layer }) => layer !== undefined && hasBaseShapes(run.interpreter, layer)),
    ),
    baseShapes: run.instances.flatMap(({ object }) => givenShapes(idOf(object), run)),
    optimizers: describeOptimizers(run.training, placesOf(everywhere)),
    calls,
    yardsticks: new Set(calls.filter((_, at) => run.instances[at]?.isYardstick === true)),
    left: leftIn(run),
    madeOf: madeIn(run),
    mayBeGiven: mayBeGiven(run),
    settingsGiven: run.interpreter.settingsGiven,
    baseVaries: variesIn(run),
    depths: run.interpreter.depths,
    varying: new Set(names.filter((name) => run.interpreter.guards.varies(name))),
    presets: run.interpreter.presets,
  };
}

/** What may be part of what a model is made with, or a setting that a call which is not followed may give it. */
function mayBeGiven({ definition, instances, interpreter }: ModelRun): ReadonlySet<WidthSymbol> {
  const { symbols, givenUnread } = interpreter;
  const model = symbols.ofDefinition(definition);
  const given = instances.flatMap(({ bound }) => [...(bound?.values() ?? [])]);
  return new Set([
    ...given.flatMap((value) => swallowedBy(value, interpreter)),
    ...[...givenUnread].map((name) => symbols.of(model, name)),
  ]);
}

/** The calls that give a model base shapes, each with the numbers that are others in the two models whose shapes they are. */
function givenShapes(model: number, run: ModelRun): ObservedModel['baseShapes'] {
  return baseShapesOf(run.interpreter, model).map(({ held, ...given }) => {
    const [one, other] = held.flatMap((id) => run.instances.find(({ object }) => idOf(object) === id) ?? []);
    if (one === undefined || other === undefined) return { ...given, differs: new Set() };
    const theirs = quantitiesIn(other, run);
    const isOther = ([symbol, quantity]: readonly [WidthSymbol, Quantity]) => {
      const [mine, given] = [exactValue(quantity), exactValue(theirs.get(symbol) ?? UNKNOWN_QUANTITY)];
      return mine !== undefined && given !== undefined && compare(mine, given) !== 0;
    };
    return {
      ...given,
      differs: new Set([...quantitiesIn(one, run)].filter(isOther).map(([symbol]) => symbol)),
    };
  });
}

/** The parameters in which the models differ whose shapes say what grows. */
function variesIn(run: ModelRun): ReadonlySet<WidthSymbol> {
  const yardsticks = run.instances.filter(({ isYardstick }) => isYardstick);
  const held = yardsticks.length > 1 ? yardsticks : yardsticks.length === 1 ? run.instances : [];
  const [first, ...others] = held.map((instance) => quantitiesIn(instance, run));
  const differs = (symbol: WidthSymbol, quantity: Quantity) =>
    others.some((other) => !sameQuantity(other.get(symbol) ?? UNKNOWN_QUANTITY, quantity));
  return new Set(
    [...(first ?? [])].flatMap(([symbol, quantity]) => (differs(symbol, quantity) ? [symbol] : [])),
  );
}

/** Where parameters are: the same one of two instances has one path. The pattern comes first, then what calls have made. */
function placesOf(
  everywhere: readonly LocatedLayers[],
): (parameter: ParameterValue) => MemberPlace | undefined {
  const places = new Map(
    everywhere.flatMap(({ modules }, at) => {
      const call = at === 0 ? null : at - 1;
      return modules.flatMap((module) =>
        module.parameters.map(({ path, parameter }) => [parameterKey(parameter), { path, call }] as const),
      );
    }),
  );
  return (parameter) => places.get(parameterKey(parameter));
}

/**
 * What a constructor was given, as numbers; what is not known at all says nothing, and what is computed of something that is
 * not read may be of the width, where that is not read either.
 */
function quantitiesIn(instance: Instance, run: ModelRun): ReadonlyMap<WidthSymbol, Quantity> {
  const all = givenIn(instance, run);
  const own = new Set(all.map(({ symbol }) => symbol));
  const others = givenTo(instance.beside, instance, run).filter(({ symbol }) => !own.has(symbol));
  const isUnread = ({ value }: Given) => value.kind === 'unknown' && value.from === undefined;
  const isComputed = ({ value }: Given) => value.kind === 'unknown' && value.from?.size === 0;
  const isOpen = all.some(isUnread);
  const given = [...all, ...others].flatMap((one): readonly (readonly [WidthSymbol, Quantity])[] => {
    if (one.quantity !== null) return [[one.symbol, one.quantity]];
    return isOpen && isComputed(one) ? [[one.symbol, UNKNOWN_QUANTITY]] : [];
  });
  const each = new Map<WidthSymbol, Quantity>();
  for (const [symbol, quantity] of given) {
    const before = each.get(symbol);
    // Two configurations of one class go by the same names.
    const isOther = before !== undefined && !sameQuantity(before, quantity);
    each.set(symbol, isOther ? pair('either', before, quantity) : quantity);
  }
  return each;
}

/** A size by its own name is what the structure says of it, as a number of classes that is counted in the data. */
function withoutOpenSizes(
  given: ReadonlyMap<WidthSymbol, Quantity>,
  sizes: ReadonlySet<WidthSymbol>,
): ReadonlyMap<WidthSymbol, Quantity> {
  return new Map([...given].filter(([symbol, { op }]) => op !== 'unknown' || !sizes.has(symbol)));
}

/** The parameters of the constructor that some call leaves at their defaults. */
function leftIn({ instances }: ModelRun): ReadonlySet<WidthSymbol> {
  const trained = instances.filter(({ isYardstick }) => !isYardstick);
  return new Set(trained.flatMap(({ left, known }) => [...left].flatMap((name) => known.get(name) ?? [])));
}

/** What a constructor was given that code which is not read makes, as what it makes it of: 1, unless that grows. */
function madeIn(run: ModelRun): ReadonlyMap<WidthSymbol, readonly Quantity[]> {
  const each = new Map<WidthSymbol, Quantity[]>();
  for (const instance of run.instances)
    for (const { symbol, value } of givenIn(instance, run)) {
      const made = value.kind === 'unknown' ? factorFrom([value]) : null;
      if (made !== null) each.set(symbol, [...(each.get(symbol) ?? []), made]);
    }
  return each;
}

function givenIn(instance: Instance, run: ModelRun): readonly Given[] {
  return givenTo([instance, ...instance.parts], instance, run);
}

function givenTo(
  models: readonly Pick<Instance, 'bound' | 'known'>[],
  instance: Instance,
  { interpreter }: ModelRun,
): readonly Given[] {
  return models.flatMap(({ bound, known }) =>
    [...(bound ?? [])].flatMap(([name, value]) => {
      const symbol = known.get(name);
      return symbol === undefined ? [] : givenFor(symbol, value, { instance, interpreter, depth: 0 });
    }),
  );
}

/** Configurations are nested no deeper in code that people write. */
const MOST_NESTED = 4;

interface GivenSources {
  readonly instance: Instance;
  readonly interpreter: Interpreter;
  readonly depth: number;
}

interface Given {
  readonly symbol: WidthSymbol;
  readonly value: Value;
  /** Null where it is not known. */
  readonly quantity: Quantity | null;
}

/** What a parameter was given, and of a configuration, what each of those fields is that the model asks it for. */
function givenFor(symbol: WidthSymbol, value: Value, sources: GivenSources): readonly Given[] {
  const isSame = (value.kind === 'opaque' || value.kind === 'unknown') && value.symbol === symbol;
  if (isSame) return [];
  const { interpreter, depth } = sources;
  const fields = depth < MOST_NESTED ? interpreter.symbols.fieldsOf(symbol) : [];
  const quantity = quantityOf(value);
  // A setting that may come from a checkpoint is as likely the one that the code writes.
  const isKnown = depth === 0 ? value.kind !== 'unknown' : !isPartlyUnknown(quantity);
  const inside = { ...sources, depth: depth + 1 };
  return [
    { symbol, value, quantity: isKnown ? quantity : null },
    ...fields.flatMap((field) => {
      const held = heldBy({ value, symbol }, field.name, sources);
      return held === undefined ? [] : givenFor(field, held, inside);
    }),
    ...fieldsGivenTo(value, inside),
  ];
}

/** What a configuration was given for its fields, which go by its class's names whatever they are given. */
function fieldsGivenTo(value: Value, sources: GivenSources): readonly Given[] {
  if (value.kind !== 'object') return [];
  const { instance, interpreter } = sources;
  return [...(interpreter.givenFields.get(value.id) ?? [])].flatMap(([name, given]) => {
    const now = fieldOf(value, name, instance);
    return now?.kind === 'opaque' && now.symbol.name === name ? givenFor(now.symbol, given, sources) : [];
  });
}

/** Methods of which it does not count what they do to parameters. */
function leftOut({ later }: ModelRun, { heap, modules }: LocatedLayers): readonly string[] {
  const parameters = modules.flatMap((module) => module.parameters.map(({ parameter }) => parameter));
  const changesIn = (after: Heap) => (parameter: ParameterValue) =>
    after.parameters.writes(parameter) !== heap.parameters.writes(parameter) &&
    !after.parameters.initOf(parameter).every(isInitializer);
  return later
    .filter((one) => one.heap === null || (one.heap !== heap && parameters.some(changesIn(one.heap))))
    .map(({ method }) => method);
}
