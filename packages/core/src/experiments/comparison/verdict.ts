import { type Scaling, scalingOf } from '../judging/scaling-class.ts';
import { whatWouldDecide } from '../judging/what-would-decide.ts';
import { type Evidence, judgedLayers } from './evidence.ts';
import { leavesPrediction } from './leaves-prediction.ts';
import type { ComparisonVerdict, FeatureMotion, LayerScaling } from './report.ts';
import { judgeRichness } from './richness.ts';
import { outputChangeOf } from './slopes.ts';
import { findDivergence, stabilityOf } from './stability.ts';
import { lossesStay, nothingMoved, whyUntrained } from './untrained.ts';

/**
 * The verdict on one parametrization, from measured slopes beside what theory predicts for the same exponents.
 *
 * @see docs/math.md#slopes-and-verdicts
 */
export function comparisonVerdict(evidence: Evidence): ComparisonVerdict {
  const { rows, request } = evidence;
  const divergence = findDivergence(rows);
  const movement = movementScalings(evidence);
  if (nothingMoved(evidence)) return lossesStay(evidence) ? untrained(evidence, movement) : unseen(movement);

  const { unstable, movementMayGrow } = evidence.predictionsAt(request.steps);
  const stability = stabilityOf(rows, grown(evidence, movement), {
    learningRate: request.learningRate,
    predictedUnstable: unstable,
  });
  if (divergence !== null && evidence.measured.rows.length === 0) {
    return { ...undecided(movement), stable: stability.stable, divergence, reasons: stability.reasons };
  }
  const judged = movement.filter(({ layer }) => judgedLayers(request.depth).includes(layer));
  const motion = motionOf(judged, movementMayGrow);
  const richness = judgeRichness(evidence);
  return {
    stable: stability.stable,
    featureLearning: motion === 'moves' ? true : motion === 'frozen' ? false : null,
    motion,
    ...richness.verdict,
    classes: { movement, lambdaMin: richness.layers },
    divergence,
    growing: judged.filter((each) => each.class === 'grows').map(({ layer }) => layer),
    reasons: [
      ...stability.reasons,
      ...judged
        .filter((each) => each.class === 'grows' && stability.stable !== false)
        .map(({ layer }) => `the movement of layer ${layer}, relative to its start, grows with width`),
      ...(motion === 'undecided' && judged.some((each) => each.class !== 'constant')
        ? whatWouldDecide('feature learning', judged, request.seeds)
        : []),
      ...leavesPrediction(evidence, judged),
      ...richness.reasons,
    ],
  };
}

function movementScalings({ measured, predictionsAt, request }: Evidence): readonly LayerScaling[] {
  const { depth, steps } = request;
  const predicted = predictionsAt(steps).movement;
  return Array.from({ length: depth }, (_, index) => {
    const layer = index + 1;
    const row = measured.rows.find(({ layers }) => layers[index]?.movement === null);
    const means =
      row === undefined
        ? measured.of(({ width, layers }) => {
            const value = layers[index]?.movement ?? null;
            return value === null ? null : { width, value };
          })
        : { reason: `movement is relative, and at width ${row.width} the features start at 0` };
    return { layer, step: steps, ...scalingOf(means, { predicted: predicted[index], power: 2 }) };
  });
}

/** One layer that grows is enough to grow, one that falls to be frozen; one that may grow by theory neither keeps its size nor freezes. */
function motionOf(judged: readonly LayerScaling[], mayGrow: readonly boolean[]): FeatureMotion {
  if (judged.some((each) => each.class === 'grows')) return 'grows';
  const told = (layers: readonly LayerScaling[]) => layers.filter(({ layer }) => !mayGrow[layer - 1]);
  if (told(judged).some((each) => each.class === 'falls')) return 'frozen';
  const keeps = told(judged).length === judged.length && judged.every((each) => each.class === 'constant');
  return keeps ? 'moves' : 'undecided';
}

/** What may not grow: the change of the output, how far features move, not relative to where they began, and that beginning. */
function grown(
  { measured, predictionsAt, request }: Evidence,
  movement: readonly LayerScaling[],
): readonly { readonly name: string; readonly scaling: Scaling }[] {
  const { depth, steps } = request;
  const { outputChange, displacement } = predictionsAt(steps);
  const output = scalingOf(measured.of(outputChangeOf), { predicted: outputChange, power: 2 });
  const displacements = measured.keepsGrams
    ? judgedLayers(depth).map((layer) => ({
        name: `the absolute movement of layer ${layer}`,
        scaling: scalingOf(measured.displacement(layer, steps), {
          predicted: displacement[layer - 1] ?? null,
          power: 2,
        }),
      }))
    : movement
        .filter(({ layer }) => judgedLayers(depth).includes(layer))
        .map((scaling) => ({ name: `the movement of layer ${scaling.layer}`, scaling }));
  const starts = Array.from({ length: depth }, (_, index) => ({
    name: `the size of layer ${index + 1} at the start`,
    scaling: scalingOf(measured.startSize(index + 1), { predicted: null, power: 2 }),
  }));
  return [
    { name: "the output's change", scaling: output },
    ...[...displacements, ...starts].filter(({ scaling }) => scaling.class === 'grows'),
  ];
}

function undecided(movement: readonly LayerScaling[]): Omit<ComparisonVerdict, 'reasons'> {
  return {
    stable: null,
    featureLearning: null,
    motion: 'undecided',
    richness: null,
    richnessMeasured: false,
    collapse: null,
    classes: { movement, lambdaMin: [] },
    divergence: null,
    growing: [],
  };
}

function untrained(evidence: Evidence, movement: readonly LayerScaling[]): ComparisonVerdict {
  return {
    ...undecided(movement),
    motion: 'untrained',
    divergence: findDivergence(evidence.rows),
    reasons: [`nothing was trained: ${whyUntrained(evidence)}`],
  };
}

/** Where the loss falls, though no watched feature moves: of a probe of samples at 0, or hidden weights that have no rate. */
function unseen(movement: readonly LayerScaling[]): ComparisonVerdict {
  return {
    ...undecided(movement),
    reasons: [
      'no feature of the watched samples moves, though the loss changes: a larger probe may see what is trained',
    ],
  };
}
