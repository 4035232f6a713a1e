import { noWidthDeclared } from './0-reading/no-width-declared.ts';
import { constantHiddenInit } from './1-init/constant-hidden-init.ts';
import { kernelRegime } from './5-verdict/kernel-regime.ts';
import { unstableParametrization } from './5-verdict/unstable-parametrization.ts';
import type { Rule } from './rule.ts';

/** Every rule, by code. */
export const RULES: readonly Rule[] = [
  noWidthDeclared,
  constantHiddenInit,
  unstableParametrization,
  kernelRegime,
];
