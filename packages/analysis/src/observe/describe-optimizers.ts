import type { OptimizerStepping } from '../interpret/interpreter.ts';
import { optimizerStep } from '../interpret/optimizer-state.ts';
import type { ParameterValue } from '../network/layer.ts';
import type { GroupMember, OptimizerBuild } from '../network/optimizer.ts';
import type { ObservedMember, ObservedOptimizer, ObservedStep } from './observed-model.ts';

/**
 * The optimizers, each with its groups at every step.
 *
 * @param pathOf the path of a parameter, if it is the model's
 */
export function describeOptimizers(
  training: readonly OptimizerStepping[],
  pathOf: (parameter: ParameterValue) => string | undefined,
): readonly ObservedOptimizer[] {
  const steps = new Map<OptimizerBuild, ObservedStep[]>();
  for (const { build, heap } of training) {
    const { groups, unread } = optimizerStep(build, heap);
    const step: ObservedStep = {
      groups: groups.map(({ members, ...group }) => ({
        ...group,
        members: members.flatMap((member) => memberAt(member, pathOf)),
      })),
      unread,
    };
    steps.set(build, [...(steps.get(build) ?? []), step]);
  }
  return [...steps].map(([{ update, qualified }, taken]) => ({ update, qualified, steps: taken }));
}

function memberAt(
  { parameter, perhaps }: GroupMember,
  pathOf: (parameter: ParameterValue) => string | undefined,
): readonly ObservedMember[] {
  const path = pathOf(parameter);
  return path === undefined ? [] : [{ path, perhaps }];
}
