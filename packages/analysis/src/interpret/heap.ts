import { UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { InitWrite } from '../network/init.ts';
import type { Layer, ParameterValue } from '../network/layer.ts';
import type { Span } from '../syntax/span.ts';
import { either, type Value } from './value.ts';

/** An attribute of an object, or an item of a container. */
export interface Attribute {
  readonly value: Value;
  /** The attribute in the statement that assigned it. */
  readonly span: Span | null;
}

type Attributes = ReadonlyMap<string, Attribute>;

/** What has become of one parameter. */
interface ParameterState {
  /** What may have initialized it last; null for its default. */
  readonly writes: readonly InitWrite[] | null;
  /** Whether it is computed from something else, so that no initializer of its own says what it is. */
  readonly sealed: boolean;
  /** Whether it may be kept from being trained. */
  readonly frozen: boolean;
}

const UNTOUCHED: ParameterState = { writes: null, sealed: false, frozen: false };

/** What assignments have made of objects, containers and parameters so far. Forked where the code forks. */
export class Heap {
  private objects = new Map<number, Attributes>();
  private parameters = new Map<string, ParameterState>();
  /** Parameters that are another one. */
  private ties = new Map<string, ParameterValue>();
  /** Whether another heap has the same maps: most forks change nothing, so that a copy waits for the first change. */
  private borrowed = false;

  constructor(other?: Heap) {
    if (other !== undefined) this.become(other);
  }

  private become(other: Heap): void {
    this.objects = other.objects;
    this.parameters = other.parameters;
    this.ties = other.ties;
    this.borrowed = true;
    other.borrowed = true;
  }

  private own(): void {
    if (!this.borrowed) return;
    this.objects = new Map(this.objects);
    this.parameters = new Map(this.parameters);
    this.ties = new Map(this.ties);
    this.borrowed = false;
  }

  private isSameAs(other: Heap): boolean {
    return this.objects === other.objects && this.parameters === other.parameters && this.ties === other.ties;
  }

  attributes(id: number): Attributes {
    return this.objects.get(id) ?? new Map<string, Attribute>();
  }

  setAttribute(id: number, name: string, attribute: Attribute): void {
    this.own();
    this.objects.set(id, new Map(this.attributes(id)).set(name, attribute));
  }

  /** What may have initialized a parameter last; null for its default. */
  writes(parameter: ParameterValue): readonly InitWrite[] | null {
    return this.stateOf(parameter).writes;
  }

  /** A sure write to the whole parameter replaces what was there, another one stands beside it. */
  write(parameter: ParameterValue, write: InitWrite, sure: boolean): void {
    const before = sure && parameter.part !== true ? [] : initOf(this, parameter);
    if (!this.stateOf(parameter).sealed) this.change(parameter, { writes: [...before, write] });
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
    this.own();
    this.ties.set(keyOf(parameter), this.original(to));
  }

  /** The parameter itself, or the one that it is tied to. */
  original(parameter: ParameterValue): ParameterValue {
    return this.ties.get(keyOf(parameter)) ?? parameter;
  }

  /** Whether a parameter belongs to several layers. */
  isShared(parameter: ParameterValue): boolean {
    const key = keyOf(parameter);
    return this.ties.has(key) || [...this.ties.values()].some((original) => keyOf(original) === key);
  }

  private stateOf(parameter: ParameterValue): ParameterState {
    return this.parameters.get(keyOf(this.original(parameter))) ?? UNTOUCHED;
  }

  private change(parameter: ParameterValue, change: Partial<ParameterState>): void {
    this.own();
    this.parameters.set(keyOf(this.original(parameter)), { ...this.stateOf(parameter), ...change });
  }

  /** Takes over what happened in the alternatives that this heap was forked into: all that may be. */
  join(alternatives: readonly Heap[]): void {
    const [first, ...rest] = alternatives;
    if (first === undefined) return;
    this.become(first);
    for (const other of rest) if (!other.isSameAs(first)) this.joinOne(other);
  }

  private joinOne(other: Heap): void {
    this.own();
    for (const [id, attributes] of other.objects) {
      const mine = this.objects.get(id);
      this.objects.set(id, mine === undefined || mine === attributes ? attributes : joined(mine, attributes));
    }
    for (const key of new Set([...this.parameters.keys(), ...other.parameters.keys()])) {
      const mine = this.parameters.get(key) ?? UNTOUCHED;
      const theirs = other.parameters.get(key) ?? UNTOUCHED;
      if (mine !== theirs) this.parameters.set(key, eitherState(mine, theirs));
    }
    this.joinTies(other);
  }

  /** Parameters that are one only perhaps are not followed. */
  private joinTies(other: Heap): void {
    for (const [key, original] of [...this.ties, ...other.ties]) {
      if (this.ties.has(key) && other.ties.has(key)) continue;
      this.ties.delete(key);
      const unknown: ParameterState = { ...UNTOUCHED, writes: [PERHAPS_SHARED], sealed: true };
      this.parameters.set(key, unknown).set(keyOf(original), unknown);
    }
  }
}

function eitherState(left: ParameterState, right: ParameterState): ParameterState {
  return {
    writes: [...new Set([...(left.writes ?? [DEFAULT]), ...(right.writes ?? [DEFAULT])])],
    sealed: left.sealed || right.sealed,
    frozen: left.frozen || right.frozen,
  };
}

const PERHAPS_SHARED: InitWrite = { std: UNKNOWN_QUANTITY, span: null, by: 'perhaps that of another layer' };

/** Stands for a layer's default until the layer is at hand. */
const DEFAULT: InitWrite = { std: UNKNOWN_QUANTITY, span: null, by: 'default' };

/** The writes of a parameter, with the layer's own default where nothing else was written. */
export function initOf(heap: Heap, parameter: ParameterValue): readonly InitWrite[] {
  const writes = heap.writes(parameter) ?? [DEFAULT];
  return writes.map((write) => (write === DEFAULT ? defaultInit(heap.original(parameter).layer) : write));
}

function defaultInit({ defaultStd }: Layer): InitWrite {
  return defaultStd === null ? DEFAULT : { std: defaultStd, span: null, by: 'default' };
}

function joined(left: Attributes, right: Attributes): Attributes {
  const both = new Map(left);
  for (const [name, theirs] of right) {
    const mine = both.get(name);
    both.set(
      name,
      mine === undefined ? theirs : { value: either([mine.value, theirs.value]), span: mine.span },
    );
  }
  return both;
}

function keyOf({ layer, which }: ParameterValue): string {
  return `${layer.id}.${which}`;
}
