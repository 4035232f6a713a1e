import type { EngineSession } from '../engines/engine.ts';
import type { Linalg } from '../linalg/linalg.ts';
import type { Matrix } from '../linalg/matrix.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import { gradientLossBound } from '../quantities/gradient-loss-bound.ts';
import { gramSpectrum } from '../quantities/gram-spectrum.ts';
import { type LambdaMin, lambdaMin } from '../quantities/lambda-min.ts';
import { tangentBound } from '../quantities/tangent-bound.ts';
import type { SeriesPoint } from '../run/run-result.ts';
import type { RunSpec } from '../run/run-spec.ts';
import type { StepBound } from '../run/step-bound.ts';
import { tangentSteps } from '../run/tangent-steps.ts';
import { featureProbe } from './feature-probe.ts';
import type { LayerProbe } from './observation.ts';

/** Looks at the features of every hidden layer, and at what gradients say of the loss of all training samples. */
export function convergenceProbe(session: EngineSession, spec: RunSpec, linalg: Linalg): LayerProbe {
  const { depth } = spec.net;
  const features = featureProbe(session, depth, linalg);
  const layers = Array.from({ length: depth }, (_, index) => index + 1);
  // η_l on W^l = m·w^l is m² times the rate on w^l.
  const rates = concreteScaling(spec).map(
    ({ multiplier, learningRate }) => learningRate * multiplier * multiplier,
  );
  return {
    outcomes: features.outcomes,
    observe(step) {
      const seen = features.observe(step);
      if (seen === undefined) return undefined;
      const preactivations = layers.map(
        (layer): SeriesPoint => ({
          quantity: 'lambdaMinPre',
          layer,
          value: aboveFloor(lambdaMinOf(session.features(layer, 'preactivation'), linalg)),
        }),
      );
      const points = seen.points.map((point) =>
        point.quantity === 'lambdaMin'
          ? { ...point, value: aboveFloor(seen.features[(point.layer ?? 1) - 1].lambdaMin) }
          : point,
      );
      const { bound, norms } = boundAt(session, spec, { step, rates, linalg });
      return { ...seen, bound, points: [...points, ...preactivations, ...pointsOf(bound, norms)] };
    },
  };
}

function lambdaMinOf(features: Matrix, linalg: Linalg): LambdaMin {
  return lambdaMin(features, gramSpectrum(features, linalg));
}

/** 0 for what is rounding: whether features are independent is asked of each value here. */
function aboveFloor({ value, floor }: LambdaMin): number {
  return value > floor ? value : 0;
}

function boundAt(
  session: EngineSession,
  spec: RunSpec,
  {
    step,
    rates,
    linalg,
  }: { readonly step: number; readonly rates: readonly number[]; readonly linalg: Linalg },
): { readonly bound: StepBound; readonly norms: readonly number[] } {
  const { features, residuals, gradientNorms } = session.batch();
  const found = gradientLossBound({ features, residuals, loss: spec.loss, linalg });
  const pairs = residuals.rows * residuals.cols;
  const tangent = tangentSteps(spec.probe.steps, pairs).includes(step)
    ? tangentBound({
        kernel: session.tangentKernel(rates),
        weightedGradient: gradientNorms.reduce((sum, norm, index) => sum + rates[index] * norm * norm, 0),
        loss: spec.loss,
        samples: residuals.rows,
        linalg,
      })
    : null;
  return { bound: { step, ...found, tangent }, norms: gradientNorms };
}

function pointsOf(bound: StepBound, norms: readonly number[]): readonly SeriesPoint[] {
  const { error, errorBound, tangent } = bound;
  const known = [
    ['errorNorm', error],
    ['errorBound', errorBound],
    ['tangentErrorBound', tangent?.errorBound ?? null],
  ] as const;
  return [
    ...known.flatMap(([quantity, value]) => (value === null ? [] : [{ quantity, layer: null, value }])),
    ...norms.map((value, index) => ({ quantity: 'gradientNorm' as const, layer: index + 1, value })),
  ];
}
