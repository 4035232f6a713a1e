import type { Budget } from '../../budget.ts';
import type { Layer } from '../../network/layer.ts';
import {
  type Attribute,
  type Attributes,
  joinedAttributes,
  type Likeness,
  movedIn,
} from './attribute-state.ts';
import { optionsOf } from './either.ts';
import { type IdMap, NO_IDS } from './id-map.ts';
import { type Meeting, WAYS } from './meeting.ts';
import { type HandedParameters, ParameterStore } from './parameter-store.ts';
import { followedBy, joinedChanges, NO_CHANGES, type PartChanges, widenedChanges } from './part-changes.ts';
import { isList, notePartsIn, replacing } from './replaced-parts.ts';
import type { Value } from './value.ts';
import { sizeOf } from './value-size.ts';

/** Under what the store keeps what is noted of modules and gradients; no object has it, as ids begin at 1. */
export const LEDGER = 0;

type Made = 'layer' | 'object';

/** How many parts of a value are gone through for a unit of work. */
const PARTS = 8;

/** What assignments have made of objects, containers and parameters so far. Forked where the code forks. */
export class Heap {
  private objects: IdMap<Attributes> = NO_IDS;
  /** Those of them that may hold lists or dicts. */
  private holders: IdMap<true> = NO_IDS;
  /** The layers and objects that have been made. */
  private made: IdMap<Made> = NO_IDS;
  private layers = 0;
  /** The objects whose attributes no other heap has: these are set in place. */
  private owned: Set<number> | null = null;
  /** What has become of lists and dicts since the running function was called. */
  private changes: PartChanges = NO_CHANGES;

  readonly parameters: ParameterStore;
  private readonly budget: Budget;
  /** The lists and dicts that an attribute has held on any way so far, in others too; no object has any other. */
  private readonly held: WeakSet<Value>;
  /** What other modules have made, of which this one has changed nothing yet. */
  private readonly elsewhere: Heap | null;

  /** @param from the heap that it is forked off, or, for an empty one, whose work it is */
  constructor(from: Heap | Budget, elsewhere: Heap | null = null) {
    this.budget = from instanceof Heap ? from.budget : from;
    this.elsewhere = from instanceof Heap ? from.elsewhere : elsewhere;
    this.held = from instanceof Heap ? from.held : new WeakSet();
    this.parameters = new ParameterStore(this.budget);
    if (from instanceof Heap) this.become(from);
  }

  private become(other: Heap): void {
    this.objects = other.objects;
    this.holders = other.holders;
    this.parameters.become(other.parameters);
    this.made = other.made;
    this.layers = other.layers;
    this.changes = other.changes;
    this.owned = null;
    other.owned = null;
  }

  /** Whether nothing has happened to one that has not to the other. */
  isSameAs(other: Heap): boolean {
    return (
      this.objects === other.objects &&
      this.parameters.isSameAs(other.parameters) &&
      this.changes === other.changes
    );
  }

  /**
   * Whether all that was there then is as it was, but maybe lists and dicts that do not matter.
   *
   * @param horizon what has been made since has larger ids
   */
  hasLeftAlone(since: Heap, horizon: number, matters: (list: Value) => boolean): boolean {
    const isSame = ([before, after]: readonly [Value, Value]) => since.changes.get(before) === after;
    return (
      this.parameters.isSameAs(since.parameters) &&
      ![...this.changes].some((change) => !isSame(change) && change.some(matters)) &&
      this.hasOnlyNewObjects(since, horizon)
    );
  }

  /**
   * Whether nothing has happened since to what was there then, but maybe to lists and dicts that do not matter.
   *
   * @param horizon what has been made since has larger ids
   */
  hasOnlyMade(since: Heap, horizon: number, matters: (list: Value) => boolean): boolean {
    return (
      this.parameters.isSameAs(since.parameters) &&
      ![...this.changes].flat().some(matters) &&
      this.hasOnlyNewObjects(since, horizon)
    );
  }

  private hasOnlyNewObjects(since: Heap, horizon: number): boolean {
    return (
      this.objects === since.objects ||
      this.objects.changesFrom(since.objects, this.budget).every(({ id }) => id > horizon)
    );
  }

  /**
   * The parameters that code which is not read was handed since; null where more has happened, but to the ledger.
   *
   * @param matters whether anybody but what has run since holds a list, dict or tensor that it has changed
   */
  onlyHanded(since: Heap, matters: (part: Value) => boolean): HandedParameters | null {
    const changed = this.objects.changesFrom(since.objects, this.budget);
    if (changed.some(({ id }) => id !== LEDGER)) return null;
    for (const [before, after] of this.changes)
      if (since.changes.get(before) !== after && (since.changes.has(before) || matters(before))) return null;
    for (const before of since.changes.keys()) if (!this.changes.has(before)) return null;
    return this.parameters.onlyHanded(since.parameters);
  }

  /** Notes that a layer is there from now on. */
  makeLayer({ id }: Layer): void {
    this.made = this.made.set(id, 'layer');
    this.layers++;
  }

  /** Notes that an object is there from now on. */
  makeObject(id: number): void {
    this.made = this.made.set(id, 'object');
  }

  /** Which attributes have been set since of objects that were there then, by the objects' ids. */
  setSince(since: Heap): readonly (readonly [id: number, names: readonly string[]])[] {
    return this.objects.changesFrom(since.objects, this.budget).flatMap(({ id, now }) => {
      if (now === undefined || !since.hasMade(id)) return [];
      const before = since.attributes(id);
      return [[id, [...now.keys()].filter((name) => now.get(name) !== before.get(name))] as const];
    });
  }

  private hasMade(id: number): boolean {
    return this.made.has(id) || this.elsewhere?.hasMade(id) === true;
  }

  /** Whether it has been made here, or is there from the beginning. */
  private isThere(id: number): boolean {
    return id === LEDGER || this.made.has(id);
  }

  get layerCount(): number {
    return this.layers;
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

  /** Lets each attribute have what has become of the lists and dicts it holds, and notes that for the callers. */
  replace(changes: Map<Value, Value>): void {
    // A number may be an entry of a tensor, which any object may have.
    const isAnywhere = [...changes.keys()].some(({ kind }) => kind === 'number');
    if ([...changes.keys()].every((one) => isList(one) && !this.held.has(one))) {
      this.addChanges(changes);
      return;
    }
    const replaced = replacing(changes);
    for (const [id] of (isAnywhere ? this.objects : this.holders).entries()) {
      this.budget.spend(1);
      for (const [name, attribute] of this.attributes(id)) {
        this.budget.spend(sizeOf(attribute.value) / PARTS);
        const value = replaced(attribute.value);
        if (value !== attribute.value) this.setAttribute(id, name, { ...attribute, value });
      }
    }
    this.addChanges(changes);
  }

  /** What has become of the lists and dicts that were there when the running function was called; forgets it. */
  takeChanges(): PartChanges {
    const taken = this.changes;
    this.changes = NO_CHANGES;
    return taken;
  }

  /** Notes what has become of lists and dicts, some of which may be what others have become. */
  addChanges(changes: PartChanges): void {
    if (changes.size === 0) return;
    if (this.changes.size === 0) {
      // The same map, so that a heap in which nothing happens meanwhile is seen to be the same.
      this.changes = changes;
      return;
    }
    this.budget.spend(this.changes.size + changes.size);
    this.changes = followedBy(this.changes, changes);
  }

  /** Takes over what happened in the alternatives that this heap was forked into: all that may be. */
  join(alternatives: readonly Heap[], meeting: Meeting = WAYS): void {
    const [first, ...rest] = alternatives;
    if (first === undefined) return;
    this.become(first);
    const how = rest.length > 1 ? WAYS : meeting;
    for (const other of rest) if (!other.isSameAs(first)) this.joinOne(other, how);
  }

  /** Whether all attributes and initial values here were known there, too. */
  isWithin(earlier: Heap, isWithin: Likeness): boolean {
    if (this.isSameAs(earlier)) return true;
    const movesOne = this.objects
      .changesFrom(earlier.objects, this.budget)
      .some(
        ({ now, before }) =>
          now !== undefined && before !== undefined && movedIn(now, before, isWithin).length > 0,
      );
    return !movesOne && this.parameters.movedFrom(earlier.parameters, earlier.made).length === 0;
  }

  /** Whether no object has more or fewer attributes than it had there. */
  isAsLargeAs(earlier: Heap): boolean {
    return this.objects
      .changesFrom(earlier.objects, this.budget)
      .every(({ now, before }) => before === undefined || now?.size === before.size);
  }

  /** Leaves unknown what is no longer as it was: `top` gives what stands for it, null where it has not moved. */
  widen(later: Heap, top: (value: Value, before: Value) => Value | null): boolean {
    if (later.isSameAs(this)) return false;
    let hasMoved = false;
    for (const { id, now: after, before: attributes } of later.objects.changesFrom(
      this.objects,
      this.budget,
    )) {
      if (after === undefined || attributes === undefined) continue;
      for (const [name, { value, span }] of movedIn(
        after,
        attributes,
        (now, before) => top(now, before) === null,
      )) {
        const before = attributes.get(name)?.value;
        this.setAttribute(id, name, {
          value: before === undefined ? value : (top(value, before) ?? value),
          span,
        });
        hasMoved = true;
      }
    }
    if (this.parameters.widen(later.parameters, this.made)) hasMoved = true;
    this.changes = widenedChanges(this.changes, later.changes);
    return hasMoved;
  }

  /** Takes over what a later round has of the same kind. */
  align(later: Heap, areAlike: Likeness): void {
    for (const { id, now: after, before: attributes } of later.objects.changesFrom(
      this.objects,
      this.budget,
    )) {
      if (after === undefined || attributes === undefined) continue;
      for (const [name, { value }] of attributes) {
        const now = after.get(name);
        if (now !== undefined && now.value !== value && areAlike(now.value, value)) {
          this.setAttribute(id, name, now);
        }
      }
    }
    this.parameters.align(later.parameters);
  }

  private joinOne(other: Heap, meeting: Meeting): void {
    other.owned = null;
    this.joinHolders(other);
    this.joinObjects(other, meeting);
    this.parameters.join(other.parameters, { meeting, here: this.made, there: other.made });
    this.joinMade(other);
    this.changes = joinedChanges(this.changes, other.changes, { meeting, budget: this.budget });
  }

  private joinMade(other: Heap): void {
    for (const { id, now, before } of other.made.changesFrom(this.made, this.budget)) {
      if (now === undefined || before !== undefined) continue;
      this.made = this.made.set(id, now);
      if (now === 'layer') this.layers++;
    }
  }

  private joinHolders(other: Heap): void {
    for (const { id, now } of this.holders.changesFrom(other.holders, this.budget)) {
      if (now === undefined) this.holders = this.holders.set(id, true);
    }
  }

  private joinObjects(other: Heap, meeting: Meeting): void {
    for (const { id, now, before } of this.objects.changesFrom(other.objects, this.budget)) {
      const unchanged = this.elsewhere?.objects.get(id);
      const mine = now ?? unchanged ?? (this.isThere(id) ? NONE_SO_FAR : before);
      const theirs = before ?? unchanged ?? (other.isThere(id) ? NONE_SO_FAR : now);
      if (mine === undefined || theirs === undefined) continue;
      const joined = mine === theirs ? theirs : this.joinedOf(mine, theirs, meeting);
      if (joined !== now) this.objects = this.objects.set(id, joined);
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

const NONE_SO_FAR: Attributes = new Map();
