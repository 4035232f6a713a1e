import {
  CONSTANT,
  eitherGrowth,
  type Growth,
  isPoint,
  timesGrowth,
  UNKNOWN_GROWTH,
} from '../growth/growth.ts';
import { type Quantity, symbolsOf } from '../growth/quantity.ts';
import { compare, ONE, ZERO } from '../growth/rational.ts';
import { fileFrame } from '../interpret/classes.ts';
import { type Heap, initOf } from '../interpret/heap.ts';
import { namedModules } from '../interpret/modules.ts';
import type { WeightRole } from '../model-outline.ts';
import type { LayerExit, LayerUse } from '../network/flow.ts';
import type { InitWrite } from '../network/init.ts';
import type { Layer } from '../network/layer.ts';
import { familyOf, hasWeight, weightOf } from '../network/layer.ts';
import type { Instance, ModelReading } from '../observe/run-file.ts';
import type { Span } from '../syntax/span.ts';
import { quantityText } from '../words/quantity-text.ts';
import { type RateReading, readRates } from './rates.ts';
import type { Widths } from './widths.ts';

/** One weight matrix of a model, with all that bounds its exponents. */
export interface Weight {
  /** The path of its layer: `fc2`, `layers.0`. */
  readonly path: string;
  readonly layer: Layer;
  readonly role: WeightRole | null;
  readonly shape: string;
  /** What may have initialized it last, each with how its standard deviation grows. */
  readonly inits: readonly { readonly write: InitWrite; readonly std: Growth }[];
  /** How the factors on its output grow. */
  readonly multiplier: Growth;
  /** Where its output goes in the forward pass. */
  readonly exits: readonly LayerExit[];
  readonly rate: RateReading;
  readonly attributeSpan: Span | null;
  /** Whether it is another layer's weight, too. */
  readonly shared: boolean;
}

/** A layer and where it is in the model. */
export interface LocatedLayer {
  readonly path: string;
  readonly layer: Layer;
  readonly attributeSpan: Span | null;
}

export interface WeightsReading {
  readonly weights: readonly Weight[];
  /** Layers whose weights the table does not read. */
  readonly unread: readonly LocatedLayer[];
}

/** The weights of a model, in PyTorch's order, and the layers that are not read. */
export function readWeights(reading: ModelReading, widths: Widths): WeightsReading {
  const sources: WeightSources = {
    reading,
    widths,
    rates: readRates(reading, widths),
    instances: reading.instances.map((instance) => ({
      heap: instance.heap,
      layers: new Map(layersOf(reading, instance).map(({ path, layer }) => [path, layer])),
    })),
  };
  const weights: Weight[] = [];
  const unread: LocatedLayer[] = [];
  for (const located of layersOf(reading, reading.pattern)) {
    if (familyOf(located.layer).read) weights.push(readWeight(located, sources));
    else if (isUnread(located.layer, reading)) unread.push(located);
  }
  return { weights, unread };
}

/** A foreign class counts as a layer only if the forward pass sends something through it. */
function isUnread(layer: Layer, { opaqueLayers }: ModelReading): boolean {
  return layer.family === 'other' ? opaqueLayers.has(layer) : hasWeight(layer) !== false;
}

/** The layers of an instance with their paths and the attribute that holds each. */
function layersOf({ interpreter }: ModelReading, instance: Instance): readonly LocatedLayer[] {
  const frame = { ...fileFrame(interpreter), heap: instance.heap };
  return namedModules(instance.object, frame).flatMap(({ path, value }) => {
    if (value.kind !== 'layer') return [];
    const [first = ''] = path.split('.');
    const attributeSpan = instance.heap.attributes(instance.object.id).get(first)?.span ?? null;
    return [{ path, layer: value.layer, attributeSpan }];
  });
}

/** What a weight's exponents are read from. */
interface WeightSources {
  readonly reading: ModelReading;
  readonly widths: Widths;
  readonly rates: (path: string) => RateReading;
  readonly instances: readonly InstanceLayers[];
}

function readWeight(located: LocatedLayer, sources: WeightSources): Weight {
  const { path, layer, attributeSpan } = located;
  const { reading, widths, rates } = sources;
  const uses = reading.uses.filter((use) => use.layer === layer);
  return {
    path,
    layer,
    role: roleOf(layer, widths),
    shape: `${dimensionText(layer.fanOut, widths)} × ${dimensionText(layer.fanIn, widths)}`,
    inits: initsOf(located, sources).map((write) => ({ write, std: widths.growthOf(write.std) })),
    multiplier: multiplierOf(uses, widths),
    exits: uses.flatMap((use) => use.exits),
    rate: rates(path),
    attributeSpan,
    shared: reading.pattern.heap.isShared(weightOf(layer)),
  };
}

/** Longer formulas than this say less than what they grow with. */
const MAX_FORMULA = 32;

/** A dimension as the code writes it; a long formula as what it is proportional to. */
export function dimensionText(dimension: Quantity, { isWidth, names }: Widths): string {
  const text = quantityText(dimension, isWidth);
  if (text.length <= MAX_FORMULA) return text;
  return [...symbolsOf(dimension)].some(isWidth) ? `∝ ${names.join('·')}` : '…';
}

/** The role that the growth of both dimensions proves; null where one may or may not grow. */
function roleOf(layer: Layer, widths: Widths): WeightRole | null {
  const fanIn = familyOf(layer).columns === 'entries' ? false : growsWithWidth(widths.growthOf(layer.fanIn));
  const fanOut = growsWithWidth(widths.growthOf(layer.fanOut));
  if (fanIn === null || fanOut === null) return null;
  if (fanIn) return fanOut ? 'hidden' : 'output';
  return fanOut ? 'input' : 'finite';
}

/** Whether a dimension is proportional to the width, or the same at every width; null for anything else. */
function growsWithWidth(growth: Growth): boolean | null {
  if (!isPoint(growth)) return null;
  if (compare(growth.low, ONE) === 0) return true;
  return compare(growth.low, ZERO) === 0 ? false : null;
}

/** An instance's layers by path, and what became of them. */
interface InstanceLayers {
  readonly heap: Heap;
  readonly layers: ReadonlyMap<string, Layer>;
}

/** What may have been written last, over every instance that the file makes. */
function initsOf({ path, layer }: LocatedLayer, { reading, instances }: WeightSources): readonly InitWrite[] {
  const { pattern } = reading;
  if (instances.length === 0) return initOf(pattern.heap, weightOf(layer));
  const written = instances.flatMap(({ heap, layers }) => {
    const same = layers.get(path);
    return same === undefined ? initOf(pattern.heap, weightOf(layer)) : initOf(heap, weightOf(same));
  });
  const later = reading.later.filter(
    (heap) => heap.writes(weightOf(layer)) !== reading.built.writes(weightOf(layer)),
  );
  return [...written, ...later.flatMap((heap) => initOf(heap, weightOf(layer)))];
}

/** The factor before the layer, if nothing but numbers came after the last step, times those behind it. */
function multiplierOf(uses: readonly LayerUse[], widths: Widths): Growth {
  const growths = uses.flatMap(({ input, exits }) =>
    exits.map((exit) => {
      const before = input.steps.length === 0 && input.origins.some((origin) => origin !== 'input');
      const entering = before ? CONSTANT : widths.growthOf(input.multiplier);
      return timesGrowth(entering, widths.growthOf(exit.multiplier));
    }),
  );
  return growths.length === 0 ? UNKNOWN_GROWTH : growths.reduce(eitherGrowth);
}
