import type { OptimizerName } from '@widthwise/core';
import type { Growth } from '../growth/growth.ts';
import { pair, type Quantity, symbolsOf, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import { fileFrame } from '../interpret/classes.ts';
import { namedModules } from '../interpret/modules.ts';
import type { Layer } from '../network/layer.ts';
import { weightOf } from '../network/layer.ts';
import type { OptimizerBuild } from '../network/optimizer.ts';
import type { Instance, ModelReading } from '../observe/run-file.ts';
import type { Widths } from './widths.ts';

/** What is known of a weight's optimizer and learning rate. */
export interface RateReading {
  readonly optimizer: OptimizerName | null;
  readonly lr: Quantity;
  readonly growth: Growth;
  /** Why it is unknown; null where it is known. */
  readonly missing: string | null;
}

/** The learning rate of the weight of each layer, by the layer's path. */
export function readRates(reading: ModelReading, widths: Widths): (path: string) => RateReading {
  const paths = pathsByLayer(reading);
  const builds = reading.optimizers.map((build) => ({ build, rates: ratesIn(build, paths, widths) }));
  const mine = builds.filter(({ rates }) => rates.size > 0);
  const frozen = frozenPaths(reading);
  return (path) => {
    const having = mine.flatMap(({ build, rates }) => {
      const lr = rates.get(path);
      return lr === undefined ? [] : [{ build, lr }];
    });
    const { optimizer, lr, missing } = agreedRate(having, mine.length > 0);
    const untrained = frozen.has(path) ? 'requires_grad may be off, so that nothing trains it' : null;
    return { optimizer, lr, growth: widths.growthOf(lr), missing: missing ?? untrained };
  };
}

/** The paths of the layers whose weight may be kept from being trained. */
function frozenPaths(reading: ModelReading): ReadonlySet<string> {
  const frozen = new Set<string>();
  for (const instance of [reading.pattern, ...reading.instances]) {
    for (const { path, layer } of layersIn(reading, instance)) {
      if (instance.heap.isFrozen(weightOf(layer))) frozen.add(path);
    }
  }
  return frozen;
}

function layersIn(
  { interpreter }: ModelReading,
  { object, heap }: Instance,
): readonly { readonly path: string; readonly layer: Layer }[] {
  return namedModules(object, { ...fileFrame(interpreter), heap }).flatMap(({ path, value }) =>
    value.kind === 'layer' ? [{ path, layer: value.layer }] : [],
  );
}

function agreedRate(
  having: readonly { readonly build: OptimizerBuild; readonly lr: Quantity }[],
  someOptimizer: boolean,
): Omit<RateReading, 'growth'> {
  const unknown = (missing: string) => ({ optimizer: null, lr: UNKNOWN_QUANTITY, missing });
  const [first] = having;
  if (first === undefined) {
    return unknown(someOptimizer ? 'no parameter group of the optimizer has it' : 'optimizer not found');
  }
  const stranger = having.find(({ build }) => build.kind === null);
  if (stranger !== undefined) return unknown(`the updates of ${stranger.build.qualified} are not read`);
  if (having.some(({ build }) => build.kind !== first.build.kind)) {
    return unknown('different optimizers train it');
  }
  const lr = having.map((one) => one.lr).reduce((left, right) => pair('either', left, right));
  return { optimizer: first.build.kind, lr, missing: null };
}

/** The rate of each layer's weight in this optimizer. */
function ratesIn(
  build: OptimizerBuild,
  paths: ReadonlyMap<number, string>,
  { isWidth }: Widths,
): ReadonlyMap<string, Quantity> {
  // what a schedule does in time does not matter here
  const scheduled = build.factors.filter((factor) => [...symbolsOf(factor)].some(isWidth));
  const rates = new Map<string, Quantity>();
  for (const { parameters, lr: own } of build.groups) {
    const lr = [own, ...scheduled.map((factor) => pair('multiply', own, factor)), ...build.rewrites].reduce(
      (left, right) => pair('either', left, right),
    );
    for (const { layer, which } of parameters) {
      const path = paths.get(layer.id);
      if (path === undefined || which !== 'weight') continue;
      const before = rates.get(path);
      rates.set(path, before === undefined ? lr : pair('either', before, lr));
    }
  }
  return rates;
}

/** The path of every layer of every instance: the same layer of two instances has one path. */
function pathsByLayer(reading: ModelReading): ReadonlyMap<number, string> {
  const instances = [reading.pattern, ...reading.instances];
  const located = instances.flatMap((instance) => layersIn(reading, instance));
  return new Map(located.map(({ path, layer }) => [layer.id, path]));
}
