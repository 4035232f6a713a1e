import type { Budget } from '../../budget.ts';

/** Places of one level of the tree, and how many bits of an id choose one. */
const PLACES = 32;
const BITS = 5;

/** The subtrees of a level, or, at the lowest one, the values. */
type Level<T> = readonly (Level<T> | T | undefined)[];

const NOTHING: Level<never> = [];

/**
 * A map from ids that never changes: setting answers another one, which shares with it all but the way to one place.
 *
 * So a fork costs nothing, and comparing what two forks have become skips what neither has set.
 */
export class IdMap<T> {
  readonly size: number;
  private readonly root: Level<T>;
  /** How many bits of an id are below the root's. */
  private readonly shift: number;

  constructor();
  constructor(root: Level<T>, shift: number, size: number);
  constructor(root: Level<T> = NOTHING, shift = 0, size = 0) {
    this.root = root;
    this.shift = shift;
    this.size = size;
  }

  get(id: number): T | undefined {
    if (id >>> this.shift >= PLACES) return undefined;
    let level = this.root;
    for (let shift = this.shift; shift > 0; shift -= BITS) {
      const below = level[(id >>> shift) % PLACES];
      if (below === undefined) return undefined;
      // SAFETY: above the lowest level there are levels alone.
      level = below as Level<T>;
    }
    // SAFETY: at the lowest level there are values alone.
    return level[id % PLACES] as T | undefined;
  }

  has(id: number): boolean {
    return this.get(id) !== undefined;
  }

  set(id: number, value: T): IdMap<T> {
    let [root, shift] = [this.root, this.shift];
    for (; id >>> shift >= PLACES; shift += BITS) root = [root];
    return new IdMap(replaced(root, shift, { id, value }), shift, this.size + (this.has(id) ? 0 : 1));
  }

  without(id: number): IdMap<T> {
    if (!this.has(id)) return this;
    return new IdMap(replaced(this.root, this.shift, { id, value: undefined }), this.shift, this.size - 1);
  }

  entries(): readonly (readonly [number, T])[] {
    const found: (readonly [number, T])[] = [];
    collect(this.root, { shift: this.shift, first: 0 }, found);
    return found;
  }

  /** The places in which two maps differ, the lowest id first; each is counted as work. */
  changesFrom(before: IdMap<T>, budget: Budget): readonly IdChange<T>[] {
    const changes: IdChange<T>[] = [];
    if (this.root !== before.root) {
      const shift = Math.max(this.shift, before.shift);
      compare(this.lifted(shift), before.lifted(shift), { shift, first: 0 }, changes);
    }
    budget.spend(changes.length);
    return changes;
  }

  private lifted(shift: number): Level<T> {
    let { root } = this;
    for (let from = this.shift; from < shift; from += BITS) root = [root];
    return root;
  }
}

/** The map that has nothing. */
export const NO_IDS: IdMap<never> = new IdMap();

/** What one map has at a place where another has something else; undefined for nothing. */
export interface IdChange<T> {
  readonly id: number;
  readonly now: T | undefined;
  readonly before: T | undefined;
}

function replaced<T>(
  level: Level<T>,
  shift: number,
  entry: { readonly id: number; readonly value: T | undefined },
): Level<T> {
  const copy = level.slice();
  const at = (entry.id >>> shift) % PLACES;
  while (copy.length < at) copy.push(undefined);
  // SAFETY: as in `get`.
  copy[at] = shift === 0 ? entry.value : replaced((level[at] ?? NOTHING) as Level<T>, shift - BITS, entry);
  return copy;
}

function collect<T>(level: Level<T>, { shift, first }: Place, found: (readonly [number, T])[]): void {
  for (let at = 0; at < level.length; at++) {
    const below = level[at];
    if (below === undefined) continue;
    const id = first + at * 2 ** shift;
    // SAFETY: as in `get`.
    if (shift === 0) found.push([id, below as T]);
    else collect(below as Level<T>, { shift: shift - BITS, first: id }, found);
  }
}

/** Where a level stands in a tree. */
interface Place {
  readonly shift: number;
  /** The id of the first place. */
  readonly first: number;
}

function compare<T>(now: Level<T>, before: Level<T>, { shift, first }: Place, changes: IdChange<T>[]): void {
  const length = Math.max(now.length, before.length);
  for (let at = 0; at < length; at++) {
    const mine = now[at];
    const theirs = before[at];
    if (mine === theirs) continue;
    const id = first + at * 2 ** shift;
    // SAFETY: as in `get`.
    if (shift === 0) changes.push({ id, now: mine as T | undefined, before: theirs as T | undefined });
    else {
      const below = { shift: shift - BITS, first: id };
      compare((mine ?? NOTHING) as Level<T>, (theirs ?? NOTHING) as Level<T>, below, changes);
    }
  }
}
