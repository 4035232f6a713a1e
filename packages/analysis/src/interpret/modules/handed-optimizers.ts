import type { OptimizerBuild } from '../../network/optimizer.ts';
import { replace } from '../machine/frames.ts';
import type { Frame } from '../machine/interpreter.ts';
import { dict } from '../values/containers.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { defaultsOf, groupsOf, optimizersIn } from './optimizer-state.ts';
import { dictsIn } from './parameter-groups.ts';

/** The optimizers of which something is handed on: they themselves, or some of their groups. */
export function handedOptimizers(
  given: readonly Value[],
  { heap, interpreter }: Frame,
): readonly OptimizerBuild[] {
  const dicts = new Set(given.flatMap(dictsIn));
  const having = interpreter.trace.optimizers.filter(
    (build) => dicts.size > 0 && dictsIn(groupsOf(build, heap)).some((group) => dicts.has(group)),
  );
  return [...new Set([...given.flatMap(optimizersIn), ...having])];
}

/** What is handed the defaults of an optimizer, and is not read, may change them. */
export function leaveDefaultsUnread(given: readonly Value[], frame: Frame): void {
  for (const build of frame.interpreter.trace.optimizers) {
    const defaults = defaultsOf(build, frame.heap);
    if (defaults.kind !== 'dict' || !given.includes(defaults)) continue;
    const anything = [...defaults.entries.keys()].map((name) => [name, UNKNOWN] as const);
    replace(defaults, dict(new Map(anything), true), frame);
  }
}
