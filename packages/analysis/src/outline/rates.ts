import { grouped } from '../grouped.ts';
import { type Growth, isVanished } from '../growth/growth.ts';
import { isConstant } from '../growth/growth-of.ts';
import { exactValue, pair, type Quantity, sameQuantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { MissingOfWeight } from '../missing.ts';
import type { Gradient, UnreadEffect, UpdateRule } from '../network/optimizer.ts';
import type { ObservedModel, ObservedOptimizer, ObservedParameter } from '../observe/observed-model.ts';
import type { Span } from '../syntax/span.ts';
import { reachesBound } from './bounded-rates.ts';
import { holdsAtLargeWidths } from './relied-ratios.ts';
import type { Widths } from './widths.ts';

/** What is known of a weight's optimizer and learning rate. */
export interface RateReading {
  /** How its updates are made; null where that is not known. */
  readonly update: UpdateRule | null;
  readonly lr: Quantity;
  readonly growth: Growth;
  /** Why it is unknown; null where it is known. */
  readonly missing: MissingOfWeight | null;
  /** What trains it, as far as that is known. */
  readonly optimizers: readonly ObservedOptimizer[];
  /** The dicts of its groups. */
  readonly groups: readonly Span[];
  /** Where several make updates in different ways, as a setting chooses, what each way is by itself; empty where one does. */
  readonly apart: readonly RateReading[];
}

/** The learning rate of each parameter. */
export function readRates(
  model: ObservedModel,
  widths: Widths,
): (observed: Pick<ObservedParameter, 'path' | 'aliases' | 'frozen' | 'relies'>) => RateReading {
  const trained = model.optimizers.map((optimizer) => ({ optimizer, entries: entriesOf(optimizer) }));
  const mine = trained.filter(({ entries }) => entries.size > 0);
  const unread =
    model.isTrainingUnread === true || trained.some(({ optimizer }) => hasUnreadGroups(optimizer));
  const nowhere = unread ? 'unread-groups' : mine.length > 0 ? 'no-group' : 'no-optimizer';
  return ({ path, aliases, frozen, relies }) => {
    const paths = [...new Set([path, ...aliases.map((alias) => alias.path)])];
    const having = mine.flatMap(({ entries }) => paths.flatMap((one) => entries.get(one) ?? []));
    if (having.length === 0) return readingOf(unknown({ kind: nowhere }), { having, frozen, widths });
    if (!holdsAtLargeWidths(relies, widths.growthOf))
      return readingOf(unknown({ kind: 'perhaps-no-group' }), { having, frozen, widths });
    const ways = [...grouped(having, ({ update }) => JSON.stringify(update)).values()];
    const each = ways.map((way) =>
      readingOf(agreedRate(way, { model, widths }), { having: way, frozen, widths }),
    );
    const [only, ...others] = each;
    if (only !== undefined && others.length === 0) return only;
    const several = readingOf(unknown({ kind: 'several-optimizers' }), { having, frozen, widths });
    return { ...several, apart: each };
  };
}

interface ReadingSources {
  readonly having: readonly RateEntry[];
  readonly frozen: ObservedParameter['frozen'];
  readonly widths: Widths;
}

function readingOf({ update, lr, missing }: Agreed, { having, frozen, widths }: ReadingSources): RateReading {
  const untrained =
    frozen === false ? null : ({ kind: frozen === 'surely' ? 'frozen' : 'perhaps-frozen' } as const);
  const optimizers = [...new Set(having.map(({ optimizer }) => optimizer))];
  return {
    update,
    lr,
    growth: widths.growthOf(lr),
    missing: frozen === 'surely' ? untrained : (missing ?? untrained),
    optimizers,
    groups: having.flatMap(({ groups }) => groups),
    apart: [],
  };
}

function hasUnreadGroups({ steps }: ObservedOptimizer): boolean {
  return steps.some(({ groups }) => groups.length === 0 || groups.some(({ open }) => open));
}

/** A weight in a group at one step. */
interface RateEntry {
  readonly optimizer: ObservedOptimizer;
  readonly update: UpdateRule | null;
  readonly lr: Quantity;
  readonly unread: UnreadEffect | null;
  readonly gradient: Gradient;
  /** Whether no group surely has it. */
  readonly perhaps: boolean;
  readonly call: number | null;
  readonly groups: readonly Span[];
}

/** What trains each parameter at each step, by its path. */
function entriesOf(optimizer: ObservedOptimizer): ReadonlyMap<string, readonly RateEntry[]> {
  const entries = new Map<string, RateEntry[]>();
  for (const { groups, unread } of optimizer.steps) {
    const isAny = groups.some(({ members, open }) => open && members.length === 0);
    for (const [path, having] of membersOf(groups)) {
      const lr = eitherOf(having.map((one) => one.lr));
      // One of several groups that a condition chooses among has it, unless one of which nothing is known may have it.
      const perhaps = having.every((one) => one.perhaps) && (having.length === 1 || isAny);
      const groups = having.flatMap(({ group }) => group ?? []);
      for (const { update, gradient, call } of having.slice(0, 1)) {
        const entry = { optimizer, update, lr, unread, perhaps, gradient, call, groups };
        entries.set(path, [...(entries.get(path) ?? []), entry]);
      }
    }
  }
  return entries;
}

/** Any of these, each once: code that trains many models gives many of them one rate. */
function eitherOf(quantities: readonly Quantity[]): Quantity {
  const different = quantities.filter(
    (one, at) => quantities.findIndex((other) => sameQuantity(one, other)) === at,
  );
  return different.reduce((left, right) => pair('either', left, right));
}

interface Membership extends Pick<RateEntry, 'update' | 'lr' | 'perhaps' | 'gradient' | 'call'> {
  readonly group: Span | null;
}

function membersOf(
  groups: ObservedOptimizer['steps'][number]['groups'],
): ReadonlyMap<string, readonly Membership[]> {
  const members = new Map<string, Membership[]>();
  for (const { members: own, update, lr, span: group } of groups) {
    for (const { path, ...having } of own) {
      members.set(path, [...(members.get(path) ?? []), { update, lr, group, ...having }]);
    }
  }
  return members;
}

type Agreed = Omit<RateReading, 'growth' | 'optimizers' | 'groups' | 'apart'>;

function unknown(missing: MissingOfWeight): Agreed {
  return { update: null, lr: UNKNOWN_QUANTITY, missing };
}

/** Of entries whose updates are made in one way. */
function agreedRate(
  having: readonly RateEntry[],
  { model, widths }: { readonly model: ObservedModel; readonly widths: Widths },
): Agreed {
  const { growthOf } = widths;
  const problem = having.map(problemOf).find((one) => one !== null);
  if (problem !== undefined) return unknown(problem);
  const update = having[0]?.update ?? null;
  const rates = having.map(effectiveRate);
  const moving = rates.flatMap((one) => movingIn(one, growthOf) ?? []);
  const lr = eitherOf(moving.length > 0 ? moving : rates);
  const isOpen = goesWithWidth(having, model, widths) || reachesBound(lr, growthOf);
  return { update, lr: isOpen ? UNKNOWN_QUANTITY : lr, missing: null };
}

/**
 * Whether the code makes the model at several widths, each with a rate of its own that it writes as a number: of how such
 * rates go with the width nothing is said. Where it tries the same ones at each, they are a setting.
 */
function goesWithWidth(having: readonly RateEntry[], { calls }: ObservedModel, widths: Widths): boolean {
  const tried = new Map<string, Set<string>>();
  for (const { lr, call } of having) {
    const rate = isConstant(widths.growthOf(lr)) ? exactValue(lr) : undefined;
    const sizes = call === null ? '' : widthOf(calls[call], widths);
    if (rate === undefined || sizes === '') continue;
    tried.set(sizes, (tried.get(sizes) ?? new Set()).add(`${rate.numerator}/${rate.denominator}`));
  }
  return new Set([...tried.values()].map((each) => [...each].sort().join())).size > 1;
}

/** The numbers that a call gives for widths; empty where it gives none. */
function widthOf(call: ObservedModel['calls'][number] | undefined, { isWidth }: Widths): string {
  return [...(call ?? [])]
    .flatMap(([symbol, quantity]) => {
      const size = isWidth(symbol) ? exactValue(quantity) : undefined;
      return size === undefined ? [] : [`${symbol.name} ${size.numerator}/${size.denominator}`];
    })
    .join();
}

/** A rate without what is 0, as the first one of a warm-up is: such a step changes nothing. Null where it is 0 alone. */
function movingIn(rate: Quantity, growthOf: Widths['growthOf']): Quantity | null {
  switch (rate.op) {
    case 'either': {
      const [left, right] = [movingIn(rate.left, growthOf), movingIn(rate.right, growthOf)];
      return left === null || right === null ? (left ?? right) : pair('either', left, right);
    }
    case 'multiply': {
      const [left, right] = [movingIn(rate.left, growthOf), movingIn(rate.right, growthOf)];
      return left === null || right === null ? null : pair('multiply', left, right);
    }
    case 'divide': {
      const left = movingIn(rate.left, growthOf);
      return left === rate.left ? rate : left && pair('divide', left, rate.right);
    }
    default:
      return isVanished(growthOf(rate)) ? null : rate;
  }
}

/** Under SGD a multiple of the loss is one of the rate; other updates have a size of their own. */
function effectiveRate({ update, lr, gradient: { factor } }: RateEntry): Quantity {
  return update?.kind === 'sgd' ? pair('multiply', lr, factor) : lr;
}

function problemOf({ optimizer, update, unread, perhaps, gradient }: RateEntry): MissingOfWeight | null {
  if (update === null) return { kind: 'unread-optimizer', qualified: optimizer.qualified };
  if (unread !== null) return { kind: 'unread-rate', ...unread };
  if (gradient.rewritten !== null) return { kind: 'unread-rate', ...gradient.rewritten };
  if (gradient.unread !== null) return { kind: 'unread-gradient', ...gradient.unread };
  const { clipped, scaled } = update?.kind === 'sgd' ? gradient : NEITHER;
  if (clipped !== null) return { kind: 'clipped', ...clipped };
  if (scaled !== null) return { kind: 'unread-gradient', ...scaled };
  return perhaps ? { kind: 'perhaps-no-group' } : null;
}

const NEITHER = { clipped: null, scaled: null };
