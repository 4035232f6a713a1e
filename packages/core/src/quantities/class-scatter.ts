import type { Matrix } from '../linalg/matrix.ts';

/**
 * How far samples of one class are apart, by how far classes are: near 0 features of a class have collapsed to a point,
 * which makes λ_min small without harm at the end of training.
 *
 *     (Σ_i ‖x_i‖² − Σ_c n_c ‖x̄_c‖²) / (Σ_c n_c ‖x̄_c‖² − N ‖x̄‖²)
 *
 * @param gram ⟨x_i, x_j⟩, in any unit: shape [samples, samples]
 * @param classes of each sample
 * @returns ≥ 0; null of one class, of none with two samples, and where all classes have one mean
 * @see docs/math.md#what-else-a-gram-shows
 */
export function classScatter(gram: Matrix, classes: readonly number[]): number | null {
  const n = gram.rows;
  const members = new Map<number, number[]>();
  for (const [i, name] of classes.entries()) members.set(name, [...(members.get(name) ?? []), i]);
  if (members.size < 2 || members.size === n) return null;
  const blockMean = (of: readonly number[]): number =>
    of.reduce((sum, i) => sum + of.reduce((row, j) => row + gram.data[i * n + j], 0), 0) / of.length;
  let trace = 0;
  for (let i = 0; i < n; i++) trace += gram.data[i * n + i];
  const ofClasses = [...members.values()].reduce((sum, of) => sum + blockMean(of), 0);
  const between = ofClasses - blockMean(classes.map((_, i) => i));
  const noise = 4 * n * Number.EPSILON * trace;
  return between > noise ? Math.max(0, trace - ofClasses) / between : null;
}
