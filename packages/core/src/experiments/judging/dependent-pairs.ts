import type { Dataset } from '../../data/dataset.ts';
import { parallelRows, type SamplePairs } from '../../data/parallel-rows.ts';
import { type Matrix, matrix } from '../../linalg/matrix.ts';
import { activation } from '../../model/activation.ts';
import type { ActivationName } from '../../model/net-spec.ts';

/** Two probe samples whose features are dependent at every width, whatever is trained, or one whose features are 0. */
export interface DependentPair {
  readonly kind: 'equal' | 'opposite' | 'parallel' | 'zero';
  /** 1-based rows of the data: two, and one that is 0. */
  readonly rows: readonly number[];
}

/** A bias-free net hands on x(cξ) = c·x(ξ) of a positive factor. */
const HOMOGENEOUS: readonly ActivationName[] = ['relu', 'identity'];
const ODD_AT = [0.3, 1.1];

/**
 * The pairs of probe samples that the data alone makes dependent: equal ones; opposite ones where φ is odd; parallel ones
 * where φ is homogeneous; and what is 0, where φ(0) is.
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
  const { duplicates, antipodes, parallel, zeros } = parallelRows(probed);
  const { phi } = activation(name);
  const odd = ODD_AT.every((h) => phi(-h) === -phi(h));
  const pairsOf = (kind: DependentPair['kind'], pairs: SamplePairs['first']): DependentPair[] =>
    pairs.map(([i, j]) => ({ kind, rows: [i + 1, j + 1] }));
  const [zero, next] = zeros.first;
  const alike: SamplePairs['first'] = next === undefined ? [] : [[zero, next]];
  return [
    ...(phi(0) === 0 ? zeros.first.map((row): DependentPair => ({ kind: 'zero', rows: [row + 1] })) : []),
    ...pairsOf('equal', phi(0) === 0 ? duplicates.first : [...duplicates.first, ...alike]),
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
  if (kind === 'zero') return `row ${first} of the data is 0, so its features are 0 at every width`;
  return `rows ${first} and ${second} of the data are ${kind}, so their features are linearly dependent at every width`;
}
