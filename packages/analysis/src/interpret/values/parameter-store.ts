import type { Budget } from '../../budget.ts';
import { UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { InitWrite } from '../../network/init.ts';
import {
  type Frozen,
  type Layer,
  type ParameterValue,
  parameterOf,
  parametersOf,
} from '../../network/layer.ts';
import type { Span } from '../../syntax/span.ts';
import { type IdMap, NO_IDS } from './id-map.ts';
import type { Meeting } from './meeting.ts';
import { layerIdOf, parameterId } from './parameter-id.ts';
import {
  DEFAULT,
  eitherState,
  isDefault,
  isHandedOver,
  isStateWithin,
  movedState,
  type ParameterState,
  stateByGuard,
  UNTOUCHED,
  withWrite,
} from './parameter-state.ts';

/** Whether a write surely happens, and to this one alone. */
export type Update = 'strong' | 'weak';

/** The layers that have been made, by their ids. */
export type Made = Pick<IdMap<unknown>, 'has'>;

/** Two ways that meet, and which layers each of them has made. */
interface Ways {
  readonly meeting: Meeting;
  readonly here: Made;
  readonly there: Made;
}

/** A parameter is another one from some line on. */
interface Tie {
  readonly from: ParameterValue;
  readonly to: ParameterValue;
  readonly span: Span;
}

/** A parameter that another one is on some of the ways, and the line that makes it so. */
interface PerhapsSame {
  readonly parameter: ParameterValue;
  readonly span: Span;
}

/** A tie that holds on one of two ways, and what may have become of the parameter. */
interface Loosened {
  readonly tie: Tie;
  readonly state: ParameterState;
}

/** What has become of parameters by being handed to code that is not read, by their ids. */
export type HandedParameters = ReadonlyMap<number, ParameterState>;

const NONE_HANDED: HandedParameters = new Map();

/** What assignments have made of the parameters of layers so far, and which of them are one. */
export class ParameterStore {
  /** By `parameterId`, as are the ties. */
  private states: IdMap<ParameterState> = NO_IDS;
  /** Parameters that are another one. */
  private ties: IdMap<Tie> = NO_IDS;
  /** Parameters that are one on some of the ways here, each with the others. */
  private loose: IdMap<readonly PerhapsSame[]> = NO_IDS;
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
  }

  become(other: ParameterStore): void {
    this.states = other.states;
    this.ties = other.ties;
    this.loose = other.loose;
  }

  /** Whether nothing has happened to one that has not to the other. */
  isSameAs(other: ParameterStore): boolean {
    return this.states === other.states && this.ties === other.ties && this.loose === other.loose;
  }

  /**
   * What has become since of parameters that code which is not read was handed, which becomes of them each time; null where
   * anything else has happened.
   */
  onlyHanded(since: ParameterStore): HandedParameters | null {
    if (this.ties !== since.ties || this.loose !== since.loose) return null;
    if (this.states === since.states) return NONE_HANDED;
    const changes = this.states.changesFrom(since.states, this.budget);
    const handed = new Map<number, ParameterState>();
    for (const { id, now, before = UNTOUCHED } of changes) {
      if (now === undefined || !isHandedOver(now, before)) return null;
      handed.set(id, now);
    }
    return handed;
  }

  /** Whether some parameters are what they were left as. */
  areAs(handed: HandedParameters): boolean {
    for (const [id, state] of handed) {
      const now = this.states.get(id);
      if (now !== state && (now === undefined || !areStatesAlike(now, state))) return false;
    }
    return true;
  }

  /** What may have initialized a parameter last; null for its default. */
  writes(parameter: ParameterValue): readonly InitWrite[] | null {
    return this.stateOf(parameter).writes;
  }

  /** The writes of a parameter, with the layer's own default where nothing else was written. */
  initOf(parameter: ParameterValue): readonly InitWrite[] {
    const writes = this.writes(parameter) ?? [DEFAULT];
    return writes.map((write) =>
      isDefault(write) && write.std === UNKNOWN_QUANTITY
        ? { ...write, ...defaultInit(this.original(parameter)) }
        : write,
    );
  }

  /** A strong update of the whole parameter replaces what was there, any other stands beside it. */
  write(parameter: ParameterValue, write: InitWrite, update: Update): void {
    const before = update === 'strong' && parameter.part !== true ? [] : this.initOf(parameter);
    if (!this.stateOf(parameter).sealed) this.change(parameter, { writes: withWrite(before, write) });
    for (const other of this.perhapsSame(parameter)) {
      if (!this.stateOf(other).sealed) this.change(other, { writes: withWrite(this.initOf(other), write) });
    }
  }

  /** The parameters that a parameter may be, too, as a condition decides. */
  perhapsSame(parameter: ParameterValue): readonly ParameterValue[] {
    return this.perhapsTied(parameter).map((one) => one.parameter);
  }

  /** The same with the lines that make them one. */
  perhapsTied(parameter: ParameterValue): readonly PerhapsSame[] {
    return this.loose.get(parameterId(parameter)) ?? [];
  }

  /** Lets the parameters of a copy be as those of the layer that it is a copy of, each by itself. */
  copy(from: Layer, to: Layer): void {
    for (const parameter of parametersOf(from)) {
      const state = this.stateOf(parameter);
      if (state !== UNTOUCHED) this.change({ ...parameter, layer: to }, state);
    }
  }

  /** Whether a parameter starts here as it does elsewhere. */
  startsAs(other: ParameterStore, parameter: ParameterValue): boolean {
    const [mine, theirs] = [this.stateOf(parameter), other.stateOf(parameter)];
    return mine === theirs || areStatesAlike(mine, theirs);
  }

  /** Whether, of some layers, the parameters that are trained, and those that are others, are the same here as elsewhere. */
  isTrainedAs(other: ParameterStore, layers: Made): boolean {
    const isAmong = ({ id }: { readonly id: number }) => layers.has(layerIdOf(id));
    if (this.ties !== other.ties && this.ties.changesFrom(other.ties, this.budget).some(isAmong))
      return false;
    if (this.loose !== other.loose && this.loose.changesFrom(other.loose, this.budget).some(isAmong))
      return false;
    return (
      this.states === other.states ||
      this.states
        .changesFrom(other.states, this.budget)
        .every((one) => !isAmong(one) || (one.now ?? UNTOUCHED).frozen === (one.before ?? UNTOUCHED).frozen)
    );
  }

  /** Back to the layer's own default. */
  reset(parameter: ParameterValue): void {
    if (!this.stateOf(parameter).sealed) this.change(parameter, { writes: null });
  }

  /** What the parameter is comes from something that is not followed, whatever initializes it. */
  seal(parameter: ParameterValue, write: InitWrite): void {
    this.change(parameter, { writes: [write], sealed: true });
  }

  /** @param isTrained null where that is not known */
  freeze(parameter: ParameterValue, isTrained: boolean | null): void {
    this.change(parameter, { frozen: isTrained === null ? 'perhaps' : isTrained ? false : 'surely' });
  }

  frozenOf(parameter: ParameterValue): Frozen {
    return this.stateOf(parameter).frozen;
  }

  /** From now on a parameter is another one. */
  tie(parameter: ParameterValue, { to, span }: Pick<Tie, 'to' | 'span'>): void {
    this.ties = this.ties.set(parameterId(parameter), { from: parameter, to: this.original(to), span });
  }

  /** From now on what becomes of either parameter may become of the other. */
  share(
    parameter: ParameterValue,
    { with: other, span }: { readonly with: ParameterValue; readonly span: Span },
  ): void {
    this.addLoose(parameter, { parameter: other, span });
    this.addLoose(other, { parameter, span });
  }

  /** The line that made a parameter another one; null where it is itself. */
  tiedAt(parameter: ParameterValue): Span | null {
    return this.ties.get(parameterId(parameter))?.span ?? null;
  }

  /** The parameter itself, or the one that it is tied to. */
  original(parameter: ParameterValue): ParameterValue {
    return this.ties.get(parameterId(parameter))?.to ?? parameter;
  }

  private stateOf(parameter: ParameterValue): ParameterState {
    return this.states.get(parameterId(this.original(parameter))) ?? UNTOUCHED;
  }

  private change(parameter: ParameterValue, change: Partial<ParameterState>): void {
    const state = { ...this.stateOf(parameter), ...change };
    this.states = this.states.set(parameterId(this.original(parameter)), state);
  }

  /** Lets one parameter be as it is elsewhere. */
  take(parameter: ParameterValue, other: ParameterStore): void {
    this.change(parameter, other.stateOf(parameter));
  }

  /** Lets all parameters be as they are elsewhere; which of them are one stays. */
  takeAll(other: ParameterStore): void {
    this.states = other.states;
  }

  /** The ids of those that may be here what they were not earlier, of layers that were made then. */
  movedFrom(earlier: ParameterStore, made: Made): readonly number[] {
    const moved = this.states
      .changesFrom(earlier.states, this.budget)
      .filter(
        ({ id, now = UNTOUCHED, before = UNTOUCHED }) =>
          made.has(layerIdOf(id)) && !isStateWithin(now, before),
      );
    return moved.map(({ id }) => id);
  }

  /** Leaves unknown what a later round initializes otherwise; answers whether there is any. */
  widen(later: ParameterStore, made: Made): boolean {
    const moved = later.movedFrom(this, made);
    for (const key of moved)
      this.states = this.states.set(key, movedState(later.states.get(key) ?? UNTOUCHED));
    return moved.length > 0;
  }

  /** Takes over what a later round has of the same kind. */
  align(later: ParameterStore): void {
    for (const { id, now, before } of later.states.changesFrom(this.states, this.budget)) {
      if (now === undefined || before === undefined || !areStatesAlike(now, before)) continue;
      this.states = this.states.set(id, now);
    }
  }

  /** Takes over what has become of parameters on another way, too. */
  join(other: ParameterStore, ways: Ways): void {
    const loosened = this.ties === other.ties ? [] : this.loosened(other, ways);
    this.joinStates(other, ways);
    for (const one of loosened) this.loosen(one);
    this.joinLoose(other);
  }

  /** What has become of a parameter on either way; where only one of them has made its layer, what that has. */
  private joinStates(other: ParameterStore, { meeting, here, there }: Ways): void {
    for (const { id, now, before } of this.states.changesFrom(other.states, this.budget)) {
      const [mine, theirs] = [now ?? UNTOUCHED, before ?? UNTOUCHED];
      const [isHere, isThere] = [here.has(layerIdOf(id)), there.has(layerIdOf(id))];
      const one = isHere ? mine : theirs;
      const joined = isHere === isThere ? joinedStates(mine, theirs, meeting) : one;
      if (joined !== mine) this.states = this.states.set(id, joined);
    }
  }

  /**
   * Parameters that are another one on one of the ways alone, and what becomes of each on either. One whose layer the
   * other way has not made is another one wherever it is there.
   */
  private loosened(other: ParameterStore, { meeting, here, there }: Ways): readonly Loosened[] {
    return this.ties.changesFrom(other.ties, this.budget).flatMap(({ id, now, before }) => {
      const tie = now ?? before;
      if (tie === undefined || (now !== undefined && before !== undefined)) return [];
      const made = now === undefined ? here : there;
      if (!made.has(layerIdOf(id))) {
        this.ties = this.ties.set(id, tie);
        return [];
      }
      const [mine, theirs] = [this.resolved(tie.from), other.resolved(tie.from)];
      return [{ tie, state: joinedStates(mine, theirs, meeting) }];
    });
  }

  /** What has become of a parameter, with the default of what it is. */
  private resolved(parameter: ParameterValue): ParameterState {
    return { ...this.stateOf(parameter), writes: this.initOf(parameter) };
  }

  private loosen({ tie: { from, to, span }, state }: Loosened): void {
    const key = parameterId(from);
    this.ties = this.ties.without(key);
    this.states = this.states.set(key, state);
    this.addLoose(from, { parameter: to, span });
    this.addLoose(to, { parameter: from, span });
  }

  private addLoose(one: ParameterValue, other: PerhapsSame): void {
    const known = this.perhapsTied(one);
    if (known.some((same) => areSame(same, other))) return;
    this.loose = this.loose.set(parameterId(one), [...known, other]);
  }

  private joinLoose(other: ParameterStore): void {
    if (this.loose === other.loose) return;
    for (const { id, now = [], before = [] } of this.loose.changesFrom(other.loose, this.budget)) {
      const more = before.filter((one) => !now.some((same) => areSame(same, one)));
      if (more.length > 0) this.loose = this.loose.set(id, [...now, ...more]);
    }
  }
}

function areSame(one: PerhapsSame, other: PerhapsSame): boolean {
  return parameterId(one.parameter) === parameterId(other.parameter);
}

function joinedStates(mine: ParameterState, theirs: ParameterState, meeting: Meeting): ParameterState {
  if (meeting.of !== 'ways' || meeting.guard === null) return eitherState(mine, theirs);
  return stateByGuard(mine, theirs, { guard: meeting.guard, holds: meeting.negated !== true });
}

function areStatesAlike(one: ParameterState, other: ParameterState): boolean {
  return isStateWithin(one, other) && isStateWithin(other, one);
}

function defaultInit(parameter: ParameterValue): InitWrite {
  const initial = parameterOf(parameter)?.initial;
  return initial === undefined || initial.std.op === 'unknown'
    ? DEFAULT
    : { ...initial, span: null, by: 'default' };
}
