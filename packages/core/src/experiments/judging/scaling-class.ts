import { EXPONENT_TOLERANCE } from '../../calculus/exponent.ts';
import { halfSlopes, intervalOf, limitEstimate } from '../../statistics/contrast.ts';
import { slopeOf } from '../../statistics/log-log-slope.ts';
import type { Slope } from '../../statistics/slope.ts';
import { studentT } from '../../statistics/student-t.ts';
import type { Unmeasured, WidthMeans } from '../../statistics/width-means.ts';

/** What a quantity does over these widths. */
export type ScalingClass = 'constant' | 'falls' | 'grows' | 'undecided';

/** How a measured slope stands to the predicted one. */
export type Agreement = 'consistent' | 'approaching' | 'contradicts';

/** Halfway between a quantity that keeps its size (slope 0) and the laziest power that theory knows (−½). */
export const VANISHING_SLOPE: number = -1 / 4;
/** As far on the other side. */
export const GROWING_SLOPE: number = 1 / 4;
/** A limit below this share of the widest width's value is taken for 0. */
const VANISHED_SHARE = 1 / 16;

/** How a quantity of one layer at one step scales with width, beside what theory says. */
export interface Scaling {
  readonly class: ScalingClass;
  readonly slope: Slope;
  /** The predicted slope; null where the calculus does not know it. */
  readonly predicted: number | null;
  /** Null without a slope or a prediction. */
  readonly agreement: Agreement | null;
  /** Where a quantity that theory calls constant falls or grows over these widths, the wider one at which it turns. */
  readonly crossover: number | null;
}

export interface ScalingQuestion {
  readonly predicted: number | null;
  /** The finite-width bias of λ_min is upward: it may rise and be constant. */
  readonly mayRise?: boolean;
  /** The k of q^k = a + c/n: 2 for a size, 1 for a λ_min, which is the square of one. */
  readonly power: 1 | 2;
  /** What intervals leave out on either side where a fall is claimed of one of several; 2.5 % without a word. */
  readonly fallTail?: number;
}

/**
 * The class of one quantity, from measured slopes and what theory predicts for the same exponents.
 *
 *     constant    the interval lies in (−¼, ¼), and 0 is predicted, or nothing, or what the interval excludes while it holds 0
 *                 and the slope does not bend towards it, as on the crest of what rises before it falls
 *     falls       high < −¼ where theory says falling or nothing; or high < 0, and consistent with a predicted fall
 *     grows       its mirror image
 *     undecided   else; so is a fall below −¼ where 0 is predicted, unless q² = a + c/n puts all of a below q²(n_max)/16 and
 *                 the slope does not bend towards 0
 *
 * @see docs/math.md#slopes-and-verdicts
 */
export function scalingOf(means: WidthMeans | Unmeasured, question: ScalingQuestion): Scaling {
  const slope = slopeOf(means);
  const { predicted } = question;
  const open: Scaling = { class: 'undecided', slope, predicted, agreement: null, crossover: null };
  if ('reason' in means) return open;
  const agreement = predicted === null ? null : agreementOf(means, slope, predicted, question.power);
  if (isConstant(slope, question, agreement)) return { ...open, class: 'constant', agreement };
  const fall = fallOf(means, question, slopeOf(means, question.fallTail));
  if (fall !== null) return { ...open, ...fall, agreement };
  const growth = fallOf(mirrored(means), { ...question, predicted: negated(predicted) }, reversed(slope));
  if (growth !== null) {
    return {
      ...open,
      class: growth.class === 'falls' ? 'grows' : 'undecided',
      crossover: growth.crossover,
      agreement,
    };
  }
  return { ...open, agreement };
}

function isConstant(
  slope: Slope,
  { predicted, mayRise = false }: ScalingQuestion,
  agreement: Agreement | null,
): boolean {
  const { low, high } = known(slope);
  if (!(low > VANISHING_SLOPE && (mayRise || high < GROWING_SLOPE))) return false;
  if (predicted === null || isZero(predicted)) return true;
  return agreement === 'contradicts' && holds(slope, 0);
}

/** Null where it does not fall over these widths. */
function fallOf(
  means: WidthMeans,
  { predicted, power }: ScalingQuestion,
  slope: Slope,
): Pick<Scaling, 'class' | 'crossover'> | null {
  const { high } = known(slope);
  if (!(high < 0)) return null;
  if (predicted !== null && !isZero(predicted)) {
    const expected = predicted < 0 && (high < VANISHING_SLOPE || holds(slope, predicted));
    return expected ? { class: 'falls', crossover: null } : null;
  }
  if (!(high < VANISHING_SLOPE)) return null;
  if (predicted === null) return { class: 'falls', crossover: null };
  return fallBesideTheory(means, power);
}

/** Of what falls over these widths although 0 is predicted. */
function fallBesideTheory(means: WidthMeans, power: number): Pick<Scaling, 'class' | 'crossover'> {
  const limit = limitEstimate(means, power);
  const last = means.at[means.at.length - 1];
  const widest = Math.exp(power * last.mean);
  if (limit === null) return { class: 'undecided', crossover: null };
  const vanishes = intervalOf(limit)[1] < VANISHED_SHARE * widest;
  // What levels off need not do so like 1/n: the fit then says less than the bend.
  if (vanishes && !bendsTowards(means, 0)) return { class: 'falls', crossover: null };
  const turns = ((widest - limit.value) * last.width) / limit.value;
  return { class: 'undecided', crossover: turns > last.width ? turns : null };
}

/**
 *     consistent    the prediction lies in the interval
 *     approaching   else, and the slope bends towards it from the lower to the upper half of the widths; or 0 is predicted
 *                   of what falls, and q^k = a + c/n has an interval for a above 0
 *     contradicts   else
 */
function agreementOf(means: WidthMeans, slope: Slope, predicted: number, power: number): Agreement {
  if (holds(slope, predicted)) return 'consistent';
  if (bendsTowards(means, predicted) || (isZero(predicted) && levelsOff(means, slope, power)))
    return 'approaching';
  return 'contradicts';
}

function bendsTowards(means: WidthMeans, predicted: number): boolean {
  const halves = halfSlopes(means);
  if (halves === null) return false;
  const { lower, upper, bend } = halves;
  const towards = Math.sign(predicted - lower.value);
  const t = studentT(means.degrees);
  const beyond = towards * (upper.value - predicted) > t * upper.standardError;
  return towards * bend.value > t * bend.standardError && !beyond;
}

function levelsOff(means: WidthMeans, slope: Slope, power: number): boolean {
  const falling = (slope.value ?? 0) < 0 ? means : mirrored(means);
  const limit = limitEstimate(falling, power);
  return limit !== null && intervalOf(limit)[0] > 0;
}

/** One over the quantity. */
function mirrored(means: WidthMeans): WidthMeans {
  return { ...means, at: means.at.map((each) => ({ ...each, mean: -each.mean })) };
}

function reversed({ value, low, high }: Slope): Slope {
  return { value: negated(value), low: negated(high), high: negated(low) };
}

function negated(value: number | null): number | null {
  return value === null ? null : -value;
}

/** NaN, beside which every comparison is false, where there is no slope. */
function known({ low, high }: Slope): { readonly low: number; readonly high: number } {
  return { low: low ?? Number.NaN, high: high ?? Number.NaN };
}

function holds(slope: Slope, value: number): boolean {
  const { low, high } = known(slope);
  return low <= value && value <= high;
}

function isZero(exponent: number): boolean {
  return Math.abs(exponent) <= EXPONENT_TOLERANCE;
}
