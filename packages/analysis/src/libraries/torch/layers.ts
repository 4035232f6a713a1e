import { literal, power, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { HALF, negate } from '../../growth/rational.ts';
import { type Arguments, argument, type CallSite } from '../../interpret/interpreter.ts';
import { constructLayer } from '../../interpret/layers.ts';
import { quantityOf } from '../../interpret/numbers.ts';
import { truthOf } from '../../interpret/truth.ts';
import { UNKNOWN, type Value } from '../../interpret/value.ts';
import type { ArgumentPlace, LayerKnowledge } from './tables.ts';

/** A layer of the tables, as its constructor is called; containers take their items into the store. */
export function torchLayer(qualified: string, knowledge: LayerKnowledge, site: CallSite): Value {
  const { args, frame } = site;
  const [fanIn, fanOut] = [sizeAt(knowledge.fanIn, args), sizeAt(knowledge.fanOut, args)];
  const sizes = [[knowledge.fanIn?.name, fanIn] as const, [knowledge.fanOut?.name, fanOut] as const];
  const bias = knowledge.bias && argument(args, knowledge.bias);
  const value = constructLayer(
    qualified,
    {
      family: knowledge.family,
      fanIn,
      fanOut,
      hasBias: bias === undefined ? (args.open ? null : true) : truthOf(bias),
      defaultStd: defaultStd(knowledge, fanIn),
      sizes: new Map(sizes.flatMap(([name, size]) => (name === undefined ? [] : [[name, size]]))),
      zeroAtZero: knowledge.zeroAtZero ?? false,
      homogeneous: knowledge.homogeneous ?? false,
    },
    site,
  );
  for (const [name, item] of containedIn(knowledge, args)) {
    frame.heap.setAttribute(value.layer.id, name, { value: item, span: null });
  }
  return value;
}

function sizeAt(place: ArgumentPlace | undefined, args: Arguments): Quantity {
  const value = place && argument(args, place);
  return value === undefined ? UNKNOWN_QUANTITY : quantityOf(value);
}

function defaultStd({ std }: LayerKnowledge, fanIn: Quantity): Quantity | null {
  if (std === undefined) return null;
  return std === '1' ? literal(1) : power(fanIn, negate(HALF));
}

/** The items of a container by their names: places for a list, keys for a dict. */
function containedIn({ family }: LayerKnowledge, args: Arguments): readonly (readonly [string, Value])[] {
  const [first] = args.positional;
  if (family === 'dict' || (family === 'sequential' && first?.kind === 'dict')) {
    return first?.kind === 'dict' ? [...first.entries] : [];
  }
  if (family !== 'sequential' && family !== 'list') return [];
  const items = family === 'list' ? listed(first) : args.positional;
  return items.map((item, index) => [String(index), item] as const);
}

function listed(value: Value | undefined): readonly Value[] {
  if (value?.kind === 'list') return value.items;
  return value === undefined ? [] : [UNKNOWN];
}
