import { isVanished, knownExponent } from '../growth/growth.ts';
import { ROUNDING } from '../growth/rounding.ts';
import type { CoupledDecay } from '../network/optimizer.ts';
import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Model } from '../outline/model.ts';
import { decaysOf } from '../outline/weight-decays.ts';
import type { Weight } from '../outline/weights.ts';
import type { CallExpression, DictExpression, Expression } from '../syntax/ast.ts';
import { argumentOf, entryOf } from './nodes.ts';

/** The number of a parameter group as the code writes it, or what it is where the code leaves it out. */
export type GroupNumber = Expression | string;

/** What an optimizer's call, and one of its groups where code has a dict for it, are given. */
export interface GroupCode {
  readonly call: CallExpression;
  readonly group: DictExpression | CallExpression | null;
}

/**
 * The weight decay of some weights where each step takes the rate times it and neither is 0 or grows, so that what makes
 * the rate smaller has to make it larger; null where it is to stay as it is, or is not seen.
 */
export function coupledDecay(
  { optimizer, weights }: { readonly optimizer: ObservedOptimizer; readonly weights: readonly Weight[] },
  given: GroupCode,
  { widths }: Model,
): GroupNumber | null {
  if (optimizer.coupledDecay === null) return null;
  const written = writtenDecay(given, optimizer.coupledDecay);
  if (written === null || typeof written === 'string') return written;
  const decays = decaysOf(optimizer, weights).map(widths.growthOf);
  const isConstant = decays.every(
    (decay) => !isVanished(decay) && Math.abs(knownExponent(decay) ?? Number.NaN) <= ROUNDING,
  );
  return decays.length > 0 && isConstant ? written : null;
}

/** The weight decay of a group as its dict, the call or PyTorch has it; null where it is left out and 0, or not seen. */
export function writtenDecay(
  { call, group }: GroupCode,
  { leftOut, index }: CoupledDecay,
): GroupNumber | null {
  const own = group === null ? undefined : entryOf(group, 'weight_decay');
  const isNone = leftOut === null || Number(leftOut) === 0;
  return own ?? argumentOf(call, 'weight_decay', index) ?? (isNone ? null : leftOut);
}
