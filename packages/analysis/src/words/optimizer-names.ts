import type { WeightRow } from '../model-outline.ts';
import type { UpdateRule } from '../network/optimizer.ts';

/** Optimizers as people write them, by how they make an update of a gradient. */
export const OPTIMIZER_NAMES: Readonly<Record<UpdateRule['kind'], string>> = {
  sgd: 'SGD',
  adam: 'Adam',
  muon: 'Muon',
  relative: 'relative steps',
};

/** What trains a weight: the class of its optimizer, as code calls it, and how that makes updates where its name does not say so. */
export function trainerText({ optimizer, trainers }: Pick<WeightRow, 'optimizer' | 'trainers'>): string {
  if (optimizer === null) return 'optimizer unknown';
  const kind = OPTIMIZER_NAMES[optimizer];
  const [trainer, ...others] = trainers;
  if (trainer === undefined || others.length > 0) return kind;
  return trainer === kind || trainer === `${kind}W` ? trainer : `${trainer}, which steps like ${kind}`;
}
