import { noWidthDeclared } from './0-reading/no-width-declared.ts';
import { unusedSuppression } from './0-reading/unused-suppression.ts';
import { constantHiddenInit } from './1-init/constant-hidden-init.ts';
import { largeReadoutInit } from './1-init/large-readout-init.ts';
import { overscaledHiddenInit } from './1-init/overscaled-hidden-init.ts';
import { widthDependentInputInit } from './1-init/width-dependent-input-init.ts';
import { growingEmbeddingMultiplier } from './2-forward/growing-embedding-multiplier.ts';
import { inconsistentMultiplierPaths } from './2-forward/inconsistent-multiplier-paths.ts';
import { sqrtAttentionScale } from './2-forward/sqrt-attention-scale.ts';
import { tiedReadoutWithoutMultiplier } from './2-forward/tied-readout-without-multiplier.ts';
import { unscaledWidthContraction } from './2-forward/unscaled-width-contraction.ts';
import { doublyScaled } from './3-rate/doubly-scaled.ts';
import { embeddingInMatrixOptimizer } from './3-rate/embedding-in-matrix-optimizer.ts';
import { coupledWeightDecay } from './3-rate/lr-coupled-weight-decay.ts';
import { unscaledHiddenRate } from './3-rate/unscaled-hidden-lr.ts';
import { unscaledReadoutRate } from './3-rate/unscaled-readout-lr.ts';
import { widthScaledVectorRate } from './3-rate/width-scaled-vector-lr.ts';
import { plainOptimizer } from './4-mup/plain-optimizer.ts';
import { kernelRegime } from './5-verdict/kernel-regime.ts';
import { unstableParametrization } from './5-verdict/unstable-parametrization.ts';
import type { Rule } from './rule.ts';

/** Every rule, by code. */
export const RULES: readonly Rule[] = [
  noWidthDeclared,
  unusedSuppression,
  constantHiddenInit,
  overscaledHiddenInit,
  widthDependentInputInit,
  largeReadoutInit,
  sqrtAttentionScale,
  unscaledWidthContraction,
  growingEmbeddingMultiplier,
  inconsistentMultiplierPaths,
  tiedReadoutWithoutMultiplier,
  unscaledHiddenRate,
  unscaledReadoutRate,
  widthScaledVectorRate,
  doublyScaled,
  coupledWeightDecay,
  embeddingInMatrixOptimizer,
  plainOptimizer,
  unstableParametrization,
  kernelRegime,
];
