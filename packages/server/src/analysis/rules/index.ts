import { constantHiddenInit } from './constant-hidden-init.ts';
import { kernelRegime } from './kernel-regime.ts';
import { noWidthDeclared } from './no-width-declared.ts';
import type { Rule } from './rule.ts';
import { unstableParametrization } from './unstable-parametrization.ts';

/** Every rule, by code. */
export const RULES: readonly Rule[] = [
  noWidthDeclared,
  constantHiddenInit,
  unstableParametrization,
  kernelRegime,
];
