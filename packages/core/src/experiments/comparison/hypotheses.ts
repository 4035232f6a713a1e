import { type DataAssumption, dataAssumption } from '../../data/data-assumption.ts';
import { matrix } from '../../linalg/matrix.ts';
import { activation } from '../../model/activation.ts';
import type { ComparisonRequest } from './request.ts';

/** What the theorem assumes, and whether a comparison's network and data satisfy it. */
export interface TheoremHypotheses {
  /** Whether φ is in the class GOOD, and why. */
  readonly activation: { readonly holds: boolean; readonly reason: string };
  readonly data: DataAssumption;
}

/**
 * The two hypotheses of the theorem for a comparison. They are no part of its verdict, which speaks of what was measured.
 *
 * @see Chen, Yang, Zhao & Gu 2025, Assumption 4.1 and Definition of GOOD
 */
export function theoremHypotheses({
  activation: name,
  dataset,
}: Pick<ComparisonRequest, 'activation' | 'dataset'>): TheoremHypotheses {
  const { good, reason } = activation(name);
  const { samples, inputDim, inputs } = dataset;
  return {
    activation: { holds: good, reason },
    data: dataAssumption(matrix(samples, inputDim, inputs)),
  };
}
