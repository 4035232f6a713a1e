import { activation } from '../../model/activation.ts';
import { classify } from '../../parametrization/classify.ts';
import { layerInvariants } from '../../parametrization/gauge.ts';
import type { QuantityName } from '../../run/run-result.ts';
import { logLogSlope } from '../../statistics/log-log-slope.ts';
import { noSlope, type Slope } from '../../statistics/slope.ts';
import type { MeasuredPoint } from '../../statistics/width-means.ts';
import type { CoordinateRow, CoordinateVerdict, LayerCheck } from './report.ts';
import type { CoordinateCheckRequest } from './request.ts';
import { divergenceVerdict, FEWEST_SEEDS, FEWEST_WIDTHS, layerVerdicts, worstVerdict } from './verdict.ts';

/** Every layer at every step: slopes over the runs that reached it, and what they say. */
export function checkLayers(
  rows: readonly CoordinateRow[],
  request: CoordinateCheckRequest,
): readonly LayerCheck[] {
  const layers = Array.from({ length: request.depth + 1 }, (_, index) => index + 1);
  return request.probe.steps.flatMap((step) =>
    layers.map((layer) => checkLayer(rows, request, { layer, step })),
  );
}

interface Place {
  readonly layer: number;
  readonly step: number;
}

function checkLayer(
  rows: readonly CoordinateRow[],
  request: CoordinateCheckRequest,
  place: Place,
): LayerCheck {
  const size = slopeOf(rows, place, pointsOf(rows, place, 'coordinateSize', request));
  const update =
    place.step === 0 ? null : slopeOf(rows, place, pointsOf(rows, place, 'coordinateUpdate', request));
  return {
    ...place,
    size,
    update,
    predictedUpdate: place.step === 0 ? null : predictedUpdate(place, request),
    ...weightSlopes(rows, place),
    verdict: verdictOf(rows, request, { ...place, size, update }),
  };
}

function predictedUpdate(
  { layer, step }: Place,
  { parametrization, depth, activation: name }: CoordinateCheckRequest,
): number | null {
  const { B, C } = layerInvariants(parametrization, depth);
  const phi0 = activation(name).phi(0) !== 0;
  const { regime, features, df } = classify({
    B,
    C,
    optimizer: parametrization.optimizer,
    phi0,
    steps: step,
  });
  // Saturation caps what is unstable: only the regime is known.
  if (regime === 'unstable') return null;
  const exponent = layer > depth ? df : features[layer - 1];
  // Adding 0 turns −0 into 0.
  return exponent === null || !Number.isFinite(exponent) ? null : 0 - exponent;
}

/** What the weight of a layer does, beside its coordinates. */
function weightSlopes(
  rows: readonly CoordinateRow[],
  place: Place,
): Pick<LayerCheck, 'spectralNorm' | 'spectralUpdate' | 'alignment'> {
  const of = (quantity: QuantityName): Slope =>
    slopeOf(
      rows,
      place,
      rows.flatMap((row) => {
        const value = valueAt(row, place, quantity);
        return value === undefined ? [] : [{ width: row.width, value }];
      }),
    );
  return {
    spectralNorm: of('spectralNorm'),
    spectralUpdate: place.step === 0 ? null : of('spectralUpdate'),
    alignment: place.step === 0 || place.layer === 1 ? null : of('alignment'),
  };
}

function verdictOf(
  rows: readonly CoordinateRow[],
  request: CoordinateCheckRequest,
  check: Pick<LayerCheck, 'layer' | 'step' | 'size' | 'update'>,
): CoordinateVerdict {
  const { widths, seeds, steps } = request;
  const { layer, step } = check;
  if (widths.length < FEWEST_WIDTHS || seeds < FEWEST_SEEDS) return 'undecided';
  if (lostRuns(rows, step).length > 0) return divergenceVerdict(divergedShares(rows, step));
  // A readout that starts at 0 has no output at first, and gives hidden layers nothing to follow in the first update.
  const nothingYet = (quantity: QuantityName) => step < steps && isZero(rows, { layer, step }, quantity);
  const { size, update } = layerVerdicts(check, request);
  return worstVerdict([
    nothingYet('coordinateSize') ? 'pass' : size,
    update === null || nothingYet('coordinateUpdate') ? 'pass' : update,
  ]);
}

function slopeOf(rows: readonly CoordinateRow[], { step }: Place, points: readonly MeasuredPoint[]): Slope {
  const [lost] = lostRuns(rows, step);
  if (lost === undefined) return logLogSlope(points);
  return noSlope(`a run of width ${lost.width} diverged by step ${step}`);
}

function pointsOf(
  rows: readonly CoordinateRow[],
  place: Place,
  quantity: QuantityName,
  { dataset }: CoordinateCheckRequest,
): readonly MeasuredPoint[] {
  return rows.flatMap((row) => {
    const value = valueAt(row, place, quantity);
    const size = valueAt(row, place, 'coordinateSize');
    if (value === undefined || size === undefined) return [];
    // Each coordinate is a sum of so many products: an update below their rounding is none.
    const floor = 4 * Math.max(row.width, dataset.inputDim) * Number.EPSILON * size;
    return [{ width: row.width, value, floor: quantity === 'coordinateUpdate' ? floor : null }];
  });
}

function valueAt(
  { series }: CoordinateRow,
  { layer, step }: Place,
  quantity: QuantityName,
): number | undefined {
  const found = series.find((one) => one.quantity === quantity && one.layer === layer);
  const at = found?.steps.indexOf(step) ?? -1;
  return at < 0 ? undefined : found?.values[at];
}

function isZero(rows: readonly CoordinateRow[], place: Place, quantity: QuantityName): boolean {
  return rows.every((row) => valueAt(row, place, quantity) === 0);
}

/** The runs that had diverged by a step. */
function lostRuns(rows: readonly CoordinateRow[], step: number): readonly CoordinateRow[] {
  return rows.filter(({ divergedAt }) => divergedAt !== null && divergedAt <= step);
}

/** By ascending width. */
function divergedShares(rows: readonly CoordinateRow[], step: number): readonly number[] {
  const lost = lostRuns(rows, step);
  const widths = [...new Set(rows.map(({ width }) => width))].sort((left, right) => left - right);
  const runsOf = (of: readonly CoordinateRow[], width: number) =>
    of.filter((row) => row.width === width).length;
  return widths.map((width) => runsOf(lost, width) / runsOf(rows, width));
}
