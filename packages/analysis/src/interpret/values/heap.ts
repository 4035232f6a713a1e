import type { Budget } from '../../budget.ts';
import type { Layer } from '../../network/layer.ts';
import type { Attribute, Attributes, Likeness } from './attribute-state.ts';
import { type IdMap, NO_IDS } from './id-map.ts';
import { type Meeting, WAYS } from './meeting.ts';
import { ObjectStore } from './object-store.ts';
import { type HandedParameters, ParameterStore } from './parameter-store.ts';
import { followedBy, joinedChanges, NO_CHANGES, type PartChanges, widenedChanges } from './part-changes.ts';
import type { Value } from './value.ts';

/** Under what the store keeps what is noted of modules and gradients; no object has it, as ids begin at 1. */
export const LEDGER = 0;

type Made = 'layer' | 'object';

/** What assignments have made of objects, containers and parameters so far. Forked where the code forks. */
export class Heap {
  /** The layers and objects that have been made. */
  private made: IdMap<Made> = NO_IDS;
  private layers = 0;
  /** What has become of lists and dicts since the running function was called. */
  private changes: PartChanges = NO_CHANGES;

  readonly parameters: ParameterStore;
  private readonly objects: ObjectStore;
  private readonly budget: Budget;
  /** What other modules have made, of which this one has changed nothing yet. */
  private readonly elsewhere: Heap | null;

  /** @param from the heap that it is forked off, or, for an empty one, whose work it is */
  constructor(from: Heap | Budget, elsewhere: Heap | null = null) {
    this.budget = from instanceof Heap ? from.budget : from;
    this.elsewhere = from instanceof Heap ? from.elsewhere : elsewhere;
    this.objects = new ObjectStore(from instanceof Heap ? from.objects : from, this.elsewhere?.objects);
    this.parameters = new ParameterStore(this.budget);
    if (from instanceof Heap) this.become(from);
  }

  private become(other: Heap): void {
    this.objects.become(other.objects);
    this.parameters.become(other.parameters);
    this.made = other.made;
    this.layers = other.layers;
    this.changes = other.changes;
  }

  /** Whether nothing has happened to one that has not to the other. */
  isSameAs(other: Heap): boolean {
    return (
      this.objects.isSameAs(other.objects) &&
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
      this.objects.isSameAs(since.objects) ||
      this.objects.changesFrom(since.objects).every(({ id }) => id > horizon)
    );
  }

  /**
   * The parameters that code which is not read was handed since; null where more has happened, but to the ledger.
   *
   * @param matters whether anybody but what has run since holds a list, dict or tensor that it has changed
   */
  onlyHanded(since: Heap, matters: (part: Value) => boolean): HandedParameters | null {
    const changed = this.objects.changesFrom(since.objects);
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
    return this.objects.changesFrom(since.objects).flatMap(({ id, now }) => {
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
    return this.objects.attributes(id);
  }

  setAttribute(id: number, name: string, attribute: Attribute): void {
    this.objects.setAttribute(id, name, attribute);
  }

  /** Lets each attribute have what has become of the lists and dicts it holds, and notes that for the callers. */
  replace(changes: Map<Value, Value>): void {
    this.objects.replace(changes);
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
    return (
      this.objects.isWithin(earlier.objects, isWithin) &&
      this.parameters.movedFrom(earlier.parameters, earlier.made).length === 0
    );
  }

  /** Whether no object has more or fewer attributes than it had there. */
  isAsLargeAs(earlier: Heap): boolean {
    return this.objects.isAsLargeAs(earlier.objects);
  }

  /** Leaves unknown what is no longer as it was: `top` gives what stands for it, null where it has not moved. */
  widen(later: Heap, top: (value: Value, before: Value) => Value | null): boolean {
    if (later.isSameAs(this)) return false;
    const movesObjects = this.objects.widen(later.objects, top);
    const movesParameters = this.parameters.widen(later.parameters, this.made);
    this.changes = widenedChanges(this.changes, later.changes);
    return movesObjects || movesParameters;
  }

  /** Takes over what a later round has of the same kind. */
  align(later: Heap, areAlike: Likeness): void {
    this.objects.align(later.objects, areAlike);
    this.parameters.align(later.parameters);
  }

  private joinOne(other: Heap, meeting: Meeting): void {
    this.objects.join(other.objects, {
      meeting,
      isHere: (id) => this.isThere(id),
      isThere: (id) => other.isThere(id),
    });
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
}
