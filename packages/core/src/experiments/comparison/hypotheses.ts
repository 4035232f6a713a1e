import { type DataAssumption, dataAssumption } from '../../data/data-assumption.ts';
import { matrix } from '../../linalg/matrix.ts';
import { activation } from '../../model/activation.ts';
import type { ComparisonRequest } from './request.ts';

/** Pairs of more samples than this are not compared for a remark beside the verdict. */
export const MOST_PAIRED = 2048;

/** What the theorem assumes, and whether a comparison's network and data satisfy it. */
export interface TheoremHypotheses {
  /** Whether φ is in the class GOOD, and why. */
  readonly activation: { readonly holds: boolean; readonly reason: string };
  /** Null where there are more than {@link MOST_PAIRED} samples. */
  readonly data: DataAssumption | null;
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
    data: samples > MOST_PAIRED ? null : dataAssumption(matrix(samples, inputDim, inputs)),
  };
}
