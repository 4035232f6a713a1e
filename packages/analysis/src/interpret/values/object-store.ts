import type { Budget } from '../../budget.ts';
import {
  type Attribute,
  type Attributes,
  joinedAttributes,
  type Likeness,
  movedIn,
} from './attribute-state.ts';
import { optionsOf } from './either.ts';
import { type IdMap, NO_IDS } from './id-map.ts';
import type { Meeting } from './meeting.ts';
import { isList, notePartsIn, replacing } from './replaced-parts.ts';
import type { Value } from './value.ts';
import { sizeOf } from './value-size.ts';

/** How many parts of a value are gone through for a unit of work. */
const PARTS = 8;

const NONE_SO_FAR: Attributes = new Map();

/** An object whose attributes have changed; `before` and `now` are undefined where it was not there, or is not. */
interface ObjectChange {
  readonly id: number;
  readonly now: Attributes | undefined;
  readonly before: Attributes | undefined;
}

/** Two ways that meet, and whether an object is there on each of them, maybe without attributes. */
interface Ways {
  readonly meeting: Meeting;
  readonly isHere: (id: number) => boolean;
  readonly isThere: (id: number) => boolean;
}

/** What assignments have made of the attributes of objects and of the items of containers so far, by the objects' ids. */
export class ObjectStore {
  private objects: IdMap<Attributes> = NO_IDS;
  /** Those of them that may hold lists or dicts. */
  private holders: IdMap<true> = NO_IDS;
  /** The objects whose attributes no other store has: these are set in place. */
  private owned: Set<number> | null = null;
  private readonly budget: Budget;
  /** The lists and dicts that an attribute has held on any way so far, in others too; no object has any other. */
  private readonly held: WeakSet<Value>;
  /** What other modules have made, of which this one has changed nothing yet. */
  private readonly elsewhere: ObjectStore | null;

  /** @param from the store that it is forked off, or, for an empty one, whose work it is */
  constructor(from: ObjectStore | Budget, elsewhere: ObjectStore | null = null) {
    this.budget = from instanceof ObjectStore ? from.budget : from;
    this.elsewhere = from instanceof ObjectStore ? from.elsewhere : elsewhere;
    this.held = from instanceof ObjectStore ? from.held : new WeakSet();
  }

  become(other: ObjectStore): void {
    this.objects = other.objects;
    this.holders = other.holders;
    this.owned = null;
    other.owned = null;
  }

  /** Whether nothing has happened to one that has not to the other. */
  isSameAs(other: ObjectStore): boolean {
    return this.objects === other.objects;
  }

  changesFrom(earlier: ObjectStore): readonly ObjectChange[] {
    return this.objects.changesFrom(earlier.objects, this.budget);
  }

  attributes(id: number): Attributes {
    return this.objects.get(id) ?? this.elsewhere?.attributes(id) ?? NONE_SO_FAR;
  }

  setAttribute(id: number, name: string, attribute: Attribute): void {
    const before = this.attributes(id);
    if (!this.holders.has(id) && this.holdsParts(id, attribute)) this.holders = this.holders.set(id, true);
    notePartsIn(attribute.value, this.held);
    if (this.owned?.has(id) === true) {
      // SAFETY: what is owned was made here.
      (before as Map<string, Attribute>).set(name, attribute);
      return;
    }
    this.budget.spend(before.size);
    if (!this.objects.has(id)) for (const { value } of before.values()) notePartsIn(value, this.held);
    this.objects = this.objects.set(id, new Map(before).set(name, attribute));
    this.owned ??= new Set();
    this.owned.add(id);
  }

  /** Whether an object may hold lists or dicts with another attribute; of one from elsewhere the others are asked, too. */
  private holdsParts(id: number, attribute: Attribute): boolean {
    if (mayHoldParts(attribute.value)) return true;
    if (this.objects.has(id)) return false;
    return [...this.attributes(id).values()].some(({ value }) => mayHoldParts(value));
  }

  /** Lets each attribute have what has become of the lists and dicts it holds; of containers of such these are added. */
  replace(changes: Map<Value, Value>): void {
    if ([...changes.keys()].every((one) => isList(one) && !this.held.has(one))) return;
    // A number may be an entry of a tensor, which any object may have.
    const isAnywhere = [...changes.keys()].some(({ kind }) => kind === 'number');
    const replaced = replacing(changes);
    for (const [id] of (isAnywhere ? this.objects : this.holders).entries()) {
      this.budget.spend(1);
      for (const [name, attribute] of this.attributes(id)) {
        this.budget.spend(sizeOf(attribute.value) / PARTS);
        const value = replaced(attribute.value);
        if (value !== attribute.value) this.setAttribute(id, name, { ...attribute, value });
      }
    }
  }

  /** Whether all attributes of what was there were known there, too. */
  isWithin(earlier: ObjectStore, isWithin: Likeness): boolean {
    return this.changesFrom(earlier).every(
      ({ now, before }) =>
        now === undefined || before === undefined || movedIn(now, before, isWithin).length === 0,
    );
  }

  /** Whether no object has more or fewer attributes than it had there. */
  isAsLargeAs(earlier: ObjectStore): boolean {
    return this.changesFrom(earlier).every(
      ({ now, before }) => before === undefined || now?.size === before.size,
    );
  }

  /**
   * Leaves unknown what is no longer as it was; answers whether anything is so.
   *
   * @param top what stands for a value that was another one before, null where it has not moved
   */
  widen(later: ObjectStore, top: (value: Value, before: Value) => Value | null): boolean {
    let hasMoved = false;
    for (const { id, now: after, before: attributes } of later.changesFrom(this)) {
      if (after === undefined || attributes === undefined) continue;
      const moved = movedIn(after, attributes, (now, before) => top(now, before) === null);
      for (const [name, { value, span }] of moved) {
        const before = attributes.get(name)?.value;
        const wide = before === undefined ? value : (top(value, before) ?? value);
        this.setAttribute(id, name, { value: wide, span });
        hasMoved = true;
      }
    }
    return hasMoved;
  }

  /** Takes over what a later round has of the same kind. */
  align(later: ObjectStore, areAlike: Likeness): void {
    for (const { id, now: after, before: attributes } of later.changesFrom(this)) {
      if (after === undefined || attributes === undefined) continue;
      for (const [name, { value }] of attributes) {
        const now = after.get(name);
        if (now !== undefined && now.value !== value && areAlike(now.value, value)) {
          this.setAttribute(id, name, now);
        }
      }
    }
  }

  /** Takes over what may have happened on another way. */
  join(other: ObjectStore, { meeting, isHere, isThere }: Ways): void {
    other.owned = null;
    this.joinHolders(other);
    for (const { id, now, before } of this.changesFrom(other)) {
      const unchanged = this.elsewhere?.objects.get(id);
      const mine = now ?? unchanged ?? (isHere(id) ? NONE_SO_FAR : before);
      const theirs = before ?? unchanged ?? (isThere(id) ? NONE_SO_FAR : now);
      if (mine === undefined || theirs === undefined) continue;
      const joined = mine === theirs ? theirs : this.joinedOf(mine, theirs, meeting);
      if (joined !== now) this.objects = this.objects.set(id, joined);
    }
  }

  private joinHolders(other: ObjectStore): void {
    for (const { id, now } of this.holders.changesFrom(other.holders, this.budget)) {
      if (now === undefined) this.holders = this.holders.set(id, true);
    }
  }

  private joinedOf(mine: Attributes, theirs: Attributes, meeting: Meeting): Attributes {
    this.budget.spend(2 * (mine.size + theirs.size));
    const joined = joinedAttributes(mine, theirs, meeting);
    for (const { value } of joined.values()) notePartsIn(value, this.held);
    return joined;
  }
}

/** Whether a value is a list or dict, or may be one; a tensor is changed in place, too. */
function mayHoldParts(value: Value): boolean {
  return optionsOf(value).some(({ kind }) => kind === 'list' || kind === 'dict' || kind === 'tensor');
}
