import { noWidthDeclared } from './0-reading/no-width-declared.ts';
import { unusedSuppression } from './0-reading/unused-suppression.ts';
import { constantHiddenInit } from './1-init/constant-hidden-init.ts';
import { growingVectorInit } from './1-init/growing-vector-init.ts';
import { largeReadoutInit } from './1-init/large-readout-init.ts';
import { overscaledHiddenInit } from './1-init/overscaled-hidden-init.ts';
import { widthDependentInputInit } from './1-init/width-dependent-input-init.ts';
import { ambiguousHeadDimension } from './2-forward/ambiguous-head-dimension.ts';
import { attentionScaleInInit } from './2-forward/attention-scale-in-init.ts';
import { growingEmbeddingMultiplier } from './2-forward/growing-embedding-multiplier.ts';
import { inconsistentMultiplierPaths } from './2-forward/inconsistent-multiplier-paths.ts';
import { sqrtAttentionScale } from './2-forward/sqrt-attention-scale.ts';
import { tiedReadoutWithoutMultiplier } from './2-forward/tied-readout-without-multiplier.ts';
import { underscaledReadoutMultiplier } from './2-forward/underscaled-readout-multiplier.ts';
import { unscaledWidthContraction } from './2-forward/unscaled-width-contraction.ts';
import { depthScaledTwice } from './3-rate/depth-scaled-twice.ts';
import { doublyScaled } from './3-rate/doubly-scaled.ts';
import { embeddingInMatrixOptimizer } from './3-rate/embedding-in-matrix-optimizer.ts';
import { fusedMatrixOrthogonalized } from './3-rate/fused-matrix-orthogonalized.ts';
import { coupledWeightDecay } from './3-rate/lr-coupled-weight-decay.ts';
import { muonScaleMode } from './3-rate/muon-scale-mode.ts';
import { overwrittenGroupRate } from './3-rate/overwritten-group-lr.ts';
import { parameterGroupLeak } from './3-rate/parameter-group-leak.ts';
import { sgdRuleUnderAdam } from './3-rate/sgd-rule-under-adam.ts';
import { unscaledHiddenRate } from './3-rate/unscaled-hidden-lr.ts';
import { unscaledReadoutRate } from './3-rate/unscaled-readout-lr.ts';
import { widthScaledVectorRate } from './3-rate/width-scaled-vector-lr.ts';
import { baseDiffersElsewhere } from './4-mup/base-differs-elsewhere.ts';
import { baseEqualsTarget } from './4-mup/base-equals-target.ts';
import { initAfterBaseShapes } from './4-mup/init-after-base-shapes.ts';
import { missingBaseShapes } from './4-mup/missing-base-shapes.ts';
import { plainLinearReadout } from './4-mup/plain-linear-readout.ts';
import { plainOptimizer } from './4-mup/plain-optimizer.ts';
import { widthInMupInit } from './4-mup/width-in-mup-init.ts';
import { frozenLayer } from './5-verdict/frozen-layer.ts';
import { kernelRegime } from './5-verdict/kernel-regime.ts';
import { unstableParametrization } from './5-verdict/unstable-parametrization.ts';
import type { Rule } from './rule.ts';

/** Every rule, by code. */
export const RULES: readonly Rule[] = [
  noWidthDeclared,
  unusedSuppression,
  ambiguousHeadDimension,
  constantHiddenInit,
  overscaledHiddenInit,
  widthDependentInputInit,
  largeReadoutInit,
  growingVectorInit,
  underscaledReadoutMultiplier,
  sqrtAttentionScale,
  unscaledWidthContraction,
  growingEmbeddingMultiplier,
  inconsistentMultiplierPaths,
  tiedReadoutWithoutMultiplier,
  attentionScaleInInit,
  unscaledHiddenRate,
  unscaledReadoutRate,
  widthScaledVectorRate,
  sgdRuleUnderAdam,
  doublyScaled,
  coupledWeightDecay,
  overwrittenGroupRate,
  parameterGroupLeak,
  embeddingInMatrixOptimizer,
  fusedMatrixOrthogonalized,
  muonScaleMode,
  depthScaledTwice,
  plainLinearReadout,
  widthInMupInit,
  missingBaseShapes,
  plainOptimizer,
  initAfterBaseShapes,
  baseEqualsTarget,
  baseDiffersElsewhere,
  unstableParametrization,
  kernelRegime,
  frozenLayer,
];
