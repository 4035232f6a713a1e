import type { Budget } from '../../budget.ts';
import { UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { unlessOfTable } from '../../growth/table-items.ts';
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
import { type Made, ParameterTies, type PerhapsSame, type Tie } from './parameter-ties.ts';

/** Whether a write surely happens, and to this one alone. */
export type Update = 'strong' | 'weak';

/** Two ways that meet, and which layers each of them has made. */
interface Ways {
  readonly meeting: Meeting;
  readonly here: Made;
  readonly there: Made;
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
  /** By `parameterId`. */
  private states: IdMap<ParameterState> = NO_IDS;
  private readonly ties: ParameterTies;
  private readonly budget: Budget;

  constructor(budget: Budget) {
    this.budget = budget;
    this.ties = new ParameterTies(budget);
  }

  become(other: ParameterStore): void {
    this.states = other.states;
    this.ties.become(other.ties);
  }

  /** Whether nothing has happened to one that has not to the other. */
  isSameAs(other: ParameterStore): boolean {
    return this.states === other.states && this.ties.isSameAs(other.ties);
  }

  /**
   * What has become since of parameters that code which is not read was handed, which becomes of them each time; null where
   * anything else has happened.
   */
  onlyHanded(since: ParameterStore): HandedParameters | null {
    if (!this.ties.isSameAs(since.ties)) return null;
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
  write(parameter: ParameterValue, given: InitWrite, update: Update): void {
    const std = unlessOfTable(given.std);
    const write = std === given.std ? given : { ...given, std };
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
    return this.ties.perhapsTied(parameter);
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
    if (!this.ties.isSameOf(layers, other.ties)) return false;
    return (
      this.states === other.states ||
      this.states
        .changesFrom(other.states, this.budget)
        .every(
          (one) =>
            !layers.has(layerIdOf(one.id)) ||
            (one.now ?? UNTOUCHED).frozen === (one.before ?? UNTOUCHED).frozen,
        )
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
    this.ties.tie(parameter, { to, span });
  }

  /** From now on what becomes of either parameter may become of the other. */
  share(parameter: ParameterValue, other: { readonly with: ParameterValue; readonly span: Span }): void {
    this.ties.share(parameter, other);
  }

  /** The line that made a parameter another one; null where it is itself. */
  tiedAt(parameter: ParameterValue): Span | null {
    return this.ties.tiedAt(parameter);
  }

  /** The parameter itself, or the one that it is tied to. */
  original(parameter: ParameterValue): ParameterValue {
    return this.ties.original(parameter);
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
    const loosened = this.loosened(other, ways);
    this.joinStates(other, ways);
    for (const { tie, state } of loosened) {
      this.ties.loosen(tie);
      this.states = this.states.set(parameterId(tie.from), state);
    }
    this.ties.joinLoose(other.ties);
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

  /** Parameters that are another one on one of the ways alone, and what becomes of each on either. */
  private loosened(other: ParameterStore, { meeting, here, there }: Ways): readonly Loosened[] {
    return this.ties.heldOnOne(other.ties, { here, there }).map((tie) => {
      const [mine, theirs] = [this.resolved(tie.from), other.resolved(tie.from)];
      return { tie, state: joinedStates(mine, theirs, meeting) };
    });
  }

  /** What has become of a parameter, with the default of what it is. */
  private resolved(parameter: ParameterValue): ParameterState {
    return { ...this.stateOf(parameter), writes: this.initOf(parameter) };
  }
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
