import type { Series } from '../../run/run-result.ts';
import { predictionsAt } from '../judging/predictions.ts';
import { type Scaling, scalingOf } from '../judging/scaling-class.ts';
import { layersText, whatWouldDecide } from '../judging/what-would-decide.ts';
import { type Evidence, judgedLayers } from './evidence.ts';
import type { ComparisonRow, ComparisonVerdict, FeatureMotion, LayerScaling } from './report.ts';
import { judgeRichness } from './richness.ts';
import { outputChangeOf } from './slopes.ts';
import { findDivergence, stabilityOf } from './stability.ts';

/**
 * The verdict on one parametrization, from measured slopes beside what theory predicts for the same exponents.
 *
 * @see docs/math.md#slopes-and-verdicts
 */
export function comparisonVerdict(evidence: Evidence): ComparisonVerdict {
  const { rows, request, parametrization } = evidence;
  const divergence = findDivergence(rows);
  const movement = movementScalings(evidence);
  if (nothingMoved(evidence)) return lossesStay(evidence) ? untrained(evidence, movement) : unseen(movement);

  const { unstable, movementMayGrow } = predictionsAt(request.steps, parametrization, request);
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

function movementScalings({ measured, parametrization, request }: Evidence): readonly LayerScaling[] {
  const { depth, steps } = request;
  const predicted = predictionsAt(steps, parametrization, request).movement;
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

/**
 * Of layers whose movement contradicts theory at T, the last earlier step at which all of them agree with it: predictions
 * are of a fixed number of steps as width grows, and the more steps, the wider a network has to be for them.
 */
function leavesPrediction(
  { measured, parametrization, request }: Evidence,
  judged: readonly LayerScaling[],
): readonly string[] {
  const { probe, steps } = request;
  const off = judged.filter(({ agreement }) => agreement === 'contradicts');
  if (off.length === 0) return [];
  const scalingsAt = (step: number): readonly Scaling[] => {
    const { movement } = predictionsAt(step, parametrization, request);
    return off.map(({ layer }) =>
      scalingOf(measured.atStep('movement', layer, step), { predicted: movement[layer - 1], power: 2 }),
    );
  };
  const early = probe.steps.findLast(
    (step) =>
      step > 0 && step < steps && scalingsAt(step).every(({ agreement }) => agreement === 'consistent'),
  );
  if (early === undefined) return [];
  const slopes = (of: readonly Scaling[]): string =>
    of.map(({ slope }) => twoDecimals(slope.value)).join(', ');
  return [
    `the movement of ${layersText(off)} is as predicted at step ${early} (slope ${slopes(scalingsAt(early))}) and no longer at step ${steps} (${slopes(off)}): the more steps, the wider networks are that theory speaks of`,
  ];
}

function twoDecimals(slope: number | null): string {
  return (slope ?? 0).toFixed(2).replace('-', '−');
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
  { measured, parametrization, request }: Evidence,
  movement: readonly LayerScaling[],
): readonly { readonly name: string; readonly scaling: Scaling }[] {
  const { depth, steps } = request;
  const { outputChange, displacement } = predictionsAt(steps, parametrization, request);
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

/**
 * Whether rounding is all that moved of the probe at the smallest width.
 *
 *     ‖h_T − h_0‖_F / ‖h_0‖_F < √(4 · max(n, P) · ε) in every layer
 */
function nothingMoved(evidence: Evidence): boolean {
  const { rows, floor } = narrowest(evidence);
  const movements = rows.flatMap(({ layers }) => layers.map(({ movement }) => movement));
  return movements.length > 0 && movements.every((movement) => movement !== null && movement < floor);
}

/** Whether the loss of the training data stayed there, too: |L_T − L_0| within the same share of L_0. */
function lossesStay(evidence: Evidence): boolean {
  const { rows, floor } = narrowest(evidence);
  return rows.every(({ loss: [first, last] }) => {
    if (first === null || last === null) return true;
    return Math.abs(last - first) <= floor * first;
  });
}

/** Of the smallest width: its rows, and the share of what is compared that rounding may be. */
function narrowest({ measured, request }: Evidence): {
  readonly rows: readonly ComparisonRow[];
  readonly floor: number;
} {
  const least = Math.min(...measured.rows.map(({ width }) => width));
  return {
    rows: measured.rows.filter(({ width }) => width === least),
    floor: Math.sqrt(4 * Math.max(least, request.probe.samples) * Number.EPSILON),
  };
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

/** Where the gradient is not measured, as beside many parametrizations, either may be. */
function whyUntrained({ measured, request }: Evidence): string {
  const starts = measured.rows.map(({ series }) => ({
    error: startOf(series.filter(({ quantity }) => quantity === 'errorNorm')),
    gradient: startOf(series.filter(({ quantity }) => quantity === 'gradientNorm')),
  }));
  const rate = `η = ${request.learningRate} is too small`;
  if (starts.some(({ error, gradient }) => error === null || gradient === null))
    return `${rate}, or the gradient is zero at the start`;
  const rounding = request.dataset.samples * Number.EPSILON;
  return starts.every(({ error, gradient }) => gradient! <= rounding * error!)
    ? 'the gradient is zero at the start'
    : rate;
}

/** The largest at step 0; null where there is none. */
function startOf(series: readonly Series[]): number | null {
  const values = series.flatMap(({ steps, values: all }) => (steps[0] === 0 ? [all[0]] : []));
  return values.length === 0 ? null : Math.max(...values);
}
