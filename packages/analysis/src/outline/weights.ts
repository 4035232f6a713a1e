import { grouped } from '../grouped.ts';
import { eitherGrowth, type Growth, isPoint, isVanished, UNKNOWN_GROWTH } from '../growth/growth.ts';
import { productOfAll } from '../growth/product.ts';
import { literal, type Quantity, symbolsOf, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import type { WeightRole } from '../model-outline.ts';
import type { WeightTensor } from '../network/graph.ts';
import type { InitWrite } from '../network/init.ts';
import { parameterKey, parameterOf } from '../network/layer.ts';
import type { ObservedModel, ObservedParameter } from '../observe/observed-model.ts';
import { quantityText } from '../words/quantity-text.ts';
import { type Application, applicationsIn, type StartOf } from './factors.ts';
import { addedIn, summandsIn } from './forward/added-parameters.ts';
import { appliedTo, isFeaturesOf } from './forward/applied-to.ts';
import { sidesOf } from './forward/contraction-side.ts';
import type { ForwardPass } from './forward/forward-pass.ts';
import { ownPlaces } from './forward/own-places.ts';
import { scaledAmong } from './forward/scaled-entries.ts';
import { lengthSpeed } from './length-speed.ts';
import { type RateReading, readRates } from './rates.ts';
import { holdsAtLargeWidths } from './relied-ratios.ts';
import type { Widths } from './widths.ts';

/** One parameter of a model, with all that bounds its exponents. */
export interface Weight extends Omit<ObservedParameter, 'inits'> {
  readonly role: WeightRole | null;
  readonly shape: string;
  /** How fast what it sums over grows, and what it makes; null where that is not known. */
  readonly speeds: { readonly into: number; readonly out: number } | null;
  /** Whether its uses sum over different dimensions, as an embedding that is the readout, too. */
  readonly isTied: boolean;
  /** What it sums over and what it makes, in the words of the code. */
  readonly fans: string;
  /** What may have initialized it last, each with how its typical values grow. */
  readonly inits: readonly { readonly write: InitWrite; readonly std: Growth }[];
  /** How the factors on each of its uses grow. */
  readonly multiplier: Growth;
  /** Where the forward pass uses it. */
  readonly uses: readonly WeightTensor[];
  /** What it meets there. */
  readonly applications: readonly Application[];
  readonly rate: RateReading;
}

/** What the parameters of a model are read from. */
export interface WeightSources {
  readonly model: ObservedModel;
  readonly pass: ForwardPass;
  readonly widths: Widths;
}

/** The parameters of a model, in PyTorch's order. */
export function readWeights({ model, pass, widths }: WeightSources): readonly Weight[] {
  const rates = readRates(model, widths);
  const applied = grouped(
    applicationsIn(pass, widths.growthOf, startsIn(model, widths)),
    ({ weight }) => weight,
  );
  const uses = grouped(
    pass.tensors.filter((tensor) => tensor.op === 'weight'),
    parameterKey,
  );
  const summed = summedOver(pass);
  return model.parameters.map((observed): Weight => {
    const own = [observed, ...observed.aliases].flatMap(({ layer, which }) =>
      which === null ? [] : (uses.get(parameterKey({ layer, which })) ?? []),
    );
    const used = [...new Set(own)];
    const fanIn = fanInOf(observed, used, { ...summed, growthOf: widths.growthOf });
    const role = roleOf(observed.dims, fanIn, widths);
    return {
      ...observed,
      role,
      speeds: speedsIn(observed.dims, fanIn, widths),
      isTied: new Set(used.flatMap((use) => [...(summed.places.get(use) ?? [])])).size > 1,
      ...textsOf(observed.dims, fanIn, widths),
      inits: startsOf(observed, widths).map((write) => ({
        write,
        std: sizeOf(write, sumsMany(role, fanIn), widths),
      })),
      multiplier: multiplierOf(used.map((one) => applied.get(one) ?? [])),
      uses: used,
      applications: used.flatMap((one) => applied.get(one) ?? []),
      rate: rates(observed),
    };
  });
}

/** What initialized it last; of one for which the code chose that by sizes of which nothing is known, something. */
function startsOf({ inits, relies }: ObservedParameter, { growthOf }: Widths): readonly InitWrite[] {
  const chosen = relies.filter(({ starts }) => starts);
  return holdsAtLargeWidths(chosen, growthOf)
    ? inits
    : inits.map((write) => ({ ...write, std: UNKNOWN_QUANTITY, kind: 'unknown' }));
}

/** How the initial values of each parameter grow. */
function startsIn({ parameters }: ObservedModel, widths: Widths): StartOf {
  const starts = new Map<string, Growth>();
  for (const observed of parameters) {
    const { layer, which, aliases } = observed;
    const [first = UNKNOWN_GROWTH, ...others] = startsOf(observed, widths).map(({ std }) =>
      widths.growthOf(std),
    );
    const growth = others.reduce(eitherGrowth, first);
    for (const one of [{ layer, which }, ...aliases])
      if (one.which !== null) starts.set(parameterKey({ layer: one.layer, which: one.which }), growth);
  }
  return ({ layer, which }) => starts.get(parameterKey({ layer, which })) ?? UNKNOWN_GROWTH;
}

/** How the factors on its uses grow; of one that meets nothing that is known. */
function multiplierOf(uses: readonly (readonly Application[])[]): Growth {
  const growths = uses.flatMap((applications): readonly Growth[] =>
    applications.length === 0 ? [UNKNOWN_GROWTH] : applications.map(({ factor }) => factor),
  );
  return growths.length === 0 ? UNKNOWN_GROWTH : growths.reduce(eitherGrowth);
}

/** Whether what a weight makes is used with factors that differ: what is too small in one use may be as large as it should in another. */
export function hasSeveralFactors({ multiplier }: Pick<Weight, 'multiplier'>): boolean {
  const { low, high } = multiplier;
  return !isPoint(multiplier) && low.denominator !== 0 && high.denominator !== 0;
}

/** How its initial values grow. What is summed over many of one sign is no power of how large they are. */
function sizeOf({ std, kind }: InitWrite, sums: boolean, widths: Widths): Growth {
  const growth = widths.growthOf(std);
  return kind === 'constant' && sums && !isVanished(growth) ? UNKNOWN_GROWTH : growth;
}

/** Whether it may be summed over more entries the wider the model is. */
function sumsMany(role: WeightRole | null, fanIn: readonly number[] | null): boolean {
  if (role === null) return fanIn === null || fanIn.length > 0;
  return role === 'hidden' || role === 'output';
}

/** Longer formulas than this say less than what they grow with. */
const MAX_FORMULA = 32;

/** A dimension as the code writes it; a long formula as what it is proportional to. */
function dimensionText(dimension: Quantity, { isWidth, names }: Widths): string {
  const text = quantityText(dimension, isWidth);
  if (text.length <= MAX_FORMULA) return text;
  const short = quantityText(productOfAll([dimension, literal(1)]), isWidth);
  if (short.length <= MAX_FORMULA) return short;
  const [name] = names;
  return name !== undefined && [...symbolsOf(dimension)].some(isWidth) ? `∝ ${name}` : '…';
}

/** Fan-out × fan-in where it has one of each, else its dimensions as they are. */
function textsOf(
  dims: ObservedParameter['dims'],
  fanIn: readonly number[] | null,
  widths: Widths,
): Pick<Weight, 'shape' | 'fans'> {
  if (dims === null) return { shape: '?', fans: '?' };
  const texts = dims.map((dim) => dimensionText(dim, widths));
  const [into] = fanIn ?? [];
  const shape = dims.length === 2 && into === 0 && fanIn?.length === 1 ? [...texts].reverse() : texts;
  const from = texts.filter((_, place) => fanIn?.includes(place));
  const to = texts.filter((_, place) => !fanIn?.includes(place));
  return {
    shape: shape.length === 0 ? '1' : shape.join(' × '),
    fans: [from, to].map((side) => (side.length === 0 ? '1' : side.join(' × '))).join(' → '),
  };
}

/** What the uses of parameters sum over. */
interface Summed {
  /** The places of the dimensions of each use: none where all that is made of it is added, or a layer is applied to it. */
  readonly places: ReadonlyMap<WeightTensor, ReadonlySet<string>>;
  /** Those that a layer is applied to, whose entries something scales, or that are summands of what may be a matrix. */
  readonly features: ReadonlySet<WeightTensor>;
}

function summedOver({ tensors }: ForwardPass): Summed {
  const summed = new Map<WeightTensor, Set<string>>();
  for (const { of, other, dimensions } of tensors.flatMap((one) =>
    one.op === 'contract' ? sidesOf(one) : [],
  )) {
    const own = ownPlaces(of, dimensions);
    if (own === null) continue;
    const places = isFeaturesOf(other, own.weight) ? '' : own.places.join(' ');
    summed.set(own.weight, (summed.get(own.weight) ?? new Set()).add(places));
  }
  for (const use of addedIn(tensors)) if (!summed.has(use)) summed.set(use, new Set(['']));
  return {
    places: summed,
    features: new Set([...appliedTo(tensors), ...scaledAmong(tensors), ...summandsIn(tensors)]),
  };
}

/**
 * The dimensions that are summed over: those of its layer's family, else those of its uses; null where neither is known, or
 * where a parameter that grows both ways has a layer applied to it, is scaled entry by entry or is added to others, which may
 * make another weight of it.
 */
function fanInOf(
  { layer, which, dims }: ObservedParameter,
  uses: readonly WeightTensor[],
  { places, features, growthOf }: Summed & Pick<Widths, 'growthOf'>,
): readonly number[] | null {
  if (which === null || dims === null) return null;
  const fixed = parameterOf({ kind: 'parameter', layer, which })?.fanIn ?? null;
  if (fixed !== null) return fixed;
  const each = new Set(uses.flatMap((use) => [...(places.get(use) ?? [])]));
  const [only] = each;
  const growing = dims.filter((dim) => lengthSpeed(growthOf(dim)) !== 0);
  if (growing.length > 1 && uses.some((use) => features.has(use))) return null;
  if (only === undefined && dims.length < 2) return [];
  return only === undefined || each.size > 1 ? null : only.split(' ').filter(Boolean).map(Number);
}

/** How fast the dimensions on each side grow together. */
function speedsIn(
  dims: ObservedParameter['dims'],
  fanIn: readonly number[] | null,
  widths: Widths,
): Weight['speeds'] {
  if (dims === null || fanIn === null) return null;
  const speeds = { into: 0, out: 0 };
  for (const [place, dim] of dims.entries()) {
    const speed = lengthSpeed(widths.growthOf(dim));
    if (speed === null) return null;
    speeds[fanIn.includes(place) ? 'into' : 'out'] += speed;
  }
  return speeds;
}

/** The role that the growth of its dimensions proves; null where one may or may not grow. */
function roleOf(
  dims: ObservedParameter['dims'],
  fanIn: readonly number[] | null,
  widths: Widths,
): WeightRole | null {
  if (dims === null || widths.names.length === 0 || dims.some(widths.isOfHeads)) return null;
  const speeds = dims.map((dim) => lengthSpeed(widths.growthOf(dim)));
  if (speeds.includes(null)) return null;
  const grow = speeds.map((speed) => speed !== 0);
  if (!grow.includes(true)) return 'finite';
  if (fanIn === null) return null;
  const into = grow.some((grows, place) => grows && fanIn.includes(place));
  const out = grow.some((grows, place) => grows && !fanIn.includes(place));
  if (into) return out ? 'hidden' : 'output';
  return 'input';
}
