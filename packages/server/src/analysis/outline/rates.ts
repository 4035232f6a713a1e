import type { OptimizerName } from '@widthwise/core';
import { eitherGrowth, type Growth, UNKNOWN_GROWTH } from '../growth/growth.ts';
import { fileFrame } from '../interpret/classes.ts';
import type { OptimizerBuild } from '../interpret/interpreter.ts';
import { namedModules } from '../interpret/modules.ts';
import type { ModelReading } from './read-models.ts';
import type { Widths } from './widths.ts';

/** What is known of a weight's optimizer and learning rate. */
export interface RateReading {
  readonly optimizer: OptimizerName | null;
  readonly lr: Growth;
  /** Why it is unknown; null where it is known. */
  readonly missing: string | null;
}

/** The learning rate of the weight of each layer, by the layer's path. */
export function readRates(reading: ModelReading, widths: Widths): (path: string) => RateReading {
  const paths = pathsByLayer(reading);
  const builds = reading.optimizers.map((build) => ({ build, rates: ratesIn(build, paths, widths) }));
  const mine = builds.filter(({ rates }) => rates.size > 0);
  return (path) => {
    const having = mine.flatMap(({ build, rates }) => {
      const lr = rates.get(path);
      return lr === undefined ? [] : [{ build, lr }];
    });
    return agreedRate(having, mine.length > 0);
  };
}

function agreedRate(
  having: readonly { readonly build: OptimizerBuild; readonly lr: Growth }[],
  someOptimizer: boolean,
): RateReading {
  const unknown = (missing: string): RateReading => ({ optimizer: null, lr: UNKNOWN_GROWTH, missing });
  const [first] = having;
  if (first === undefined) {
    return unknown(someOptimizer ? 'no parameter group of the optimizer has it' : 'optimizer not found');
  }
  const stranger = having.find(({ build }) => build.kind === null);
  if (stranger !== undefined) return unknown(`the updates of ${stranger.build.qualified} are not read`);
  if (having.some(({ build }) => build.kind !== first.build.kind)) {
    return unknown('different optimizers train it');
  }
  const lr = having.map((one) => one.lr).reduce(eitherGrowth);
  return { optimizer: first.build.kind, lr, missing: null };
}

/** The growth of the rate of each layer's weight in this optimizer. */
function ratesIn(
  build: OptimizerBuild,
  paths: ReadonlyMap<number, string>,
  widths: Widths,
): ReadonlyMap<string, Growth> {
  const rates = new Map<string, Growth>();
  for (const { parameters, lr } of build.groups) {
    for (const { layer, which } of parameters) {
      const path = paths.get(layer.id);
      if (path === undefined || which !== 'weight') continue;
      const before = rates.get(path);
      const growth = widths.growthOf(lr);
      rates.set(path, before === undefined ? growth : eitherGrowth(before, growth));
    }
  }
  return rates;
}

/** The path of every layer of every instance: the same layer of two instances has one path. */
function pathsByLayer({ interpreter, pattern, instances }: ModelReading): ReadonlyMap<number, string> {
  const paths = new Map<number, string>();
  for (const { object, heap } of [pattern, ...instances]) {
    for (const { path, value } of namedModules(object, { ...fileFrame(interpreter), heap })) {
      if (value.kind === 'layer') paths.set(value.layer.id, path);
    }
  }
  return paths;
}
