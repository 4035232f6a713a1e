import type { Frame } from '../../interpret/machine/interpreter.ts';
import { groupsOf, setGroups } from '../../interpret/modules/optimizer-state.ts';
import { dict, list, madeAt } from '../../interpret/values/containers.ts';
import { type DictValue, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { OptimizerBuild } from '../../network/optimizer.ts';

/** `optimizer.state_dict()`: what groups have, in dicts of its own, with numbers in the place of their parameters. */
export function optimizerState(build: OptimizerBuild, { heap }: Pick<Frame, 'heap'>): Value {
  const groups = groupsIn(groupsOf(build, heap));
  const kept = groups?.map(({ entries, open }) => dict(new Map(entries).set('params', UNKNOWN), open));
  return dict(new Map([['param_groups', kept === undefined ? UNKNOWN : list(kept)]]), true);
}

/**
 * Gives the groups of an optimizer what a state has for them, in dicts that nobody else holds; false where that is not
 * known, as of a state that the code computes otherwise.
 */
export function loadGroups(build: OptimizerBuild, state: Value, frame: Frame): boolean {
  const kept = state.kind === 'dict' ? groupsIn(state.entries.get('param_groups')) : undefined;
  const own = groupsIn(groupsOf(build, frame.heap));
  if (kept === undefined || own?.length !== kept.length) return false;
  const loaded = kept.map(({ entries, open }, place) => {
    const group = own[place];
    const params = group?.entries.get('params') ?? UNKNOWN;
    return madeAt(group?.span, dict(new Map(entries).set('params', params), open));
  });
  setGroups(build, list(loaded), frame);
  return true;
}

/** The groups of a list that has nothing else; undefined where that is not known. */
function groupsIn(groups: Value | undefined): readonly DictValue[] | undefined {
  if (groups?.kind !== 'list' || groups.open) return undefined;
  const dicts = groups.items.filter((one) => one.kind === 'dict');
  return dicts.length === groups.items.length ? dicts : undefined;
}
