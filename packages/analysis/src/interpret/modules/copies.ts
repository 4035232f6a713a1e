import type { Layer } from '../../network/layer.ts';
import type { Frame } from '../machine/interpreter.ts';
import { dict, list } from '../values/containers.ts';
import { eachOption } from '../values/either.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { copyForwardHooks } from './forward-hooks.ts';
import { isTag } from './parameter-tags.ts';

/** A copy of a value and of all that it holds, as `copy.deepcopy` makes it. */
export function deepCopy(value: Value, frame: Frame): Value {
  return new Copying(frame).copy(value);
}

/** The copy of a model that takes its place is another instance of it; one that stands beside it is somebody else's. */
export function takesPlace(before: Value | undefined, after: Value, { interpreter }: Frame): void {
  if (before?.kind !== 'object' || after.kind !== 'object') return;
  if (interpreter.copies.get(after.id) !== before.id) return;
  const { constructions } = interpreter.trace;
  const made = constructions.find(({ objectId }) => objectId === before.id);
  if (made === undefined) return;
  constructions.push({ ...made, objectId: after.id });
  interpreter.models.add(after.id);
}

/** The work of copying a layer with its parameters, and an object beside what it holds. */
const LAYER = 12;
const OBJECT = 6;

/** More layers than a model has that somebody copies; what those beyond are is not known. */
const MOST_LAYERS = 300;

/** One copying: what is met twice is copied once. */
class Copying {
  private readonly ids = new Map<number, number>();
  private readonly layers = new Map<Layer, Layer>();
  private readonly frame: Frame;

  constructor(frame: Frame) {
    this.frame = frame;
  }

  copy(value: Value): Value {
    this.frame.interpreter.budget.spend(1);
    switch (value.kind) {
      case 'either':
        return eachOption(value, (option) => this.copy(option));
      case 'list':
        return list(
          value.items.map((item) => this.copy(item)),
          value.open,
          value.tuple,
        );
      case 'dict':
        return dict(this.entries(value.entries), value.open, this.entries(value.keys));
      case 'number':
        return value.isTensor === true ? { ...value } : value;
      case 'optimizer': // of the copies of its parameters, with groups of its own
        return UNKNOWN;
      case 'object':
        return { ...value, id: this.copyOf(value.id) };
      case 'layer':
        if (this.layers.size >= MOST_LAYERS && !this.layers.has(value.layer)) return UNKNOWN;
        return { kind: 'layer', layer: this.layer(value.layer) };
      case 'parameter':
        return { ...value, layer: this.layer(value.layer) };
      default:
        return value;
    }
  }

  private entries(entries: ReadonlyMap<string, Value>): ReadonlyMap<string, Value> {
    return new Map([...entries].map(([name, value]) => [name, this.copy(value)]));
  }

  private copyOf(id: number): number {
    const known = this.ids.get(id);
    if (known !== undefined) return known;
    const { heap, interpreter } = this.frame;
    interpreter.budget.spend(OBJECT);
    const copy = interpreter.newId();
    this.ids.set(id, copy);
    const base = interpreter.baseLayers.get(id);
    if (base === undefined) heap.makeObject(copy);
    else interpreter.baseLayers.set(copy, this.layerWith(base, copy));
    this.attributes(id, copy);
    interpreter.copies.set(copy, id);
    const given = interpreter.givenFields.get(id);
    if (given !== undefined) interpreter.givenFields.set(copy, given);
    return copy;
  }

  private attributes(from: number, to: number): void {
    copyForwardHooks(from, to, this.frame.heap);
    for (const [name, attribute] of this.frame.heap.attributes(from)) {
      if (isTag(name)) continue;
      this.frame.heap.setAttribute(to, name, { ...attribute, value: this.copy(attribute.value) });
    }
  }

  private layer(layer: Layer): Layer {
    const known = this.layers.get(layer);
    if (known !== undefined) return known;
    const made = this.layerWith(layer, this.frame.interpreter.newId());
    this.attributes(layer.id, made.id);
    return made;
  }

  private layerWith(layer: Layer, id: number): Layer {
    this.frame.interpreter.budget.spend(LAYER);
    const made: Layer = { ...layer, id };
    this.layers.set(layer, made);
    this.frame.heap.makeLayer(made);
    this.frame.heap.parameters.copy(layer, made);
    return made;
  }
}
