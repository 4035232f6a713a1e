import { type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import { either, type Layer, type ParameterValue, type Value } from './value.ts';

/** An attribute of an object, or an item of a container. */
export interface Attribute {
  readonly value: Value;
  /** The attribute in the statement that assigned it. */
  readonly span: Span | null;
}

/** One thing that may have set a parameter's initial values last. */
export interface InitWrite {
  readonly std: Quantity;
  /** The call; null for the layer's own default. */
  readonly span: Span | null;
  /** How the code names the initializer. */
  readonly by: string;
}

type Attributes = ReadonlyMap<string, Attribute>;

/** What assignments have made of objects, containers and parameters so far. Copied where the code forks. */
export class Heap {
  private readonly objects: Map<number, Attributes>;
  private readonly inits: Map<string, readonly InitWrite[]>;

  constructor(other?: Heap) {
    this.objects = new Map(other?.objects);
    this.inits = new Map(other?.inits);
  }

  attributes(id: number): Attributes {
    return this.objects.get(id) ?? new Map<string, Attribute>();
  }

  setAttribute(id: number, name: string, attribute: Attribute): void {
    this.objects.set(id, new Map(this.attributes(id)).set(name, attribute));
  }

  /** What may have initialized a parameter last; undefined for its default. */
  writes(parameter: ParameterValue): readonly InitWrite[] | undefined {
    return this.inits.get(keyOf(parameter));
  }

  /** A sure write replaces what was there, another one stands beside it. */
  write(parameter: ParameterValue, write: InitWrite, sure: boolean): void {
    const before = sure ? [] : (this.writes(parameter) ?? [defaultInit(parameter.layer)]);
    this.inits.set(keyOf(parameter), [...before, write]);
  }

  /** Back to the layer's own default. */
  reset(parameter: ParameterValue): void {
    this.inits.delete(keyOf(parameter));
  }

  /** Takes over what happened in the alternatives of this heap: all that may be. */
  join(alternatives: readonly Heap[]): void {
    const [first, ...rest] = alternatives;
    if (first === undefined) return;
    for (const [id, attributes] of first.objects) this.objects.set(id, attributes);
    for (const [key, writes] of first.inits) this.inits.set(key, writes);
    for (const other of rest) this.joinOne(other);
  }

  private joinOne(other: Heap): void {
    for (const [id, attributes] of other.objects) {
      const mine = this.objects.get(id);
      this.objects.set(id, mine === undefined || mine === attributes ? attributes : joined(mine, attributes));
    }
    for (const key of new Set([...this.inits.keys(), ...other.inits.keys()])) {
      const mine = this.inits.get(key);
      const theirs = other.inits.get(key);
      if (mine !== theirs)
        this.inits.set(key, [...new Set([...(mine ?? [DEFAULT]), ...(theirs ?? [DEFAULT])])]);
    }
  }
}

/** Stands for a layer's default until the layer is at hand. */
const DEFAULT: InitWrite = { std: UNKNOWN_QUANTITY, span: null, by: 'default' };

/** The writes of a parameter, with the layer's own default where nothing else was written. */
export function initOf(heap: Heap, parameter: ParameterValue): readonly InitWrite[] {
  const writes = heap.writes(parameter) ?? [DEFAULT];
  return writes.map((write) => (write === DEFAULT ? defaultInit(parameter.layer) : write));
}

function defaultInit(layer: Layer): InitWrite {
  const { std } = layer.knowledge;
  if (std === undefined) return DEFAULT;
  const of: Quantity =
    std.fan === 'none'
      ? { op: 'literal', value: 1, text: '1' }
      : { op: 'power', base: layer.fanIn, exponent: { numerator: -1, denominator: 2 } };
  return { std: of, span: null, by: 'default' };
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
