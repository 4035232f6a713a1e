import type { OptimizerStepping } from '../interpret/interpreter.ts';
import { optimizerStep } from '../interpret/optimizer-state.ts';
import type { ParameterValue } from '../network/layer.ts';
import type { GroupMember, OptimizerBuild, OptimizerGroup, UnreadEffect } from '../network/optimizer.ts';
import type { ObservedGroup, ObservedMember, ObservedOptimizer, ObservedStep } from './observed-model.ts';

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
  for (const { build, heap, clipped } of training) {
    const { groups, started, unread, written } = optimizerStep(build, heap);
    const step: ObservedStep = {
      groups: groups.map((group) => groupAt(group, { pathOf, clipped })),
      started: started.map((group) => groupAt(group, { pathOf, clipped })),
      unread,
      written,
    };
    steps.set(build, [...(steps.get(build) ?? []), step]);
  }
  return [...steps].map(([{ update, isMatrix, qualified, span }, taken]) => ({
    update,
    isMatrix,
    qualified,
    span,
    steps: taken,
  }));
}

interface MemberSources {
  readonly pathOf: (parameter: ParameterValue) => string | undefined;
  readonly clipped: UnreadEffect | null;
}

function groupAt({ members, ...group }: OptimizerGroup, sources: MemberSources): ObservedGroup {
  return { ...group, members: members.flatMap((member) => memberAt(member, sources)) };
}

function memberAt(
  { parameter, perhaps, gradient }: GroupMember,
  { pathOf, clipped }: MemberSources,
): readonly ObservedMember[] {
  const path = pathOf(parameter);
  if (path === undefined) return [];
  return [{ path, perhaps, gradient: { ...gradient, clipped: gradient.clipped ?? clipped } }];
}
