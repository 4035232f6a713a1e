import { isWithinQuantity } from '../../growth/made-in-rounds.ts';
import { sameQuantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { InitCondition, InitWrite } from '../../network/init.ts';
import type { Frozen } from '../../network/layer.ts';
import type { Span } from '../../syntax/span.ts';

/** What has become of one parameter. */
export interface ParameterState {
  /** What may have initialized it last; null for its default. */
  readonly writes: readonly InitWrite[] | null;
  /** Whether it is computed from something else, so that no initializer of its own says what it is. */
  readonly sealed: boolean;
  /** Whether it is kept from being trained. */
  readonly frozen: Frozen;
}

/** What is so of either. */
export function eitherFrozen(one: Frozen, other: Frozen): Frozen {
  return one === other ? one : 'perhaps';
}

function isFrozenWithin(now: Frozen, before: Frozen): boolean {
  return eitherFrozen(now, before) === before;
}

/** Of a parameter that is as its layer makes it. */
export const UNTOUCHED: ParameterState = { writes: null, sealed: false, frozen: false };

/** Stands for a layer's default until the layer is at hand. */
export const DEFAULT: InitWrite = { std: UNKNOWN_QUANTITY, kind: 'unknown', span: null, by: 'default' };

/** Whether all that may have become of it was so before. */
export function isStateWithin(now: ParameterState, before: ParameterState): boolean {
  if ((now.sealed && !before.sealed) || !isFrozenWithin(now.frozen, before.frozen)) return false;
  const known = before.writes ?? [DEFAULT];
  return (now.writes ?? [DEFAULT]).every((write) =>
    known.some(
      (other) => isSameWrite(write, other) || (!isDefault(other) && isWithinQuantity(write.std, other.std)),
    ),
  );
}

/** Whether two parameters start alike. */
export function areSameWrites(one: readonly InitWrite[], other: readonly InitWrite[]): boolean {
  const isAmongAll = (all: readonly InitWrite[]) => (write: InitWrite) =>
    all.some((known) => isSameWrite(write, known));
  return one.every(isAmongAll(other)) && other.every(isAmongAll(one));
}

/** Whether all that has become of it is that code which is not read may have made it anything. */
export function isHandedOver(now: ParameterState, before: ParameterState): boolean {
  if (now.sealed !== before.sealed || now.frozen !== before.frozen || now.writes === null) return false;
  const known = before.writes ?? [DEFAULT];
  return now.writes.every((write) => write.by === UNREAD || isAmong(write, known));
}

/** A parameter that each round initializes in another way: by the last line that does, as no default is unknown. */
export function movedState({ writes, sealed, frozen }: ParameterState): ParameterState {
  const last = (writes ?? []).findLast((write) => !isDefault(write));
  if (last === undefined) return { writes, sealed, frozen };
  return { writes: [{ ...last, std: UNKNOWN_QUANTITY, kind: 'unknown' }], sealed, frozen };
}

/** What may have become of it on either of two ways: one of the two states where it holds the other. */
export function eitherState(left: ParameterState, right: ParameterState): ParameterState {
  if (holds(left, right)) return left;
  if (holds(right, left) && startsWith(right.writes, left.writes ?? [DEFAULT])) return right;
  return {
    writes: (right.writes ?? [DEFAULT]).reduce(withWrite, left.writes ?? [DEFAULT]),
    sealed: left.sealed || right.sealed,
    frozen: eitherFrozen(left.frozen, right.frozen),
  };
}

/** What may have become of it on the two ways of a condition: what only one of them has is known by the condition. */
export function stateByGuard(
  left: ParameterState,
  right: ParameterState,
  test: InitCondition,
): ParameterState {
  const [mine, theirs] = [left.writes ?? [DEFAULT], right.writes ?? [DEFAULT]];
  const opposite = { ...test, holds: !test.holds };
  return eitherState(
    { ...left, writes: mine.map((write) => conditional(write, theirs, test)) },
    { ...right, writes: theirs.map((write) => conditional(write, mine, opposite)) },
  );
}

/** More conditions than initialization asks for. */
const MAX_CONDITIONS = 4;

function conditional(write: InitWrite, others: readonly InitWrite[], test: InitCondition): InitWrite {
  const { when = [], ...always } = write;
  const same = others.find((other) => isSameWrite(other, write));
  if (same === undefined) return when.length < MAX_CONDITIONS ? { ...always, when: [...when, test] } : write;
  return areSameConditions(when, same.when ?? []) ? write : always;
}

function areSameConditions(one: readonly InitCondition[], other: readonly InitCondition[]): boolean {
  return (
    one.length === other.length &&
    one.every(({ guard, holds: isTrue }, at) => guard === other[at]?.guard && isTrue === other[at]?.holds)
  );
}

function holds({ writes, sealed, frozen }: ParameterState, other: ParameterState): boolean {
  if ((other.sealed && !sealed) || !isFrozenWithin(other.frozen, frozen) || writes === null) return false;
  return writes === other.writes || (other.writes ?? [DEFAULT]).every((write) => isAmong(write, writes));
}

function startsWith(writes: ParameterState['writes'], first: readonly InitWrite[]): boolean {
  return first.every((write, index) => {
    const there = writes?.[index];
    return there !== undefined && isSameWrite(there, write);
  });
}

/** More starts than code gives one parameter; what a loop makes of it, round by round, has no end. */
const MOST_WRITES = 32;

/** With a write beside them, unless one just like it is there: a line that runs again adds nothing. */
export function withWrite(writes: readonly InitWrite[], write: InitWrite): readonly InitWrite[] {
  if (isAmong(write, writes)) return writes;
  if (writes.length < MOST_WRITES) return [...writes, write];
  return writes.some(({ by }) => by === UNREAD)
    ? writes
    : [...writes, { std: UNKNOWN_QUANTITY, kind: 'unknown', span: write.span, by: UNREAD }];
}

function isAmong(write: InitWrite, writes: readonly InitWrite[]): boolean {
  return writes.includes(write) || writes.some((other) => isSameWrite(other, write));
}

function isSameWrite(one: InitWrite, other: InitWrite): boolean {
  if (one === other) return true;
  if (isDefault(one) && isDefault(other)) return isSameDefault(one, other);
  return (
    one.by === other.by &&
    one.mayBeLeft === other.mayBeLeft &&
    one.span !== null &&
    one.span.start === other.span?.start &&
    sameQuantity(one.std, other.std)
  );
}

/** The defaults of two parameters are known where a condition decides which of the two one is. */
function isSameDefault({ std: one }: InitWrite, { std: other }: InitWrite): boolean {
  return one.op === 'unknown' || other.op === 'unknown' || sameQuantity(one, other);
}

/** Whether it is the layer's own default, whether that is known or not. */
export function isDefault({ span, by }: InitWrite): boolean {
  return span === null && by === DEFAULT.by;
}

/** Whether something sets initial values, which is more than that they may have become others. */
export function isInitializer(write: InitWrite): boolean {
  return write.by !== UNREAD && write.by !== LOADED;
}

/** By what weights are set that come from a run before. */
export const LOADED = 'a loaded state';

/** By what a model starts that is its own base, and so is the same with or without base shapes. */
export const OWN_SHAPES = 'its own base shapes';

/** What a run starts with that does not go on with an earlier one: that one started so, too. */
export function withoutLoaded(writes: readonly InitWrite[]): readonly InitWrite[] {
  return without(({ by }) => by === LOADED, writes);
}

/** What a model starts with that scales from its base shapes, where it may have some. */
export function withoutOwnShapes(writes: readonly InitWrite[]): readonly InitWrite[] {
  return without(({ by }) => by === OWN_SHAPES, writes);
}

/** What a layer starts with whose own default is not what starts it. */
export function withoutDefault(writes: readonly InitWrite[]): readonly InitWrite[] {
  return without(isDefault, writes);
}

function without(isLeft: (write: InitWrite) => boolean, writes: readonly InitWrite[]): readonly InitWrite[] {
  const leftOut = writes.filter(isLeft);
  if (leftOut.length === 0 || leftOut.length === writes.length) return writes;
  const guards = new Set(leftOut.flatMap(({ when = [] }) => when.map(({ guard }) => guard)));
  return writes.flatMap(({ when, ...write }) => {
    if (isLeft(write)) return [];
    const others = (when ?? []).filter(({ guard }) => !guards.has(guard));
    return [others.length === 0 ? write : { ...write, when: others }];
  });
}

/** By what is set that is set by something that is not read. */
export const UNREAD = 'something that is not read';

/** Initial values that come from somewhere that is not read. */
export function unreadInit(span: Span): InitWrite {
  return { std: UNKNOWN_QUANTITY, kind: 'unknown', span, by: UNREAD };
}
