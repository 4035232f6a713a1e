import { isPartlyUnknown, leavesOf, type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import { withSymbols } from '../growth/with-symbols.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import type { Construction, GivenInputs, Trace } from '../interpret/machine/run-trace.ts';
import { eitherOf } from '../interpret/machine/tensor-factor.ts';
import { idOf, type ModuleValue, namedParameters } from '../interpret/modules/modules.ts';
import { quantityOf } from '../interpret/values/numbers.ts';
import type { Tensor } from '../network/graph.ts';
import type { Layer } from '../network/layer.ts';
import { scale, timesUnknown } from '../network/tensor.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import { givenForLosses } from './given-for-losses.ts';
import type { Instance } from './model-run.ts';
import type { Run } from './run-module.ts';
import { type IsOwn, lossOf, type SeenByLoss, seenByLosses, unseenIn } from './seen-by-losses.ts';

interface Training {
  readonly definition: ClassStatement;
  readonly runs: readonly Run[];
  readonly instances: readonly Instance[];
  readonly frame: Frame;
}

/** What a model gives as the losses see it that it is trained by: code outside may multiply it first. */
export function trainedAs(
  returned: readonly Tensor[],
  training: Training & {
    readonly object: ModuleValue;
    /** What its own methods do with it. */
    readonly own: Trace;
  },
): readonly Tensor[] {
  const { object, own, frame } = training;
  const isOwn = isAmong(() => layersOf({ object, heap: frame.heap }, frame));
  const mine = seenByLosses(own, idOf(object), isOwn);
  const elsewhere = seenElsewhere(training);
  const all = [...mine, ...elsewhere];
  const seen = all.length > 0 ? all : trainedInParts(training);
  return returned.map((tensor, at) => {
    const mine = seen.filter((one) => one.at === at || one.at === null);
    const [first] = mine;
    return first === undefined ? tensor : multiplied(tensor, mine);
  });
}

function seenElsewhere(training: Training): readonly SeenByLoss[] {
  return inEachRun(training, ({ trace, objectId, meaning }) =>
    seenByLosses(trace, objectId, isOwnOf(objectId, training)).map((one) => ({
      ...one,
      factor: meaning(one.factor),
    })),
  );
}

/** What a model is given by the code elsewhere that trains it: that may multiply it first. */
export function givenElsewhere(training: Pick<Training, 'definition' | 'runs'>): readonly GivenInputs[] {
  return inEachRun(training, ({ trace, objectId, meaning }) =>
    givenForLosses(trace, objectId).map(({ positional, named }) => ({
      positional: new Map([...positional].map(([at, factor]) => [at, meaning(factor)])),
      named: new Map([...named].map(([name, factor]) => [name, meaning(factor)])),
    })),
  );
}

interface InRun {
  readonly trace: Trace;
  readonly objectId: number;
  readonly meaning: (factor: Quantity) => Quantity;
}

function inEachRun<Found>(
  { definition, runs }: Pick<Training, 'definition' | 'runs'>,
  find: (made: InRun) => readonly Found[],
): readonly Found[] {
  return runs.flatMap(({ trace }) => {
    const { constructions } = trace;
    const models = constructions.filter((one) => one.definition === definition);
    const meaning = meaningIn(constructions.filter((one) => one.definition !== definition));
    return models.flatMap(({ objectId }) => find({ trace, objectId, meaning }));
  });
}

/** A model of which the code takes the loss of what parts of it make: its forward pass is not what is trained. */
function trainedInParts({ instances, runs, frame }: Training): readonly SeenByLoss[] {
  return instances.flatMap((instance) => {
    const layers = layersOf(instance, frame);
    const id = idOf(instance.object);
    const spans = runs.flatMap(({ trace }) => lossOf(layers, trace, id) ?? unseenIn(trace, id) ?? []);
    return spans.map((span) => ({ at: null, factor: UNKNOWN_QUANTITY, span }));
  });
}

function isOwnOf(objectId: number, { instances, frame }: Training): IsOwn {
  const own = instances.filter(({ object }) => idOf(object) === objectId);
  return isAmong(() => new Set(own.flatMap((instance) => [...layersOf(instance, frame)])));
}

/** Looks for the layers when one is asked about. */
function isAmong(find: () => ReadonlySet<Layer>): IsOwn {
  let layers: ReadonlySet<Layer> | undefined;
  return (layer) => {
    layers ??= find();
    return layers.has(layer);
  };
}

function layersOf({ object, heap }: Pick<Instance, 'object' | 'heap'>, frame: Frame): ReadonlySet<Layer> {
  const parameters = namedParameters(object, frame.with({ heap }));
  return new Set(parameters.map(({ parameter }) => parameter.layer));
}

/** What a factor is that another model puts on this one's output, by what that was given. */
function meaningIn(others: readonly Construction[]): (factor: Quantity) => Quantity {
  const given = new Map<WidthSymbol, Quantity>();
  const owners = new Set<WidthSymbol>();
  for (const { bound, known } of others) {
    for (const [name, symbol] of known) {
      const value = bound.get(name);
      const quantity = value === undefined ? UNKNOWN_QUANTITY : quantityOf(value);
      const before = given.get(symbol);
      given.set(symbol, before === undefined ? quantity : eitherOf(before, quantity));
      owners.add(symbol);
    }
  }
  const isOfOther = ({ owner }: WidthSymbol): boolean =>
    owner !== null && (owners.has(owner) || isOfOther(owner));
  return (factor) =>
    withSymbols(factor, (symbol) => given.get(symbol) ?? (isOfOther(symbol) ? UNKNOWN_QUANTITY : undefined));
}

function multiplied(tensor: Tensor, seen: readonly SeenByLoss[]): Tensor {
  const factor = seen.map((one) => one.factor).reduce(eitherOf);
  const span = seen.find((one) => one.span !== null)?.span ?? null;
  if (leavesOf(factor).every(({ op }) => op === 'literal')) return tensor;
  if (!isPartlyUnknown(factor)) return scale(tensor, factor, span);
  return timesUnknown([tensor], 'what other code makes of it', span);
}
