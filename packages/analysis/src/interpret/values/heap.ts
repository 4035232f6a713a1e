import type { Budget } from '../../budget.ts';
import { UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { InitWrite } from '../../network/init.ts';
import { type Layer, type ParameterValue, parameterOf, parametersOf } from '../../network/layer.ts';
import type { Span } from '../../syntax/span.ts';
import {
  type Attribute,
  type Attributes,
  joinedAttributes,
  type Likeness,
  movedIn,
} from './attribute-state.ts';
import { either, optionsOf } from './either.ts';
import { type IdChange, IdMap } from './id-map.ts';
import { type Meeting, WAYS } from './meeting.ts';
import {
  DEFAULT,
  eitherState,
  isDefault,
  isStateWithin,
  movedState,
  type ParameterState,
  stateByGuard,
  UNTOUCHED,
  withWrite,
} from './parameter-state.ts';
import { replacing } from './replaced-parts.ts';
import { UNKNOWN, type Value } from './value.ts';
import { comparison, sizeOf } from './value-size.ts';

/** Whether a write surely happens, and to this one alone. */
export type Update = 'strong' | 'weak';

type Made = 'layer' | 'object';

/** How many parts of a value are gone through for a unit of work. */
const PARTS = 8;

const NO_CHANGES: ReadonlyMap<Value, Value> = new Map();

/** What assignments have made of objects, containers and parameters so far. Forked where the code forks. */
export class Heap {
  private objects = new IdMap<Attributes>();
  /** Those of them that may hold lists or dicts. */
  private holders = new IdMap<true>();
  /** By `keyOf`, as are the ties. */
  private parameters = new IdMap<ParameterState>();
  /** Parameters that are another one. */
  private ties = new IdMap<Tie>();
  /** Parameters that are one on some of the ways here, each with the others. */
  private loose = new IdMap<readonly ParameterValue[]>();
  /** The layers and objects that have been made. */
  private made = new IdMap<Made>();
  private layers = 0;
  /** The objects whose attributes no other heap has: these are set in place. */
  private owned: Set<number> | null = null;
  /** What has become of lists and dicts since the running function was called. */
  private changes: ReadonlyMap<Value, Value> = NO_CHANGES;

  private readonly budget: Budget;
  /** What other modules have made, of which this one has changed nothing yet. */
  private readonly elsewhere: Heap | null;

  /** @param from the heap that it is forked off, or, for an empty one, whose work it is */
  constructor(from: Heap | Budget, elsewhere: Heap | null = null) {
    this.budget = from instanceof Heap ? from.budget : from;
    this.elsewhere = from instanceof Heap ? from.elsewhere : elsewhere;
    if (from instanceof Heap) this.become(from);
  }

  private become(other: Heap): void {
    this.objects = other.objects;
    this.holders = other.holders;
    this.parameters = other.parameters;
    this.ties = other.ties;
    this.loose = other.loose;
    this.made = other.made;
    this.layers = other.layers;
    this.changes = other.changes;
    this.owned = null;
    other.owned = null;
  }

  /** Counts what going through that in which two maps differ takes. */
  private changed<T>(now: IdMap<T>, before: IdMap<T>): readonly IdChange<T>[] {
    const changes = now.changesFrom(before);
    this.budget.spend(changes.length);
    return changes;
  }

  /** Whether nothing has happened to one that has not to the other. */
  isSameAs(other: Heap): boolean {
    return (
      this.objects === other.objects &&
      this.parameters === other.parameters &&
      this.ties === other.ties &&
      this.loose === other.loose &&
      this.changes === other.changes
    );
  }

  /**
   * Whether nothing has happened since to what was there then, but maybe to lists and dicts that do not matter.
   *
   * @param horizon what has been made since has larger ids
   */
  hasOnlyMade(since: Heap, horizon: number, matters: (list: Value) => boolean): boolean {
    return (
      this.parameters === since.parameters &&
      this.ties === since.ties &&
      this.loose === since.loose &&
      ![...this.changes].flat().some(matters) &&
      (this.objects === since.objects ||
        this.changed(this.objects, since.objects).every(({ id }) => id > horizon))
    );
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

  get layerCount(): number {
    return this.layers;
  }

  attributes(id: number): Attributes {
    return this.objects.get(id) ?? this.elsewhere?.attributes(id) ?? NONE_SO_FAR;
  }

  setAttribute(id: number, name: string, attribute: Attribute): void {
    const before = this.attributes(id);
    if (!this.holders.has(id) && this.holdsParts(id, attribute)) this.holders = this.holders.set(id, true);
    if (this.owned?.has(id) === true) {
      // SAFETY: what is owned was made here.
      (before as Map<string, Attribute>).set(name, attribute);
      return;
    }
    this.budget.spend(before.size);
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
  takeChanges(): ReadonlyMap<Value, Value> {
    const taken = this.changes;
    this.changes = NO_CHANGES;
    return taken;
  }

  /** Notes what has become of lists and dicts, some of which may be what others have become. */
  addChanges(changes: ReadonlyMap<Value, Value>): void {
    if (changes.size === 0) return;
    this.budget.spend(this.changes.size + changes.size);
    const all = new Map<Value, Value>();
    const gone = new Set<Value>();
    for (const [before, after] of this.changes) {
      const options = optionsOf(after);
      for (const one of [after, ...options]) if (changes.has(one)) gone.add(one);
      const now = options.map((option) => changes.get(option) ?? option);
      const isSame = now.every((option, index) => option === options[index]);
      // A value that is made anew is another one to whoever joins it with what it was.
      all.set(before, changes.get(after) ?? (isSame ? after : either(now)));
    }
    // What a list has been in between nobody holds who is called later.
    for (const [before, after] of changes) if (!gone.has(before) && !all.has(before)) all.set(before, after);
    this.changes = all;
  }

  /** What may have initialized a parameter last; null for its default. */
  writes(parameter: ParameterValue): readonly InitWrite[] | null {
    return this.stateOf(parameter).writes;
  }

  /** A strong update of the whole parameter replaces what was there, any other stands beside it. */
  write(parameter: ParameterValue, write: InitWrite, update: Update): void {
    const before = update === 'strong' && parameter.part !== true ? [] : initOf(this, parameter);
    if (!this.stateOf(parameter).sealed) this.change(parameter, { writes: withWrite(before, write) });
    for (const other of this.perhapsSame(parameter)) {
      if (!this.stateOf(other).sealed) this.change(other, { writes: withWrite(initOf(this, other), write) });
    }
  }

  /** The parameters that a parameter may be, too, as a condition decides. */
  perhapsSame(parameter: ParameterValue): readonly ParameterValue[] {
    return this.loose.get(keyOf(parameter)) ?? [];
  }

  /** Lets the parameters of a copy be as those of the layer that it is a copy of, each by itself. */
  copyParameters(from: Layer, to: Layer): void {
    for (const parameter of parametersOf(from)) {
      const state = this.stateOf(parameter);
      if (state !== UNTOUCHED) this.change({ ...parameter, layer: to }, state);
    }
  }

  /** Whether a parameter starts here as it does elsewhere. */
  startsAs(other: Heap, parameter: ParameterValue): boolean {
    const [mine, theirs] = [this.stateOf(parameter), other.stateOf(parameter)];
    return mine === theirs || (isStateWithin(mine, theirs) && isStateWithin(theirs, mine));
  }

  /** Back to the layer's own default. */
  reset(parameter: ParameterValue): void {
    if (!this.stateOf(parameter).sealed) this.change(parameter, { writes: null });
  }

  /** What the parameter is comes from something that is not followed, whatever initializes it. */
  seal(parameter: ParameterValue, write: InitWrite): void {
    this.change(parameter, { writes: [write], sealed: true });
  }

  freeze(parameter: ParameterValue, frozen: boolean): void {
    this.change(parameter, { frozen });
  }

  isFrozen(parameter: ParameterValue): boolean {
    return this.stateOf(parameter).frozen;
  }

  /** From now on a parameter is another one. */
  tie(parameter: ParameterValue, { to, span }: Pick<Tie, 'to' | 'span'>): void {
    this.ties = this.ties.set(keyOf(parameter), { from: parameter, to: this.original(to), span });
  }

  /** The line that made a parameter another one; null where it is itself. */
  tiedAt(parameter: ParameterValue): Span | null {
    return this.ties.get(keyOf(parameter))?.span ?? null;
  }

  /** The parameter itself, or the one that it is tied to. */
  original(parameter: ParameterValue): ParameterValue {
    return this.ties.get(keyOf(parameter))?.to ?? parameter;
  }

  private stateOf(parameter: ParameterValue): ParameterState {
    return this.parameters.get(keyOf(this.original(parameter))) ?? UNTOUCHED;
  }

  private change(parameter: ParameterValue, change: Partial<ParameterState>): void {
    const state = { ...this.stateOf(parameter), ...change };
    this.parameters = this.parameters.set(keyOf(this.original(parameter)), state);
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
    const movesOne = this.changed(this.objects, earlier.objects).some(
      ({ now, before }) =>
        now !== undefined && before !== undefined && movedIn(now, before, isWithin).length > 0,
    );
    return !movesOne && this.parametersMovedFrom(earlier).length === 0;
  }

  /** Whether no object has more or fewer attributes than it had there. */
  isAsLargeAs(earlier: Heap): boolean {
    return this.changed(this.objects, earlier.objects).every(
      ({ now, before }) => before === undefined || now?.size === before.size,
    );
  }

  /** Leaves unknown what is no longer as it was: `top` gives what stands for it, null where it has not moved. */
  widen(later: Heap, top: (value: Value, before: Value) => Value | null): boolean {
    if (later.isSameAs(this)) return false;
    let hasMoved = false;
    for (const { id, now: after, before: attributes } of this.changed(later.objects, this.objects)) {
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
    for (const key of later.parametersMovedFrom(this)) {
      this.parameters = this.parameters.set(key, movedState(later.parameters.get(key) ?? UNTOUCHED));
      hasMoved = true;
    }
    this.widenChanges(later);
    return hasMoved;
  }

  /** A list or dict that a later round changes again may have become anything. */
  private widenChanges(later: Heap): void {
    if (this.changes === later.changes) return;
    const all = new Map(this.changes);
    for (const [key, value] of later.changes) {
      const known = all.get(key);
      all.set(key, known === undefined || known === value ? value : UNKNOWN);
    }
    this.changes = all;
  }

  /** Lets one parameter be as it is elsewhere. */
  takeParameter(parameter: ParameterValue, other: Heap): void {
    this.change(parameter, other.stateOf(parameter));
  }

  /** Lets parameters be as they are elsewhere. */
  takeParameters(other: Heap): void {
    this.parameters = other.parameters;
  }

  private parametersMovedFrom(earlier: Heap): readonly number[] {
    const moved = this.changed(this.parameters, earlier.parameters).filter(
      ({ id, now = UNTOUCHED, before = UNTOUCHED }) =>
        !earlier.lacksLayerOf(id) && !isStateWithin(now, before),
    );
    return moved.map(({ id }) => id);
  }

  /** Whether a parameter's layer has not been constructed here, while it is known which ones have. */
  private lacksLayerOf(key: number): boolean {
    return !this.made.has(Math.floor(key / PARAMETERS));
  }

  /** Takes over what a later round has of the same kind. */
  align(later: Heap, areAlike: Likeness): void {
    for (const { id, now: after, before: attributes } of this.changed(later.objects, this.objects)) {
      if (after === undefined || attributes === undefined) continue;
      for (const [name, { value }] of attributes) {
        const now = after.get(name);
        if (now !== undefined && now.value !== value && areAlike(now.value, value)) {
          this.setAttribute(id, name, now);
        }
      }
    }
    this.alignParameters(later);
  }

  private alignParameters(later: Heap): void {
    for (const { id, now, before } of this.changed(later.parameters, this.parameters)) {
      if (now === undefined || before === undefined) continue;
      if (!isStateWithin(now, before) || !isStateWithin(before, now)) continue;
      this.parameters = this.parameters.set(id, now);
    }
  }

  private joinOne(other: Heap, meeting: Meeting): void {
    other.owned = null;
    const loosened = this.ties === other.ties ? [] : this.loosened(other, meeting);
    this.joinHolders(other);
    this.joinObjects(other, meeting);
    this.joinParameters(other, meeting);
    this.joinMade(other);
    for (const one of loosened) this.loosen(one);
    this.joinLoose(other);
    this.joinChanges(other, meeting);
  }

  private joinMade(other: Heap): void {
    for (const { id, now, before } of this.changed(other.made, this.made)) {
      if (now === undefined || before !== undefined) continue;
      this.made = this.made.set(id, now);
      if (now === 'layer') this.layers++;
    }
  }

  private joinParameters(other: Heap, meeting: Meeting): void {
    for (const { id, now, before } of this.changed(this.parameters, other.parameters)) {
      const [mine, theirs] = [now ?? UNTOUCHED, before ?? UNTOUCHED];
      const joined = this.joinedState(id, { mine, theirs, other, meeting });
      if (joined !== (now ?? UNTOUCHED)) this.parameters = this.parameters.set(id, joined);
    }
  }

  /** What has become of a parameter on either way; where only one of them has made its layer, what that has. */
  private joinedState(
    key: number,
    {
      mine,
      theirs,
      other,
      meeting,
    }: {
      readonly mine: ParameterState;
      readonly theirs: ParameterState;
      readonly other: Heap;
      readonly meeting: Meeting;
    },
  ): ParameterState {
    const [isHere, isThere] = [!this.lacksLayerOf(key), !other.lacksLayerOf(key)];
    if (isHere !== isThere) return isHere ? mine : theirs;
    return joinedStates(mine, theirs, meeting);
  }

  private joinChanges(other: Heap, meeting: Meeting): void {
    if (this.changes === other.changes) return;
    const all = new Map(this.changes);
    for (const key of new Set([...this.changes.keys(), ...other.changes.keys()])) {
      const [mine, theirs] = [this.changes.get(key) ?? key, other.changes.get(key) ?? key];
      if (mine === theirs) continue;
      this.budget.spend(comparison(mine, theirs));
      all.set(key, either([mine, theirs], meeting));
    }
    this.changes = all;
  }

  private joinHolders(other: Heap): void {
    for (const { id, now } of this.changed(this.holders, other.holders)) {
      if (now === undefined) this.holders = this.holders.set(id, true);
    }
  }

  private joinObjects(other: Heap, meeting: Meeting): void {
    for (const { id, now, before } of this.changed(this.objects, other.objects)) {
      const unchanged = this.elsewhere?.objects.get(id);
      const mine = now ?? unchanged ?? (this.made.has(id) ? NONE_SO_FAR : before);
      const theirs = before ?? unchanged ?? (other.made.has(id) ? NONE_SO_FAR : now);
      if (mine === undefined || theirs === undefined) continue;
      const joined = mine === theirs ? theirs : this.joinedOf(mine, theirs, meeting);
      if (joined !== now) this.objects = this.objects.set(id, joined);
    }
  }

  private joinedOf(mine: Attributes, theirs: Attributes, meeting: Meeting): Attributes {
    this.budget.spend(2 * (mine.size + theirs.size));
    return joinedAttributes(mine, theirs, meeting);
  }

  /**
   * Parameters that are another one on one of the ways alone, and what becomes of each on either. One whose layer the
   * other way has not made is another one wherever it is there.
   */
  private loosened(other: Heap, meeting: Meeting): readonly Loosened[] {
    return this.changed(this.ties, other.ties).flatMap(({ id, now, before }) => {
      const tie = now ?? before;
      if (tie === undefined || (now !== undefined && before !== undefined)) return [];
      if ((now === undefined ? this : other).lacksLayerOf(id)) {
        this.ties = this.ties.set(id, tie);
        return [];
      }
      const [mine, theirs] = [this.resolved(tie.from), other.resolved(tie.from)];
      return [{ tie, state: joinedStates(mine, theirs, meeting) }];
    });
  }

  /** What has become of a parameter, with the default of what it is. */
  private resolved(parameter: ParameterValue): ParameterState {
    return { ...this.stateOf(parameter), writes: initOf(this, parameter) };
  }

  private loosen({ tie: { from, to }, state }: Loosened): void {
    const key = keyOf(from);
    this.ties = this.ties.without(key);
    this.parameters = this.parameters.set(key, state);
    this.addLoose(from, to);
    this.addLoose(to, from);
  }

  private addLoose(one: ParameterValue, other: ParameterValue): void {
    const known = this.perhapsSame(one);
    if (known.some((same) => keyOf(same) === keyOf(other))) return;
    this.loose = this.loose.set(keyOf(one), [...known, other]);
  }

  private joinLoose(other: Heap): void {
    if (this.loose === other.loose) return;
    for (const { id, now = [], before = [] } of this.changed(this.loose, other.loose)) {
      const more = before.filter((one) => !now.some((same) => keyOf(same) === keyOf(one)));
      if (more.length > 0) this.loose = this.loose.set(id, [...now, ...more]);
    }
  }
}

/** A parameter is another one from some line on. */
interface Tie {
  readonly from: ParameterValue;
  readonly to: ParameterValue;
  readonly span: Span;
}

/** A tie that holds on one of two ways, and what may have become of the parameter. */
interface Loosened {
  readonly tie: Tie;
  readonly state: ParameterState;
}

function joinedStates(mine: ParameterState, theirs: ParameterState, meeting: Meeting): ParameterState {
  if (meeting.of !== 'ways' || meeting.guard === null) return eitherState(mine, theirs);
  return stateByGuard(mine, theirs, { guard: meeting.guard, holds: meeting.negated !== true });
}

/** Whether a value is a list or dict, or may be one; a tensor is changed in place, too. */
function mayHoldParts(value: Value): boolean {
  return optionsOf(value).some(({ kind }) => kind === 'list' || kind === 'dict' || kind === 'tensor');
}

const NONE_SO_FAR: Attributes = new Map();

/** The writes of a parameter, with the layer's own default where nothing else was written. */
export function initOf(heap: Heap, parameter: ParameterValue): readonly InitWrite[] {
  const writes = heap.writes(parameter) ?? [DEFAULT];
  return writes.map((write) =>
    isDefault(write) && write.std === UNKNOWN_QUANTITY
      ? { ...write, ...defaultInit(heap.original(parameter)) }
      : write,
  );
}

function defaultInit(parameter: ParameterValue): InitWrite {
  const initial = parameterOf(parameter)?.initial;
  return initial === undefined || initial.std.op === 'unknown'
    ? DEFAULT
    : { ...initial, span: null, by: 'default' };
}

/** More parameters than a layer has; those that it does not know of share one place. */
const PARAMETERS = 128;

function keyOf({ layer: { id, parameters }, which }: ParameterValue): number {
  const place = parameters?.findIndex(({ name }) => name === which) ?? NAMES.indexOf(which);
  return id * PARAMETERS + (place >= 0 && place < PARAMETERS ? place : PARAMETERS - 1);
}

/** What the code may know of a layer whose inside is not read. */
const NAMES: readonly string[] = ['weight', 'bias'];
