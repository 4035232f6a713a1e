import { sameExponent } from '../../calculus/exponent.ts';
import type { DataAssumption } from '../../data/data-assumption.ts';
import { layerInvariants } from '../../parametrization/gauge.ts';
import { MUP_TARGETS } from '../../parametrization/mup-targets.ts';
import { roleOfLayer } from '../../parametrization/parametrization.ts';
import { MOST_PAIRED, theoremHypotheses } from '../comparison/hypotheses.ts';
import type { Hypothesis } from './report.ts';
import type { ConvergenceCheckRequest } from './request.ts';

/**
 * What the theorem assumes, and whether this check satisfies it. What does not hold leaves the theorem silent: it does not
 * make features dependent.
 *
 * @see docs/math.md#what-the-theorem-says-and-what-it-does-not
 */
export function convergenceHypotheses(request: ConvergenceCheckRequest): readonly Hypothesis[] {
  const { activation, data } = theoremHypotheses(request);
  const { widths, steps, dataset } = request;
  return [
    {
      name: 'activation',
      state: activation.holds ? 'holds' : 'does-not-hold',
      reason: `${request.activation} is ${activation.holds ? '' : 'not '}in the class GOOD (${activation.reason})`,
    },
    dataHypothesis(data),
    parametrizationHypothesis(request),
    { name: 'network', state: 'holds', reason: 'no biases, and no weight decay' },
    {
      name: 'batches',
      state: 'holds',
      reason: `every step takes all ${dataset.samples} samples as one batch`,
    },
    {
      name: 'loss',
      state: 'holds',
      reason:
        request.loss.kind === 'cross-entropy'
          ? 'cross-entropy is convex in the output; an error signal of 0 is its infimum, which takes weights without bound'
          : 'the squared error is convex in the output, so that no error signal is a global minimum',
    },
    {
      name: 'width',
      state: 'does-not-hold',
      reason: `it speaks of infinite width at a fixed step; measured is width ${widths.join(', ')} after ${steps} steps`,
    },
  ];
}

function dataHypothesis(data: DataAssumption | null): Hypothesis {
  if (data === null)
    return { name: 'data', state: 'not-known', reason: `more than ${MOST_PAIRED} samples are not compared` };
  const { holds, minGap, minOverlap, duplicates, antipodes, parallel } = data;
  const sizes = `smallest gap ${minGap.toExponential(1)}, smallest |⟨ξ_i, ξ_j⟩| ${minOverlap.toExponential(1)}, relative to the norms`;
  if (holds)
    return {
      name: 'data',
      state: 'holds',
      reason: `no two inner products with one sample agree in size, and none is 0 (${sizes})`,
    };
  const pairs = [
    ['equal', duplicates],
    ['opposite', antipodes],
    ['parallel', parallel],
  ] as const;
  const named = pairs.flatMap(([kind, of]) => {
    const [first] = of;
    if (first === undefined) return [];
    const rows = `rows ${first[0] + 1} and ${first[1] + 1} are ${kind}`;
    return [of.length > 1 ? `${rows}, one of ${of.length} pairs` : rows];
  });
  return {
    name: 'data',
    state: 'does-not-hold',
    reason: named.join('; ') || `inner products agree in size, or are 0 (${sizes})`,
  };
}

function parametrizationHypothesis({ parametrization, depth }: ConvergenceCheckRequest): Hypothesis {
  const { B, C } = layerInvariants(parametrization, depth);
  const other = B.findIndex((exponent, index) => {
    const role = roleOfLayer(index + 1, depth);
    const wants = MUP_TARGETS[role];
    // A readout that starts smaller, or at 0, is μP's too.
    const starts =
      exponent === 'zero'
        ? role === 'output'
        : sameExponent(exponent, wants.B) || (role === 'output' && exponent > wants.B);
    return !(starts && sameExponent(C[index], wants.C[parametrization.optimizer]));
  });
  return other < 0
    ? { name: 'parametrization', state: 'holds', reason: "every exponent is μP's" }
    : {
        name: 'parametrization',
        state: 'does-not-hold',
        reason: `${other === depth ? 'the readout' : `layer ${other + 1}`} does not start and learn as under μP`,
      };
}
