import { EXPONENT_TOLERANCE } from '../../calculus/exponent.ts';
import { activation } from '../../model/activation.ts';
import type { ActivationName } from '../../model/net-spec.ts';
import { classify } from '../../parametrization/classify.ts';
import { layerInvariants } from '../../parametrization/gauge.ts';
import type { Parametrization } from '../../parametrization/parametrization.ts';

/** Exponents are looked for in [−LARGEST, LARGEST]. */
const LARGEST = 8;
/** An exponent is known to six of them. */
const DECIMALS = 1e6;

/**
 * How the best rate scales with width if it is as large as can be: δ of the largest n^δ that all rates may be multiplied
 * by with nothing growing.
 *
 *     δ = −min { s : (B, C + s) is not unstable }
 *
 * @returns null where no rate is stable, as with an output that grows from the start
 */
export function predictedDrift(
  parametrization: Parametrization,
  { depth, activation: name }: { readonly depth: number; readonly activation: ActivationName },
): number | null {
  const { B, C } = layerInvariants(parametrization, depth);
  const phi0 = activation(name).phi(0) !== 0;
  const isStable = (shift: number): boolean =>
    classify({ B, C: C.map((c) => c + shift), optimizer: parametrization.optimizer, phi0 }).regime !==
    'unstable';
  let [unstable, stable] = [-LARGEST, LARGEST];
  if (!isStable(stable) || isStable(unstable)) return null;
  while (stable - unstable > EXPONENT_TOLERANCE) {
    const middle = (stable + unstable) / 2;
    if (isStable(middle)) stable = middle;
    else unstable = middle;
  }
  const drift = -Math.round(stable * DECIMALS) / DECIMALS;
  return drift === 0 ? 0 : drift;
}
