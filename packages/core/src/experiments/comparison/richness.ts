import { slopeOf } from '../../statistics/log-log-slope.ts';
import { TAIL_95 } from '../../statistics/student-t.ts';
import type { Predictions } from '../judging/predictions.ts';
import { type Scaling, scalingOf, VANISHING_SLOPE } from '../judging/scaling-class.ts';
import { whatWouldDecide } from '../judging/what-would-decide.ts';
import { type Evidence, judgedLayers } from './evidence.ts';
import type { Measured } from './measured.ts';
import type { ComparisonVerdict, LayerScaling } from './report.ts';
import type { ComparisonRequest } from './request.ts';

/** Of a probe in which samples are equal, opposite or parallel, as far as that makes their features dependent. */
export const RANK_DEFICIENT = 'the probe is rank deficient by its data';
const FEWEST_SAMPLES = 4;
const FEWEST_SEEDS = 3;
/** λ_min of so many units a sample is biased by less than a slope's interval. */
const UNITS_PER_SAMPLE = 16;

export interface Richness {
  readonly verdict: Pick<ComparisonVerdict, 'richness' | 'richnessMeasured' | 'collapse'>;
  /** Every layer at its worst probed step. */
  readonly layers: readonly LayerScaling[];
  readonly reasons: readonly string[];
}

/**
 * Whether features stay linearly independent: λ_min of every judged layer constant at *every* probed step, 0 included.
 *
 * One layer at one step is enough to be low, so that is claimed with the t of a union, at 1 − .025/(layers × steps).
 */
export function judgeRichness(evidence: Evidence): Richness {
  const { request, pairs } = evidence;
  const layers = richnessLayers(evidence);
  const judged = new Set(layers);
  const predicted = request.probe.steps.map((step) => ({
    step,
    lambdaMin: evidence.predictionsAt(step).lambdaMin,
  }));
  const all = Array.from({ length: request.depth }, (_, index) =>
    worstStep(evidence, index + 1, { predicted, places: layers.length * predicted.length }),
  );
  const obstacle = pairs.length > 0 ? RANK_DEFICIENT : whyNotMeasured(evidence);
  if (obstacle !== null) {
    return {
      verdict: { richness: null, richnessMeasured: false, collapse: null },
      layers: all,
      reasons: [`richness not measured: ${obstacle}`],
    };
  }
  const own = all.filter(({ layer }) => judged.has(layer));
  const fallen = own.filter((each) => each.class === 'falls');
  if (fallen.length > 0) {
    const collapse = collapseOf(evidence, fallen);
    return {
      verdict: { richness: 'low', richnessMeasured: true, collapse },
      layers: all,
      reasons: fallen.flatMap((each) => escapeText(evidence, each, predicted) ?? []),
    };
  }
  const rich = own.every((each) => each.class === 'constant');
  return {
    verdict: { richness: rich ? 'rich' : null, richnessMeasured: true, collapse: null },
    layers: all,
    reasons: rich ? [] : whatWouldDecide('richness', own, request.seeds),
  };
}

/** Layer 1 too, where its infinite-width λ_min is known to be above 0: x¹ may be degenerate by the data alone. */
function richnessLayers({ request, parametrization }: Evidence): readonly number[] {
  const judged = judgedLayers(request.depth);
  const first = request.limits[parametrization.name]?.[0] ?? 0;
  return judged.includes(1) || !(first > 0) ? judged : [1, ...judged];
}

/** Why λ_min is not judged; null where it is. */
function whyNotMeasured({ request, measured }: Evidence): string | null {
  return (
    whyNotMeasurable(request) ??
    (measured.rows.length > 0 && !measured.keepsGrams ? 'runs without Grams are among them' : null)
  );
}

/** Why λ_min is not judged whatever the runs show; null where nothing speaks against it. */
export function whyNotMeasurable({
  probe,
  seeds,
  widths,
}: Pick<ComparisonRequest, 'probe' | 'seeds' | 'widths'>): string | null {
  const needed = UNITS_PER_SAMPLE * probe.samples;
  const fewestUnits = UNITS_PER_SAMPLE * FEWEST_SAMPLES;
  if (probe.samples < FEWEST_SAMPLES)
    return `a probe of ${probe.samples} sample${probe.samples === 1 ? '' : 's'} is too small, it takes ${FEWEST_SAMPLES}${widths[0] < fewestUnits ? `, and widths from ${fewestUnits} on` : ''}`;
  if (seeds < FEWEST_SEEDS) return `it takes ${FEWEST_SEEDS} seeds`;
  if (widths[0] < needed) return `${probe.samples} samples need widths from ${needed} on`;
  return probe.keeps === undefined ? 'the probe has more samples than Grams are kept of' : null;
}

/** What theory says of λ_min of every layer at a probed step. */
interface StepPrediction extends Pick<Predictions, 'lambdaMin'> {
  readonly step: number;
}

/** The step that speaks most against richness: one that falls, else the lowest interval. */
function worstStep(
  { measured }: Evidence,
  layer: number,
  {
    predicted,
    places,
  }: {
    readonly predicted: readonly StepPrediction[];
    readonly places: number;
  },
): LayerScaling {
  const scalings = predicted.map(({ step, lambdaMin }) => ({
    layer,
    step,
    ...lambdaScaling(measured, { layer, step, places, predicted: lambdaMin[layer - 1] }),
  }));
  const fallen = scalings.filter((each) => each.class === 'falls');
  const open = scalings.filter((each) => each.class !== 'constant');
  const candidates = [fallen, open, scalings].find(({ length }) => length > 0)!;
  const reach = ({ slope }: Scaling): number => slope.low ?? Number.POSITIVE_INFINITY;
  return candidates.reduce((worst, next) => (reach(next) < reach(worst) ? next : worst));
}

function lambdaScaling(
  measured: Measured,
  {
    layer,
    step,
    places,
    predicted,
  }: {
    readonly layer: number;
    readonly step: number;
    readonly places: number;
    readonly predicted: number | null;
  },
): Scaling {
  const scaling = scalingOf(measured.lambdaMin(layer, step), {
    predicted,
    mayRise: true,
    power: 1,
    fallTail: TAIL_95 / Math.max(1, places),
  });
  if (scaling.class !== 'constant') return scaling;
  // A mean Gram hides seeds that collapse in different directions.
  const single = slopeOf(measured.atStep('lambdaMin', layer, step));
  return single.value !== null && single.value > VANISHING_SLOPE
    ? scaling
    : { ...scaling, class: 'undecided' };
}

/** λ_min divided by the mean eigenvalue tells features that shrink from features that become collinear. */
function collapseOf({ measured }: Evidence, fallen: readonly LayerScaling[]): 'shrink' | 'dependent' | null {
  const slopes = fallen.map(({ layer, step }) => slopeOf(measured.lambdaMin(layer, step, 'relative')));
  if (slopes.some(({ high }) => high !== null && high < VANISHING_SLOPE)) return 'dependent';
  return slopes.every(({ low }) => low !== null && low > VANISHING_SLOPE) ? 'shrink' : null;
}

/** Of a layer that starts collapsed and is not any more at T. */
function escapeText(
  { measured }: Evidence,
  { layer, step }: LayerScaling,
  predicted: readonly StepPrediction[],
): string | null {
  const classes = predicted.map(({ step: at, lambdaMin }) => ({
    at,
    class: lambdaScaling(measured, { layer, step: at, places: 1, predicted: lambdaMin[layer - 1] }).class,
  }));
  const collapsed = classes.findIndex((each) => each.class !== 'falls');
  if (step !== 0 && classes[0].class !== 'falls') return `layer ${layer} is collapsed at step ${step}`;
  if (collapsed <= 0) return null;
  return `layer ${layer} starts collapsed, until step ${classes[collapsed - 1].at}`;
}
