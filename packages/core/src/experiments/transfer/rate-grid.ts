/**
 * 2^(k/8), correctly rounded: rates are hashed, and the last bit of `**` with a fraction differs between versions of Node.
 * Rates of the grid are powers of 2^(1/8) away from the one that the search starts from: places on a logarithmic axis.
 */
const OCTAVE: readonly number[] = [
  1,
  1.0905077326652577,
  1.189207115002721,
  1.2968395546510096,
  Math.SQRT2,
  1.5422108254079407,
  1.681792830507429,
  1.8340080864093424,
];
const PLACES_PER_OCTAVE: number = OCTAVE.length;
/** The search begins with rates a factor of four apart. */
const COARSE = 16;
const COARSE_PLACES: readonly number[] = [-2, -1, 0, 1, 2].map((count) => count * COARSE);
/** Nothing is looked for beyond 2^±30 of where it starts. */
const FARTHEST = 240;
/** How many rates a width takes as a rule: five, two for each halving of their distance, and some for seeds that differ. */
export const USUAL_RATES = 16;

/** ln of the factor between neighboring places. */
const RATE_RESOLUTION = Math.LN2 / PLACES_PER_OCTAVE;

/** The rate at a place. */
export function rateAt(place: number, center: number): number {
  const octaves = Math.floor(place / PLACES_PER_OCTAVE);
  let rate = center * OCTAVE[place - octaves * PLACES_PER_OCTAVE];
  for (let octave = 0; octave < Math.abs(octaves); octave++) rate *= octaves < 0 ? 0.5 : 2;
  return rate;
}

/** The place of a rate of the grid. */
export function placeOf(rate: number, center: number): number {
  return Math.round(Math.log2(rate / center) * PLACES_PER_OCTAVE);
}

/** The loss by which the rates of one seed are judged, by place; a run that diverged has ∞. */
export type RateCurve = ReadonlyMap<number, number>;

/** Where the search for the least loss of one width stands. */
export type SearchState = 'searching' | 'found' | 'at-edge';

/** The rates at which a width is still to be trained, and what of its search they leave. */
export interface Search {
  readonly state: SearchState;
  readonly next: readonly number[];
}

/**
 * What to train next at one width, so that the best rate of every seed has neighbors at both sides, a 2^(1/8) apart.
 *
 * Outwards by factors of four while a seed is best at an end; then at half the distance around the best of every seed,
 * until neighbors stand at both sides. It takes curves for such that have one minimum: one between two coarse rates is
 * not seen.
 *
 * @param curves of every seed, over the same places
 */
export function searchStep(curves: readonly RateCurve[]): Search {
  const places = [...(curves[0]?.keys() ?? [])].sort((left, right) => left - right);
  if (places.length === 0) return { state: 'searching', next: COARSE_PLACES };
  const best = [...new Set(curves.map(bestPlace))];
  const [lowest, highest] = [places[0], places[places.length - 1]];
  const outwards = [
    // Where everything diverges, smaller rates may not.
    ...(best.some((place) => place === null || place === lowest) ? [lowest - COARSE] : []),
    ...(best.includes(highest) ? [highest + COARSE] : []),
  ];
  if (outwards.some((place) => Math.abs(place) > FARTHEST)) return { state: 'at-edge', next: [] };
  if (outwards.length > 0) return { state: 'searching', next: outwards };
  const known = best.filter((place) => place !== null);
  for (let distance = COARSE / 2; distance >= 1; distance /= 2) {
    const beside = known.flatMap((place) => [place - distance, place + distance]);
    const missing = [...new Set(beside)].filter((place) => !places.includes(place));
    if (missing.length > 0) return { state: 'searching', next: missing.sort((left, right) => left - right) };
  }
  return { state: 'found', next: [] };
}

/** The place of the least loss, the smaller of equal ones; null where every rate diverges. */
export function bestPlace(curve: RateCurve): number | null {
  let best: number | null = null;
  for (const [place, loss] of [...curve].sort(([left], [right]) => left - right)) {
    if (Number.isFinite(loss) && (best === null || loss < curve.get(best)!)) best = place;
  }
  return best;
}

/**
 * ln of the best rate over the one that the search starts from: the vertex of the parabola through the least log loss
 * and its neighbors, or its place where one of them diverges.
 *
 * @param isCut whether the search was ended early: the neighbors may be farther than a place away
 * @returns null without neighbors
 */
export function bestLogRate(curve: RateCurve, isCut = false): number | null {
  const found = leastWithNeighbors(curve, isCut);
  if (found === null) return null;
  const { place, distance, left, least, right } = found;
  const bend = left - 2 * least + right;
  const offset = Number.isFinite(bend) && bend > 0 ? (left - right) / (2 * bend) : 0;
  return (place + distance * offset) * RATE_RESOLUTION;
}

/**
 * What the best rate may be off by, if the curve has one minimum: half the distance of its neighbors for a vertex, all of
 * it beside a rate that diverges, as the least loss may be anywhere before it.
 *
 * @returns null without neighbors
 */
export function bestLogRateError(curve: RateCurve, isCut = false): number | null {
  const found = leastWithNeighbors(curve, isCut);
  if (found === null) return null;
  const apart = found.distance * RATE_RESOLUTION;
  return Number.isFinite(found.left + found.right) ? apart / 2 : apart;
}

/** Log losses around the least. */
interface Least {
  readonly place: number;
  /** How many places away its neighbors are. */
  readonly distance: number;
  readonly left: number;
  readonly least: number;
  readonly right: number;
}

function leastWithNeighbors(curve: RateCurve, isCut: boolean): Least | null {
  const place = bestPlace(curve);
  if (place === null) return null;
  for (let distance = 1; distance <= (isCut ? COARSE : 1); distance *= 2) {
    const around = [place - distance, place, place + distance];
    const [left, least, right] = around.map((each) => logLoss(curve.get(each)));
    if (left !== undefined && least !== undefined && right !== undefined) {
      return { place, distance, left, least, right };
    }
  }
  return null;
}

function logLoss(loss: number | undefined): number | undefined {
  return loss === undefined ? undefined : Math.log(Math.max(loss, Number.MIN_VALUE));
}

/** The place at which the mean log loss of all seeds is least; null where there is none at which every seed finishes. */
export function tunedPlace(curves: readonly RateCurve[]): number | null {
  const means = new Map<number, number>();
  for (const place of curves[0]?.keys() ?? []) {
    const losses = curves.map((curve) => curve.get(place) ?? Number.POSITIVE_INFINITY);
    means.set(place, losses.reduce((sum, loss) => sum + logLoss(loss)!, 0) / losses.length);
  }
  return bestPlace(means);
}
