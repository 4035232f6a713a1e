import type { OptimizerName } from '@widthwise/core';
import type { Growth } from '../growth/growth.ts';
import { pair, type Quantity, symbolsOf, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { MissingOfWeight } from '../missing.ts';
import type { ObservedLayer, ObservedModel, ObservedOptimizer } from '../observe/observed-model.ts';
import type { Widths } from './widths.ts';

/** What is known of a weight's optimizer and learning rate. */
export interface RateReading {
  readonly optimizer: OptimizerName | null;
  readonly lr: Quantity;
  readonly growth: Growth;
  /** Why it is unknown; null where it is known. */
  readonly missing: MissingOfWeight | null;
}

/** The learning rate of the weight of each layer. */
export function readRates(
  { optimizers }: ObservedModel,
  widths: Widths,
): (observed: ObservedLayer) => RateReading {
  const builds = optimizers.map((optimizer) => ({ optimizer, rates: ratesIn(optimizer, widths) }));
  const mine = builds.filter(({ rates }) => rates.size > 0);
  return ({ path, frozen }) => {
    const having = mine.flatMap(({ optimizer, rates }) => {
      const lr = rates.get(path);
      return lr === undefined ? [] : [{ optimizer, lr }];
    });
    const { optimizer, lr, missing } = agreedRate(having, mine.length > 0);
    const untrained = frozen ? { kind: 'perhaps-frozen' as const } : null;
    return { optimizer, lr, growth: widths.growthOf(lr), missing: missing ?? untrained };
  };
}

function agreedRate(
  having: readonly { readonly optimizer: ObservedOptimizer; readonly lr: Quantity }[],
  someOptimizer: boolean,
): Omit<RateReading, 'growth'> {
  const unknown = (missing: MissingOfWeight) => ({ optimizer: null, lr: UNKNOWN_QUANTITY, missing });
  const [first] = having;
  if (first === undefined) {
    return unknown({ kind: someOptimizer ? 'no-group' : 'no-optimizer' });
  }
  const stranger = having.find(({ optimizer }) => optimizer.kind === null);
  if (stranger !== undefined)
    return unknown({ kind: 'unread-optimizer', qualified: stranger.optimizer.qualified });
  if (having.some(({ optimizer }) => optimizer.kind !== first.optimizer.kind)) {
    return unknown({ kind: 'several-optimizers' });
  }
  const lr = having.map((one) => one.lr).reduce((left, right) => pair('either', left, right));
  return { optimizer: first.optimizer.kind, lr, missing: null };
}

/** The rate of each layer's weight in this optimizer. */
function ratesIn(
  { groups, rewrites, factors }: ObservedOptimizer,
  { isWidth }: Widths,
): ReadonlyMap<string, Quantity> {
  // What a schedule does in time does not matter here.
  const scheduled = factors.filter((factor) => [...symbolsOf(factor)].some(isWidth));
  const rates = new Map<string, Quantity>();
  for (const { paths, lr: own } of groups) {
    const lr = [own, ...scheduled.map((factor) => pair('multiply', own, factor)), ...rewrites].reduce(
      (left, right) => pair('either', left, right),
    );
    for (const path of paths) {
      const before = rates.get(path);
      rates.set(path, before === undefined ? lr : pair('either', before, lr));
    }
  }
  return rates;
}
