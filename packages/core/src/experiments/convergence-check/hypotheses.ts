import { sameExponent } from '../../calculus/exponent.ts';
import type { DataAssumption } from '../../data/data-assumption.ts';
import { layerInvariants } from '../../parametrization/gauge.ts';
import { MUP_TARGETS } from '../../parametrization/mup-targets.ts';
import { roleOfLayer } from '../../parametrization/parametrization.ts';
import { theoremHypotheses } from '../comparison/hypotheses.ts';
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
  const { widths, steps } = request;
  return [
    {
      name: 'activation',
      state: activation.holds ? 'holds' : 'does-not-hold',
      reason: `${request.activation} is ${activation.holds ? '' : 'not '}in the class GOOD (${activation.reason})`,
    },
    dataHypothesis(data, request.dataset.samples),
    parametrizationHypothesis(request),
    { name: 'network', state: 'holds', reason: 'no biases, and no weight decay' },
    optimizerHypothesis(request),
    batchesHypothesis(request),
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
      state: 'in-the-limit',
      reason: `the theorem is about the limit of infinite width, the number of steps fixed; measured: width ${widths.join(', ')} after ${steps} steps`,
    },
  ];
}

function optimizerHypothesis({ optimizer: { kind } }: ConvergenceCheckRequest): Hypothesis {
  if (kind === 'sgd') return { name: 'optimizer', state: 'holds', reason: 'gradient descent' };
  return {
    name: 'optimizer',
    state: 'does-not-hold',
    reason: `the theorem is about gradient descent; trained with ${kind === 'adam' ? 'Adam' : 'momentum'}`,
  };
}

function batchesHypothesis({ batch, dataset: { samples } }: ConvergenceCheckRequest): Hypothesis {
  const reason =
    batch === null
      ? `every step takes all ${samples} samples as one batch`
      : `every step takes ${batch} of ${samples} samples; training has stopped where it has for every batch`;
  return { name: 'batches', state: 'holds', reason };
}

function dataHypothesis(data: DataAssumption, samples: number): Hypothesis {
  const { holds, compared, minGap, minOverlap, examined } = data;
  const sizes = `smallest gap ${minGap.toExponential(1)}, smallest |⟨ξ_i, ξ_j⟩| ${minOverlap.toExponential(1)}, relative to the norms`;
  const among = compared < samples ? ` among the first ${compared} of ${samples} samples` : '';
  if (holds === false)
    return {
      name: 'data',
      state: 'does-not-hold',
      reason: parallelText(data) || `inner products agree in size, or are 0${among} (${sizes})`,
    };
  if (holds)
    return {
      name: 'data',
      state: 'holds',
      reason: `no two inner products with one sample agree in size, and none is 0 (${sizes})`,
    };
  return {
    name: 'data',
    state: 'not-known',
    reason:
      among === '' && examined
        ? `of so many inner products some agree to float64's precision in any data (${sizes})`
        : `no samples are parallel${examined ? '' : ' as far as was looked: they stand too close to one another to compare all'}, and${among} nothing speaks against it (${sizes})`,
  };
}

/** Empty where none are. */
function parallelText({ duplicates, antipodes, parallel, zeros }: DataAssumption): string {
  const pairs = [
    ['equal', duplicates],
    ['opposite', antipodes],
    ['parallel', parallel],
  ] as const;
  const named = pairs.flatMap(
    ([
      kind,
      {
        count,
        first: [pair],
      },
    ]) => {
      if (pair === undefined) return [];
      const rows = `rows ${pair[0] + 1} and ${pair[1] + 1} are ${kind}`;
      return [count > 1 ? `${rows}, one of ${count} pairs` : rows];
    },
  );
  const [zero] = zeros.first;
  if (zero !== undefined) named.push(zeros.count > 1 ? `${zeros.count} rows are 0` : `row ${zero + 1} is 0`);
  return named.join('; ');
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
