import { grouped } from '../grouped.ts';
import {
  CONSTANT,
  eitherGrowth,
  type Growth,
  isPoint,
  isVanished,
  timesGrowth,
  UNKNOWN_GROWTH,
} from '../growth/growth.ts';
import { type Quantity, symbolsOf } from '../growth/quantity.ts';
import { compare, ONE, ZERO } from '../growth/rational.ts';
import type { WeightRole } from '../model-outline.ts';
import type { LayerExit, LayerUse } from '../network/flow.ts';
import type { InitWrite } from '../network/init.ts';
import type { Layer } from '../network/layer.ts';
import { familyOf } from '../network/layer.ts';
import type { ObservedLayer, ObservedModel } from '../observe/observed-model.ts';
import { quantityText } from '../words/quantity-text.ts';
import { type RateReading, readRates } from './rates.ts';
import type { Widths } from './widths.ts';

/** One weight matrix of a model, with all that bounds its exponents. */
export interface Weight extends Omit<ObservedLayer, 'inits'> {
  readonly role: WeightRole | null;
  readonly shape: string;
  /** What may have initialized it last, each with how its standard deviation grows. */
  readonly inits: readonly { readonly write: InitWrite; readonly std: Growth }[];
  /** How the factors on its output grow. */
  readonly multiplier: Growth;
  /** Where its output goes in the forward pass. */
  readonly exits: readonly LayerExit[];
  readonly rate: RateReading;
}

export interface WeightsReading {
  readonly weights: readonly Weight[];
  /** Layers whose weights the table does not read. */
  readonly unread: readonly ObservedLayer[];
}

/** The weights of a model, in PyTorch's order, and the layers that are not read. */
export function readWeights(model: ObservedModel, widths: Widths): WeightsReading {
  const rates = readRates(model, widths);
  const read = model.layers.filter(({ layer }) => familyOf(layer).read);
  const usesOf = grouped(model.uses, (use) => use.layer);
  return {
    weights: read.map((observed) =>
      readWeight(observed, usesOf.get(observed.layer) ?? [], { widths, rates }),
    ),
    unread: model.layers.filter(({ layer }) => !familyOf(layer).read),
  };
}

interface WeightSources {
  readonly widths: Widths;
  readonly rates: (observed: ObservedLayer) => RateReading;
}

function readWeight(
  observed: ObservedLayer,
  uses: readonly LayerUse[],
  { widths, rates }: WeightSources,
): Weight {
  const { layer, inits } = observed;
  return {
    ...observed,
    role: roleOf(layer, widths),
    shape: `${dimensionText(layer.fanOut, widths)} × ${dimensionText(layer.fanIn, widths)}`,
    inits: inits.map((write) => ({ write, std: randomGrowth(write, widths) })),
    multiplier: multiplierOf(uses, widths),
    exits: uses.flatMap((use) => use.exits),
    rate: rates(observed),
  };
}

/** How the standard deviation of random values grows, or of none; that of constants is not what layers see of them. */
function randomGrowth({ std, kind }: InitWrite, widths: Widths): Growth {
  const growth = widths.growthOf(std);
  return kind === 'constant' && !isVanished(growth) ? UNKNOWN_GROWTH : growth;
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
