import { exactValue, isPartlyUnknown, type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import { withSymbols } from '../growth/with-symbols.ts';
import type { Construction, Frame, Trace } from '../interpret/interpreter.ts';
import { namedParameters } from '../interpret/modules.ts';
import { quantityOf } from '../interpret/numbers.ts';
import type { ObjectValue } from '../interpret/value.ts';
import type { Tensor } from '../network/graph.ts';
import type { Layer } from '../network/layer.ts';
import { scale, timesUnknown } from '../network/tensor.ts';
import type { ClassStatement } from '../syntax/ast.ts';
import type { Instance } from './model-run.ts';
import type { Run } from './run-module.ts';
import { eitherOf, type IsOwn, lossOf, type SeenByLoss, seenByLosses } from './seen-by-losses.ts';

interface Training {
  readonly definition: ClassStatement;
  /** The model that is built from symbols, and what its own methods do with it. */
  readonly object: ObjectValue;
  readonly own: Trace;
  readonly runs: readonly Run[];
  readonly instances: readonly Instance[];
  readonly frame: Frame;
}

/** What a model gives as the losses see it that it is trained by: code outside may multiply it first. */
export function trainedAs(returned: readonly Tensor[], training: Training): readonly Tensor[] {
  const seen = seenIn(training);
  return returned.map((tensor, at) => {
    const mine = seen.filter((one) => one.at === at || one.at === null);
    const [first] = mine;
    return first === undefined ? tensor : multiplied(tensor, mine);
  });
}

function seenIn(training: Training): readonly SeenByLoss[] {
  const { definition, object, own, runs, frame } = training;
  const elsewhere = runs.flatMap(({ trace }) => {
    const { constructions } = trace;
    const models = constructions.filter((one) => one.definition === definition);
    const meaning = meaningIn(constructions.filter((one) => one.definition !== definition));
    return models.flatMap(({ objectId }) =>
      seenByLosses(trace, objectId, isOwnOf(objectId, training)).map((one) => ({
        ...one,
        factor: meaning(one.factor),
      })),
    );
  });
  const isOwn = isAmong(() => layersOf({ object, heap: frame.heap }, frame));
  const seen = [...seenByLosses(own, object.id, isOwn), ...elsewhere];
  return seen.length > 0 ? seen : trainedInParts(training);
}

/** A model of which the code takes the loss of what parts of it make: its forward pass is not what is trained. */
function trainedInParts({ instances, runs, frame }: Training): readonly SeenByLoss[] {
  return instances.flatMap((instance) => {
    const layers = layersOf(instance, frame);
    const spans = runs.flatMap(({ trace }) => lossOf(layers, trace, instance.object.id) ?? []);
    return spans.map((span) => ({ at: null, factor: UNKNOWN_QUANTITY, span }));
  });
}

function isOwnOf(objectId: number, { instances, frame }: Training): IsOwn {
  const own = instances.filter(({ object }) => object.id === objectId);
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
  if (exactValue(factor) !== undefined) return tensor;
  if (!isPartlyUnknown(factor)) return scale(tensor, factor, span);
  return timesUnknown([tensor], 'what other code makes of it', span);
}
