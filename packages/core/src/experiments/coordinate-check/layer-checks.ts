import { EXPONENT_TOLERANCE } from '../../calculus/exponent.ts';
import { activation } from '../../model/activation.ts';
import { type Classification, classify } from '../../parametrization/classify.ts';
import { layerInvariants } from '../../parametrization/gauge.ts';
import type { QuantityName } from '../../run/run-result.ts';
import type { Slope } from '../../statistics/slope.ts';
import {
  judgeBeyondChance,
  judgePlace,
  type PlaceQuestion,
  type PlaceRun,
  slopeAt,
  slopesOf,
} from './judge-place.ts';
import type { CoordinateRow, CoordinateVerdict, LayerCheck } from './report.ts';
import type { CoordinateCheckRequest } from './request.ts';
import { besideTheory, mayVanish, worstVerdict } from './verdict.ts';

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
  const runs = rows.map((row) => placeRun(row, place, request));
  const { size, update, verdict: measured } = judgePlace(runs, questionAt(place, request));
  const drift = driftVerdicts({ ...place, size, update }, request);
  const verdict = measured === 'pass' ? worstVerdict([drift.size, drift.update]) : measured;
  return {
    ...place,
    size,
    update,
    predictedUpdate: place.step === 0 ? null : predictedUpdate(place, request),
    ...(place.step === request.steps ? weightSlopes(rows, place) : NO_WEIGHTS),
    verdict,
  };
}

/** Whether what may pass by its size drifts as theory foretells; of an output that may vanish only its last update. */
export function driftVerdicts(
  { size, update, ...place }: Pick<LayerCheck, 'layer' | 'step' | 'size' | 'update'>,
  request: CoordinateCheckRequest,
): { readonly size: CoordinateVerdict; readonly update: CoordinateVerdict } {
  const free = mayVanish(place, request);
  return {
    size: free.size ? 'pass' : besideTheory('pass', size, predictedSize(place, request)),
    update:
      update === null || free.update ? 'pass' : besideTheory('pass', update, predictedUpdate(place, request)),
  };
}

function questionAt(place: Place, request: CoordinateCheckRequest): PlaceQuestion {
  return {
    step: place.step,
    steps: request.steps,
    mayVanish: mayVanish(place, request),
    widths: request.widths.length,
    seeds: request.seeds,
  };
}

/** Whether a layer that fails does so beyond the chance that one of all slopes has. */
export function isBeyondChance(
  { layer, step, verdict }: LayerCheck,
  rows: readonly CoordinateRow[],
  request: CoordinateCheckRequest,
): boolean {
  const place = { layer, step };
  const runs = rows.map((row) => placeRun(row, place, request));
  const wide = () => judgeBeyondChance(runs, questionAt(place, request), slopesOf(request.depth + 1));
  return verdict === 'fail' && wide().verdict === 'fail';
}

/** Of the coordinates of a hidden layer: they are as large as the larger of their start and their change. */
function predictedSize(place: Place, request: CoordinateCheckRequest): number | null {
  if (place.layer > request.depth) return null;
  const { features, relative } = foretold({ ...place, step: Math.max(1, place.step) }, request);
  const change = features[place.layer - 1] ?? Number.NaN;
  const start = change - (relative[place.layer - 1] ?? Number.NaN);
  const grown = predictedUpdate(place, request);
  if (place.step === 0) return asSlope(start);
  return grown === null ? null : asSlope(Math.min(start, change));
}

function predictedUpdate(place: Place, request: CoordinateCheckRequest): number | null {
  const { regime, features, df } = foretold(place, request);
  // Saturation caps what is unstable: only the regime is known.
  if (regime === 'unstable') return null;
  return asSlope(place.layer > request.depth ? df : features[place.layer - 1]);
}

function foretold(
  { step }: Place,
  { parametrization, depth, activation: name }: CoordinateCheckRequest,
): Classification {
  const { B, C } = layerInvariants(parametrization, depth);
  const phi0 = activation(name).phi(0) !== 0;
  return classify({ B, C, optimizer: parametrization.optimizer, phi0, steps: step });
}

/** Slopes that differ by rounding are one. */
function asSlope(exponent: number | null): number | null {
  if (exponent === null || !Number.isFinite(exponent)) return null;
  return Math.abs(exponent) <= EXPONENT_TOLERANCE ? 0 : -exponent;
}

type WeightSlopes = Pick<LayerCheck, 'spectralNorm' | 'spectralUpdate' | 'alignment'>;

const NO_WEIGHTS: WeightSlopes = { spectralNorm: null, spectralUpdate: null, alignment: null };

/** What the weight of a layer does, beside its coordinates. */
function weightSlopes(rows: readonly CoordinateRow[], place: Place): WeightSlopes {
  const of = (quantity: QuantityName): Slope =>
    slopeAt(
      rows,
      place.step,
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

function placeRun(
  row: CoordinateRow,
  place: Place,
  { dataset }: Pick<CoordinateCheckRequest, 'dataset'>,
): PlaceRun {
  const size = valueAt(row, place, 'coordinateSize') ?? null;
  const update = valueAt(row, place, 'coordinateUpdate') ?? null;
  // Each coordinate is a sum of so many products: an update below their rounding is none.
  const floor = size === null ? null : 4 * Math.max(row.width, dataset.inputDim) * Number.EPSILON * size;
  return { width: row.width, divergedAt: row.divergedAt, size, update, floor };
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
