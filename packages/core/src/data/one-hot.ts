/**
 * Targets of a classification: one-hot minus 1/k, so that each sums to 0.
 *
 * @param labels class of every sample, in [0, classes)
 * @returns shape [samples, classes]
 */
export function centeredOneHot(labels: readonly number[], classes: number): Float64Array {
  const targets = new Float64Array(labels.length * classes).fill(-1 / classes);
  labels.forEach((label, sample) => {
    targets[sample * classes + label] += 1;
  });
  return targets;
}
