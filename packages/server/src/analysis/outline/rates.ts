import type { OptimizerName } from '@widthwise/core';
import type { Growth } from '../growth/growth.ts';
import { pair, type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import { fileFrame } from '../interpret/classes.ts';
import type { OptimizerBuild } from '../interpret/interpreter.ts';
import { namedModules } from '../interpret/modules.ts';
import type { ModelReading } from './read-models.ts';
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
  const builds = reading.optimizers.map((build) => ({ build, rates: ratesIn(build, paths) }));
  const mine = builds.filter(({ rates }) => rates.size > 0);
  return (path) => {
    const having = mine.flatMap(({ build, rates }) => {
      const lr = rates.get(path);
      return lr === undefined ? [] : [{ build, lr }];
    });
    const { optimizer, lr, missing } = agreedRate(having, mine.length > 0);
    return { optimizer, lr, growth: widths.growthOf(lr), missing };
  };
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
function ratesIn(build: OptimizerBuild, paths: ReadonlyMap<number, string>): ReadonlyMap<string, Quantity> {
  const rates = new Map<string, Quantity>();
  for (const { parameters, lr } of build.groups) {
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
function pathsByLayer({ interpreter, pattern, instances }: ModelReading): ReadonlyMap<number, string> {
  const paths = new Map<number, string>();
  for (const { object, heap } of [pattern, ...instances]) {
    for (const { path, value } of namedModules(object, { ...fileFrame(interpreter), heap })) {
      if (value.kind === 'layer') paths.set(value.layer.id, path);
    }
  }
  return paths;
}
