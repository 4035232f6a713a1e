import { literal, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { unlessOfTable } from '../../growth/table-items.ts';
import type { OptimizerBuild, OptimizerGroup, OptimizerStep } from '../../network/optimizer.ts';
import { optionsOf } from '../values/either.ts';
import type { Heap } from '../values/heap.ts';
import { quantityOf } from '../values/numbers.ts';
import { type DictValue, UNKNOWN, type Value } from '../values/value.ts';
import { gradientOf } from './gradients.ts';
import { scalesOf } from './group-scales.ts';
import { groupsOf, rateWrittenAt, startedGroups, unreadOf, updateOf } from './optimizer-state.ts';
import { dictsIn, membersIn } from './parameter-groups.ts';

/** The groups of an optimizer in one state of the code. */
export function optimizerStep(build: OptimizerBuild, heap: Heap): OptimizerStep {
  const groups = groupsOf(build, heap);
  const hasMore = optionsOf(groups).some((option) => option.kind === 'list' && option.open);
  return {
    groups: dictsIn(groups).map((group) =>
      groupOf(group, { build, heap, isSure: surelyHas(groups, group), hasMore }),
    ),
    started: startedGroups(build, heap).map((group) =>
      groupOf(group, { build, heap, isSure: true, hasMore: false }),
    ),
    unread: unreadOf(build, heap),
    written: rateWrittenAt(build, heap),
  };
}

/** Whether nothing but a group stands in the place where it does: code may have taken one out again. */
function surelyHas(groups: Value, group: DictValue): boolean {
  const places = optionsOf(groups).flatMap((option) => (option.kind === 'list' ? option.items : []));
  const own = places.map(optionsOf).filter((options) => options.some((one) => one === group));
  return own.some((options) => options.every(({ kind }) => kind === 'dict'));
}

interface GroupSources {
  readonly build: OptimizerBuild;
  readonly heap: Heap;
  readonly isSure: boolean;
  /** Whether there may be groups beside it that are not followed. */
  readonly hasMore: boolean;
}

function groupOf(
  { entries, span }: DictValue,
  { build, heap, isSure, hasMore }: GroupSources,
): OptimizerGroup {
  const { members, open } = membersIn(entries.get('params') ?? UNKNOWN);
  return {
    update: updateOf(build, entries, heap),
    members: members.map(({ perhaps, ...member }) => ({
      ...member,
      perhaps: perhaps || !isSure,
      gradient: gradientOf(member.parameter, heap),
    })),
    open: open || hasMore,
    span: span ?? null,
    lr: unlessOfTable(quantityAt(entries, 'lr', UNKNOWN_QUANTITY)),
    weightDecay: unlessOfTable(quantityAt(entries, 'weight_decay', literal(0))),
    scales: scalesOf(entries),
  };
}

function quantityAt(entries: ReadonlyMap<string, Value>, key: string, missing: Quantity): Quantity {
  const value = entries.get(key);
  return value === undefined ? missing : quantityOf(value);
}
