import type { OptimizerName } from '@widthwise/core';
import type { Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import type { ParameterValue } from './layer.ts';

/** An optimizer that the code builds. */
export interface OptimizerBuild {
  /** Null for one that is not modeled. */
  readonly kind: OptimizerName | null;
  readonly qualified: string;
  readonly span: Span;
  /** The learning rate of groups that have none of their own. */
  readonly lr: Quantity;
  readonly groups: OptimizerGroup[];
  /** Learning rates that the code writes over those of the groups later. */
  readonly rewrites: Quantity[];
  /** Factors that schedulers multiply learning rates by. */
  readonly factors: Quantity[];
}

export interface OptimizerGroup {
  readonly parameters: readonly ParameterValue[];
  readonly lr: Quantity;
}
