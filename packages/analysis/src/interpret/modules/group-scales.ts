import type { Quantity } from '../../growth/quantity.ts';
import type { OptimizerBuild } from '../../network/optimizer.ts';
import { optionsOf } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import type { DictValue, Value } from '../values/value.ts';
import { groupsOf, leaveUnread } from './optimizer-state.ts';
import { dictsIn } from './parameter-groups.ts';

/** The numbers of a group that optimizers have no use for, by their keys: the code that trains may. */
export function scalesOf(group: DictValue['entries']): ReadonlyMap<string, Quantity> {
  const own = [...group].filter(([key, value]) => !READ.has(key) && isNumeric(value));
  return new Map(own.map(([key, value]) => [key, quantityOf(value)]));
}

/**
 * The state that a script leaves which is not read: a number of a group which optimizers have no use for is there for
 * the code that trains, which may multiply the rate by it, if it has its name.
 */
export function withUnreadScales(
  build: OptimizerBuild,
  heap: Heap,
  mayBeRead: (name: string) => boolean,
): Heap {
  const groups = dictsIn(groupsOf(build, heap));
  const scale = groups
    .flatMap(({ entries }) => [...entries])
    .find((entry) => isScale(entry) && mayBeRead(entry[0]));
  if (scale === undefined) return heap;
  const after = new Heap(heap);
  leaveUnread(build, { what: scale[0], span: build.span }, { heap: after });
  return after;
}

/** What groups have for optimizers. */
const READ: ReadonlySet<string> = new Set(
  'params lr weight_decay betas eps alpha momentum dampening nesterov ns_steps amsgrad centered maximize foreach fused capturable differentiable decoupled_weight_decay initial_lr name param_names'.split(
    ' ',
  ),
);

/** Whether an entry is a number that the code computes, or does not spell out, and that no optimizer reads. */
function isScale([key, value]: readonly [string, Value]): boolean {
  return !READ.has(key) && optionsOf(value).some((one) => isNumeric(one) && quantityOf(one).op !== 'literal');
}
