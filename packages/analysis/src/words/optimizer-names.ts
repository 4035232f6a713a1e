import type { UpdateRule } from '../network/optimizer.ts';

/** Optimizers as people write them, by how they make an update of a gradient. */
export const OPTIMIZER_NAMES: Readonly<Record<UpdateRule['kind'], string>> = {
  sgd: 'SGD',
  adam: 'Adam',
  muon: 'Muon',
  relative: 'relative steps',
};
