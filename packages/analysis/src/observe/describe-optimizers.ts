import type { OptimizerStepping } from '../interpret/machine/run-trace.ts';
import { optimizerStep } from '../interpret/modules/optimizer-step.ts';
import type { ParameterValue } from '../network/layer.ts';
import type { GroupMember, OptimizerBuild, OptimizerGroup, UnreadEffect } from '../network/optimizer.ts';
import type { ObservedGroup, ObservedMember, ObservedOptimizer, ObservedStep } from './observed-model.ts';

/** Where a parameter is in its model, and which call has made that. */
export type MemberPlace = Pick<ObservedMember, 'path' | 'call'>;

/**
 * The optimizers, each with its groups at every step.
 *
 * @param placeOf the place of a parameter, if it is the model's
 */
export function describeOptimizers(
  training: readonly OptimizerStepping[],
  placeOf: (parameter: ParameterValue) => MemberPlace | undefined,
): readonly ObservedOptimizer[] {
  const steps = new Map<OptimizerBuild, ObservedStep[]>();
  for (const { build, heap, clipped } of training) {
    const { groups, started, unread, written } = optimizerStep(build, heap);
    const step: ObservedStep = {
      groups: groups.map((group) => groupAt(group, { placeOf, clipped })),
      started: started.map((group) => groupAt(group, { placeOf, clipped })),
      unread,
      written,
    };
    steps.set(build, [...(steps.get(build) ?? []), step]);
  }
  return [...steps].map(
    ([{ update, isMatrix, leftOutRate = null, coupledDecay = null, qualified, span }, taken]) => ({
      update,
      isMatrix,
      leftOutRate,
      coupledDecay,
      qualified,
      span,
      steps: taken,
    }),
  );
}

interface MemberSources {
  readonly placeOf: (parameter: ParameterValue) => MemberPlace | undefined;
  readonly clipped: UnreadEffect | null;
}

function groupAt({ members, ...group }: OptimizerGroup, sources: MemberSources): ObservedGroup {
  return { ...group, members: members.flatMap((member) => memberAt(member, sources)) };
}

function memberAt(
  { parameter, perhaps, gradient }: GroupMember,
  { placeOf, clipped }: MemberSources,
): readonly ObservedMember[] {
  const place = placeOf(parameter);
  if (place === undefined) return [];
  return [{ ...place, perhaps, gradient: { ...gradient, clipped: gradient.clipped ?? clipped } }];
}
