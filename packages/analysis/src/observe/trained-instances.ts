import type { Frame } from '../interpret/machine/interpreter.ts';
import { namedParameters } from '../interpret/modules/modules.ts';
import { groupsOf } from '../interpret/modules/optimizer-state.ts';
import { membersIn } from '../interpret/modules/parameter-groups.ts';
import { inLists } from '../interpret/values/in-lists.ts';
import type { Value } from '../interpret/values/value.ts';
import type { Layer } from '../network/layer.ts';
import type { Instance } from './model-run.ts';
import type { Run } from './run-module.ts';

/**
 * Of several instances those that an optimizer is seen to train, with those that are made for their shapes: one that is
 * made to be counted, or to be compared with, starts as it likes. All of them where none is seen to be trained.
 */
export function trainedInstances(
  instances: readonly Instance[],
  runs: readonly Run[],
  frame: Frame,
): readonly Instance[] {
  if (instances.length < 2) return instances;
  const trained = new Set(runs.flatMap(layersTrainedIn));
  if (trained.size === 0) return instances;
  const isTrained = ({ object, heap }: Instance) =>
    namedParameters(object, frame.with({ heap })).some(({ parameter: { layer } }) => trained.has(layer));
  const known = instances.map((instance) => ({ instance, isTrained: isTrained(instance) }));
  if (!known.some((one) => one.isTrained)) return instances;
  return known.flatMap((one) => (one.isTrained || one.instance.isYardstick ? [one.instance] : []));
}

/** The layers of which optimizers of a run have parameters, from the start or at a step. */
export function layersTrainedIn({ trace: { optimizers, steps }, heap }: Run): readonly Layer[] {
  const states = [
    ...optimizers.map((build) => groupsOf(build, heap)),
    ...steps.map((step) => groupsOf(step.build, step.heap)),
  ];
  return [...new Set(states)].flatMap(layersIn);
}

/** The layers of the parameters that groups have. */
export function layersIn(groups: Value): readonly Layer[] {
  return inLists(groups).flatMap((option) => {
    const members = option.kind === 'dict' ? option.entries.get('params') : undefined;
    return members === undefined ? [] : membersIn(members).members.map(({ parameter }) => parameter.layer);
  });
}
