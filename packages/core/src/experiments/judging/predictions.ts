import { EXPONENT_TOLERANCE } from '../../calculus/exponent.ts';
import { activation } from '../../model/activation.ts';
import type { ActivationName } from '../../model/net-spec.ts';
import { classify } from '../../parametrization/classify.ts';
import { layerInvariants } from '../../parametrization/gauge.ts';
import type { Parametrization } from '../../parametrization/parametrization.ts';

/** The slopes against width that the calculus of exponents foretells at one step; null where it does not know. */
export interface Predictions {
  /** Of the relative movement of hˡ, layer 1 first. */
  readonly movement: readonly (number | null)[];
  /** Of ‖hˡ_T − hˡ_0‖/√n, layer 1 first. */
  readonly displacement: readonly (number | null)[];
  /** Of λ_min of xˡ. */
  readonly lambdaMin: readonly (number | null)[];
  readonly outputStart: number | null;
  readonly outputChange: number | null;
  /** Whether something grows with width, however slowly it begins. */
  readonly unstable: boolean;
  /** Whether the movement of hˡ does, or may: what was foretold ends where something grows. Layer 1 first. */
  readonly movementMayGrow: readonly boolean[];
}

/**
 * What theory says of a run's quantities after so many steps, from its exponents alone.
 *
 *     λ_min of xˡ: −2 · the exponent of the part of hˡ that varies over samples at initialization,
 *     as long as no update outgrows that part: an update has rank one a step and output
 *
 * In a regime that is unstable nothing but the regime is known: saturation caps the slopes.
 */
export function predictionsAt(
  step: number,
  parametrization: Parametrization,
  { depth, activation: name }: { readonly depth: number; readonly activation: ActivationName },
): Predictions {
  const { B, C } = layerInvariants(parametrization, depth);
  const phi0 = activation(name).phi(0) !== 0;
  const found = classify({ B, C, optimizer: parametrization.optimizer, phi0, steps: step });
  const unstable = found.regime === 'unstable';
  const varying = varyingExponents(B);
  return {
    movement: found.relative.map((exponent) => (unstable || step === 0 ? null : asSlope(exponent))),
    displacement: found.features.map((exponent) => (unstable || step === 0 ? null : asSlope(exponent))),
    lambdaMin: varying.map((exponent, index) => {
      const change = step === 0 ? Number.POSITIVE_INFINITY : (found.features[index] ?? Number.NaN);
      return exponent >= 0 && change >= exponent - EXPONENT_TOLERANCE ? asSlope(2 * exponent) : null;
    }),
    outputStart: asSlope(found.f0),
    outputChange: unstable || step === 0 ? null : asSlope(found.df),
    unstable,
    // Gradients grow with what grows; a step of Adam is as large whatever its gradient, once there is one.
    movementMayGrow: found.features.map(
      (exponent) =>
        unstable &&
        (parametrization.optimizer === 'sgd' ||
          !(exponent !== null && exponent >= -EXPONENT_TOLERANCE && Number.isFinite(exponent))),
    ),
  };
}

/** {@link predictionsAt} of one parametrization, asked by many and worked out once a step. */
export function predictionsOf(
  parametrization: Parametrization,
  net: Parameters<typeof predictionsAt>[2],
): (step: number) => Predictions {
  const known = new Map<number, Predictions>();
  return (step) => {
    const predictions = known.get(step) ?? predictionsAt(step, parametrization, net);
    known.set(step, predictions);
    return predictions;
  };
}

/** Of the part of hˡ that varies over samples: x^{l−1} hands it on whether or not φ(0) adds a constant. */
function varyingExponents(B: ReturnType<typeof layerInvariants>['B']): readonly number[] {
  let exponent = 0;
  return B.slice(0, -1).map((init, index) => {
    exponent += init === 'zero' ? Number.POSITIVE_INFINITY : init - (index === 0 ? 0 : 1 / 2);
    // A layer that grows saturates the ones behind it.
    if (exponent < -EXPONENT_TOLERANCE) exponent = Number.NaN;
    return Math.abs(exponent) <= EXPONENT_TOLERANCE ? 0 : exponent;
  });
}

function asSlope(exponent: number | null): number | null {
  if (exponent === null || !Number.isFinite(exponent)) return null;
  return exponent === 0 ? 0 : -exponent;
}
