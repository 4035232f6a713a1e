import { grouped } from '../../grouped.ts';
import { productKey } from '../../growth/product.ts';
import { pair, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import {
  groupsOf,
  leaveUnread,
  noteStarted,
  setGroups,
  startOptimizer,
} from '../../interpret/modules/optimizer-state.ts';
import { dict, list, madeAt } from '../../interpret/values/containers.ts';
import { either, optionsOf } from '../../interpret/values/either.ts';
import { quantityOf } from '../../interpret/values/numbers.ts';
import { type DictValue, number, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { UpdateRule } from '../../network/optimizer.ts';
import { findOptimizer } from '../torch/tables.ts';
import { multipliersOf, noteAskedInVain } from './base-shapes.ts';

/** An optimizer of mup's: another one, whose groups it takes apart by what of their parameters grows. */
interface MuOptimizer {
  /** What it is if `impl` does not say. */
  readonly update: UpdateRule;
  /** What it multiplies the rate by is one over the fan-in of matrices, or what steps of SGD need. */
  readonly by: 'matrix' | 'descent';
}

const OPTIMIZERS: ReadonlyMap<string, MuOptimizer> = new Map([
  ['MuAdam', { update: { kind: 'adam' }, by: 'matrix' }],
  ['MuAdamW', { update: { kind: 'adam' }, by: 'matrix' }],
  ['MuSGD', { update: { kind: 'sgd' }, by: 'descent' }],
]);

export const MU_OPTIMIZERS: readonly string[] = [...OPTIMIZERS.keys()].map((name) => `mup.${name}`);

export function isMuOptimizer(name: string): boolean {
  return OPTIMIZERS.has(name);
}

/** `MuAdam(model.parameters(), lr=…)`; undefined for what is no optimizer of mup's. */
export function buildMuOptimizer(qualified: string, site: CallSite): Value | undefined {
  const known = OPTIMIZERS.get(qualified.slice(qualified.lastIndexOf('.') + 1));
  if (known === undefined) return undefined;
  const { args, frame, span } = site;
  const params = argument(args, { name: 'params', index: 0 }) ?? UNKNOWN;
  const defaults = new Map([...args.named].filter(([name]) => name !== 'params' && name !== 'impl'));
  const build = {
    id: frame.interpreter.newId(),
    update: updateOf(known, args.named.get('impl') ?? args.positional[1]),
    isMatrix: false,
    qualified,
    span,
  };
  const made = startOptimizer(build, { params, defaults }, frame);
  const apart = optionsOf(groupsOf(build, frame.heap)).map((groups) => groupsApart(groups, known, frame));
  if (apart.includes(null)) leaveUnread(build, { what: qualified, span }, frame);
  else {
    setGroups(build, either(apart.filter((one) => one !== null)), frame);
    noteStarted(build, frame);
  }
  return made;
}

function updateOf({ update }: MuOptimizer, impl: Value | undefined): UpdateRule | null {
  if (impl === undefined) return update;
  const known = impl.kind === 'reference' ? findOptimizer(impl.qualified)?.update : undefined;
  return known && 'kind' in known && known.kind === update.kind ? known : null;
}

/** The groups of an optimizer, each taken apart; null where base shapes are not known. */
function groupsApart(groups: Value, known: MuOptimizer, frame: Frame): Value | null {
  if (groups.kind !== 'list') return null;
  const apart = groups.items
    .flatMap(optionsOf)
    .map((group) => (group.kind === 'dict' ? membersApart(group, known, frame) : null));
  return apart.includes(null) ? null : list(apart.flatMap((one) => one ?? []));
}

/** A group for each multiplier of its parameters; null where base shapes of one are not known. */
function membersApart(group: DictValue, { by }: MuOptimizer, frame: Frame): readonly DictValue[] | null {
  const members = group.entries.get('params');
  if (members?.kind !== 'list') return null;
  const multiplied = members.items.map((member) => multiplierOf(member, by, frame));
  const known = multiplied.filter((one) => one !== null);
  if (known.length < multiplied.length) return null;
  const groups = [...grouped(known, ({ multiplier }) => productKey(multiplier)).values()].map((same) =>
    scaled(group, same, by),
  );
  const rest = members.open ? [dict(new Map(group.entries).set('params', list([UNKNOWN], true)))] : [];
  return [...groups, ...rest];
}

interface Multiplied {
  readonly member: Value;
  readonly multiplier: Quantity;
}

function multiplierOf(member: Value, by: MuOptimizer['by'], frame: Frame): Multiplied | null {
  const [only, ...others] = optionsOf(member);
  if (only?.kind !== 'parameter' || others.length > 0) return null;
  const multipliers = multipliersOf(only, frame);
  if (multipliers === null) noteAskedInVain(only, frame);
  return multipliers === null ? null : { member, multiplier: multipliers[by] };
}

/** The decay goes against the rate, so that their product is the same at every width. */
function scaled(group: DictValue, same: readonly Multiplied[], by: MuOptimizer['by']): DictValue {
  const multiplier = same[0]?.multiplier ?? UNKNOWN_QUANTITY;
  const of = (key: string) => quantityOf(group.entries.get(key) ?? UNKNOWN);
  const [down, up] = by === 'matrix' ? (['divide', 'multiply'] as const) : (['multiply', 'divide'] as const);
  const entries = new Map(group.entries)
    .set('params', list(same.map(({ member }) => member)))
    .set('lr', number(pair(down, of('lr'), multiplier)));
  if (group.entries.has('weight_decay')) {
    entries.set('weight_decay', number(pair(up, of('weight_decay'), multiplier)));
  }
  return madeAt(group.span, dict(entries, group.open));
}
