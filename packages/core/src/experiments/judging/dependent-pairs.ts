import type { Dataset } from '../../data/dataset.ts';
import { parallelRows, type SamplePair, type SamplePairs } from '../../data/parallel-rows.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { activation } from '../../model/activation.ts';
import type { ActivationName } from '../../model/net-spec.ts';

/** Two probe samples whose features are dependent at every width, whatever is trained. */
export interface DependentPair {
  readonly kind: 'equal' | 'opposite' | 'parallel';
  /** 1-based rows of the data. */
  readonly rows: SamplePair;
}

/** A bias-free net hands on x(cξ) = c·x(ξ) of a positive factor. */
const HOMOGENEOUS: readonly ActivationName[] = ['relu', 'identity'];
const ODD_AT = [0.3, 1.1];

/**
 * The pairs of probe samples that the data alone makes dependent: equal ones; opposite ones where φ is odd; parallel ones
 * where φ is homogeneous.
 */
export function dependentPairs({
  dataset,
  probe,
  activation: name,
}: {
  readonly dataset: Dataset;
  readonly probe: { readonly samples: number };
  readonly activation: ActivationName;
}): readonly DependentPair[] {
  const { inputDim, inputs } = dataset;
  const probed = matrix(probe.samples, inputDim, inputs.slice(0, probe.samples * inputDim));
  const { duplicates, antipodes, parallel } = parallelRows(probed);
  const { phi } = activation(name);
  const odd = ODD_AT.every((h) => phi(-h) === -phi(h));
  const pairsOf = (kind: DependentPair['kind'], pairs: SamplePairs['first']): DependentPair[] =>
    pairs.map(([i, j]) => ({ kind, rows: [i + 1, j + 1] }));
  return [
    ...pairsOf('equal', duplicates.first),
    ...(odd ? pairsOf('opposite', antipodes.first) : []),
    ...(HOMOGENEOUS.includes(name)
      ? pairsOf(
          'parallel',
          parallel.first.filter(([i, j]) => odd || product(probed, i, j) > 0),
        )
      : []),
  ];
}

function product({ data, cols }: Matrix, i: number, j: number): number {
  let sum = 0;
  for (let k = 0; k < cols; k++) sum += data[i * cols + k] * data[j * cols + k];
  return sum;
}

/** `rows 1 and 2 of the data are equal, so their features are linearly dependent at every width`. */
export function pairText({ kind, rows: [first, second] }: DependentPair): string {
  return `rows ${first} and ${second} of the data are ${kind}, so their features are linearly dependent at every width`;
}
