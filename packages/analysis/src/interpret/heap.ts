import type { Budget } from '../budget.ts';
import type { InitWrite } from '../network/init.ts';
import type { Layer, ParameterValue } from '../network/layer.ts';
import {
  type Attribute,
  type Attributes,
  joinedAttributes,
  type Likeness,
  movedIn,
} from './attribute-state.ts';
import { isMade, type Made, madeOnEither } from './made.ts';
import {
  DEFAULT,
  eitherState,
  isStateWithin,
  movedState,
  type ParameterState,
  PERHAPS_SHARED,
  UNTOUCHED,
  withWrite,
} from './parameter-state.ts';
import { comparison, either, optionsOf, replacedIn, sizeOf, UNKNOWN, type Value } from './value.ts';

/** Whether a write surely happens, and to this one alone. */
export type Update = 'strong' | 'weak';

/** How many parts of a value are gone through for a unit of work. */
const PARTS = 8;

const ALL_BORROWED = { objects: true, parameters: true, ties: true };

const NO_CHANGES: ReadonlyMap<Value, Value> = new Map();

/** What assignments have made of objects, containers and parameters so far. Forked where the code forks. */
export class Heap {
  private objects = new Map<number, Attributes>();
  private parameters = new Map<string, ParameterState>();
  /** Parameters that are another one. */
  private ties = new Map<string, ParameterValue>();
  /** The maps that another heap has, too: most forks change nothing, so that a copy waits for the first change. */
  private readonly borrowed = { objects: false, parameters: false, ties: false };
  /** The objects whose attributes no other heap has: these are set in place. */
  private owned = new Set<number>();
  private made: Made | null = null;
  /** What has become of lists and dicts since the running function was called. */
  private changes: ReadonlyMap<Value, Value> = NO_CHANGES;

  private readonly budget: Budget;

  /** @param from the heap that it is forked off, or, for an empty one, whose work it is */
  constructor(from: Heap | Budget) {
    this.budget = from instanceof Heap ? from.budget : from;
    if (from instanceof Heap) this.become(from);
  }

  private become(other: Heap): void {
    this.objects = other.objects;
    this.parameters = other.parameters;
    this.ties = other.ties;
    this.made = other.made;
    this.changes = other.changes;
    Object.assign(this.borrowed, ALL_BORROWED);
    Object.assign(other.borrowed, ALL_BORROWED);
    this.owned.clear();
    other.owned.clear();
  }

  private ownObjects(): Map<number, Attributes> {
    if (this.borrowed.objects) {
      this.budget.spend(this.objects.size);
      this.objects = new Map(this.objects);
      this.borrowed.objects = false;
    }
    return this.objects;
  }

  private ownParameters(): Map<string, ParameterState> {
    if (this.borrowed.parameters) {
      this.budget.spend(this.parameters.size);
      this.parameters = new Map(this.parameters);
      this.borrowed.parameters = false;
    }
    return this.parameters;
  }

  private ownTies(): Map<string, ParameterValue> {
    if (this.borrowed.ties) {
      this.budget.spend(this.ties.size);
      this.ties = new Map(this.ties);
      this.borrowed.ties = false;
    }
    return this.ties;
  }

  /** Counts what going through two heaps takes. */
  private compare(other: Heap): void {
    if (this.objects !== other.objects) this.budget.spend((this.objects.size + other.objects.size) / 2);
    if (this.parameters !== other.parameters)
      this.budget.spend((this.parameters.size + other.parameters.size) / 2);
    if (this.made !== other.made) this.budget.spend((this.layerCount + other.layerCount) / 2);
  }

  private isSameAs(other: Heap): boolean {
    return (
      this.objects === other.objects &&
      this.parameters === other.parameters &&
      this.ties === other.ties &&
      this.changes === other.changes
    );
  }

  /** Notes that a layer is there from now on. */
  makeLayer({ id }: Layer): void {
    this.made = { id, before: this.made, layers: this.layerCount + 1 };
  }

  /** Notes that an object is there from now on. */
  makeObject(id: number): void {
    this.made = { id, before: this.made, layers: this.layerCount };
  }

  get layerCount(): number {
    return this.made?.layers ?? 0;
  }

  attributes(id: number): Attributes {
    return this.objects.get(id) ?? new Map<string, Attribute>();
  }

  setAttribute(id: number, name: string, attribute: Attribute): void {
    const objects = this.ownObjects();
    const before = this.attributes(id);
    if (this.owned.has(id)) {
      // SAFETY: what is owned was made here.
      (before as Map<string, Attribute>).set(name, attribute);
      return;
    }
    this.budget.spend(before.size);
    objects.set(id, new Map(before).set(name, attribute));
    this.owned.add(id);
  }

  /** Lets each attribute have what has become of the lists and dicts it holds, and notes that for the callers. */
  replace(changes: Map<Value, Value>): void {
    for (const [id, attributes] of [...this.objects]) {
      for (const [name, attribute] of attributes) {
        this.budget.spend(sizeOf(attribute.value) / PARTS);
        const value = replacedIn(attribute.value, changes);
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
    for (const [before, after] of this.changes) {
      const options = optionsOf(after).map((option) => changes.get(option) ?? option);
      all.set(before, changes.get(after) ?? either(options));
    }
    for (const [before, after] of changes) if (!all.has(before)) all.set(before, after);
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
  tie(parameter: ParameterValue, to: ParameterValue): void {
    this.ownTies().set(keyOf(parameter), this.original(to));
  }

  /** The parameter itself, or the one that it is tied to. */
  original(parameter: ParameterValue): ParameterValue {
    return this.ties.get(keyOf(parameter)) ?? parameter;
  }

  /** Whether a parameter belongs to several layers. */
  isShared(parameter: ParameterValue): boolean {
    this.budget.spend(this.ties.size);
    const key = keyOf(parameter);
    return this.ties.has(key) || [...this.ties.values()].some((original) => keyOf(original) === key);
  }

  private stateOf(parameter: ParameterValue): ParameterState {
    return this.parameters.get(keyOf(this.original(parameter))) ?? UNTOUCHED;
  }

  private change(parameter: ParameterValue, change: Partial<ParameterState>): void {
    this.ownParameters().set(keyOf(this.original(parameter)), { ...this.stateOf(parameter), ...change });
  }

  /** Takes over what happened in the alternatives that this heap was forked into: all that may be. */
  join(alternatives: readonly Heap[]): void {
    const [first, ...rest] = alternatives;
    if (first === undefined) return;
    this.become(first);
    for (const other of rest) if (!other.isSameAs(first)) this.joinOne(other);
  }

  /** Whether all attributes and initial values here were known there, too. */
  isWithin(earlier: Heap, isWithin: Likeness): boolean {
    if (this.isSameAs(earlier)) return true;
    this.compare(earlier);
    const movesOne = [...this.objects].some(([id, attributes]) => {
      const before = earlier.objects.get(id);
      return before !== undefined && movedIn(attributes, before, isWithin).length > 0;
    });
    return !movesOne && this.parametersMovedFrom(earlier).length === 0;
  }

  /** Leaves unknown what is no longer as it was: `top` gives what stands for it, null where it has not moved. */
  widen(later: Heap, top: (value: Value, before: Value) => Value | null): boolean {
    if (later.isSameAs(this)) return false;
    this.compare(later);
    let hasMoved = false;
    for (const [id, attributes] of [...this.objects]) {
      const after = later.objects.get(id) ?? attributes;
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
      this.ownParameters().set(key, movedState(later.parameters.get(key) ?? UNTOUCHED));
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

  /** Lets parameters be as they are elsewhere. */
  takeParameters(other: Heap): void {
    this.parameters = other.parameters;
    this.borrowed.parameters = true;
    other.borrowed.parameters = true;
  }

  private parametersMovedFrom(earlier: Heap): readonly string[] {
    const keys = new Set([...this.parameters.keys(), ...earlier.parameters.keys()]);
    return [...keys].filter((key) => {
      const [now, before] = [this.parameters.get(key) ?? UNTOUCHED, earlier.parameters.get(key) ?? UNTOUCHED];
      return now !== before && !earlier.lacksLayerOf(key) && !isStateWithin(now, before);
    });
  }

  /** Whether a parameter's layer has not been constructed here, while it is known which ones have. */
  private lacksLayerOf(key: string): boolean {
    return !isMade(this.made, Number.parseInt(key, 10));
  }

  /** Takes over what a later round has of the same kind. */
  align(later: Heap, areAlike: Likeness): void {
    this.compare(later);
    for (const [id, attributes] of [...this.objects]) {
      const after = later.objects.get(id);
      if (after === undefined || after === attributes) continue;
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
    for (const [key, state] of [...this.parameters]) {
      const after = later.parameters.get(key);
      if (after === undefined || after === state) continue;
      if (!isStateWithin(after, state) || !isStateWithin(state, after)) continue;
      this.ownParameters().set(key, after);
    }
  }

  private joinOne(other: Heap): void {
    this.compare(other);
    other.owned.clear();
    if (this.objects !== other.objects) this.joinObjects(other);
    if (this.parameters !== other.parameters) this.joinParameters(other);
    this.made = madeOnEither(this.made, other.made);
    if (this.ties !== other.ties) this.joinTies(other);
    this.joinChanges(other);
  }

  private joinParameters(other: Heap): void {
    const parameters = this.ownParameters();
    for (const [key, mine] of parameters) {
      const theirs = other.parameters.get(key) ?? UNTOUCHED;
      if (mine !== theirs) parameters.set(key, this.joinedState(key, { mine, theirs, other }));
    }
    for (const [key, theirs] of other.parameters) {
      if (parameters.has(key)) continue;
      const joined = this.joinedState(key, { mine: UNTOUCHED, theirs, other });
      if (joined !== UNTOUCHED) parameters.set(key, joined);
    }
  }

  /** What has become of a parameter on either way; where only one of them has made its layer, what that has. */
  private joinedState(
    key: string,
    {
      mine,
      theirs,
      other,
    }: { readonly mine: ParameterState; readonly theirs: ParameterState; readonly other: Heap },
  ): ParameterState {
    const [isHere, isThere] = [!this.lacksLayerOf(key), !other.lacksLayerOf(key)];
    if (isHere !== isThere) return isHere ? mine : theirs;
    return eitherState(mine, theirs);
  }

  private joinChanges(other: Heap): void {
    if (this.changes === other.changes) return;
    const all = new Map(this.changes);
    for (const key of new Set([...this.changes.keys(), ...other.changes.keys()])) {
      const [mine, theirs] = [this.changes.get(key) ?? key, other.changes.get(key) ?? key];
      if (mine === theirs) continue;
      this.budget.spend(comparison(mine, theirs));
      all.set(key, either([mine, theirs]));
    }
    this.changes = all;
  }

  private joinObjects(other: Heap): void {
    const { made } = this;
    const objects = this.ownObjects();
    for (const [id, theirs] of other.objects) {
      const mine = objects.get(id) ?? (isMade(made, id) ? NONE_SO_FAR : theirs);
      objects.set(id, mine === theirs ? theirs : this.joinedOf(mine, theirs));
    }
    for (const [id, mine] of objects) {
      if (!other.objects.has(id) && isMade(other.made, id)) objects.set(id, this.joinedOf(mine, NONE_SO_FAR));
    }
  }

  private joinedOf(mine: Attributes, theirs: Attributes): Attributes {
    this.budget.spend(2 * (mine.size + theirs.size));
    return joinedAttributes(mine, theirs);
  }

  /** Parameters that are one only perhaps are not followed. */
  private joinTies(other: Heap): void {
    const [ties, parameters] = [this.ownTies(), this.ownParameters()];
    for (const [key, original] of [...ties, ...other.ties]) {
      if (ties.has(key) && other.ties.has(key)) continue;
      ties.delete(key);
      const unknown: ParameterState = { ...UNTOUCHED, writes: [PERHAPS_SHARED], sealed: true };
      parameters.set(key, unknown).set(keyOf(original), unknown);
    }
  }
}

const NONE_SO_FAR: Attributes = new Map();

/** The writes of a parameter, with the layer's own default where nothing else was written. */
export function initOf(heap: Heap, parameter: ParameterValue): readonly InitWrite[] {
  const writes = heap.writes(parameter) ?? [DEFAULT];
  return writes.map((write) => (write === DEFAULT ? defaultInit(heap.original(parameter).layer) : write));
}

function defaultInit({ defaultStd }: Layer): InitWrite {
  return defaultStd === null ? DEFAULT : { std: defaultStd, span: null, by: 'default' };
}

function keyOf({ layer, which }: ParameterValue): string {
  return `${layer.id}.${which}`;
}
