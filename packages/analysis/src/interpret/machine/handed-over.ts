import { type Heap, LEDGER } from '../values/heap.ts';
import type { Value } from '../values/value.ts';
import type { Frame } from './interpreter.ts';
import type { HandedOver } from './run-trace.ts';

/**
 * What has happened since, if that is no more than that modules were handed to code which is not read, each before it was
 * called; else null.
 *
 * @param matters whether anybody but what has run since holds a list, dict or tensor that it has changed
 */
export function handedOverSince(
  since: Heap,
  { heap, interpreter: { hookOrder } }: Frame,
  { moment, matters }: { readonly moment: number; readonly matters: (part: Value) => boolean },
): HandedOver | null {
  const parameters = heap.onlyHanded(since, matters);
  if (parameters === null) return null;
  const [before, now] = [since.attributes(LEDGER), heap.attributes(LEDGER)];
  const hooks = now === before ? [] : [...now].filter(([key, hook]) => before.get(key) !== hook);
  const areOpen = hooks.every(
    ([key, { value }]) => value.kind === 'unknown' && hookOrder.isOnAllSince(moment, key),
  );
  return areOpen ? { parameters, hooks: new Map(hooks) } : null;
}

/** Whether modules are as they were when they had been handed over. */
export function areHandedOver({ parameters, hooks }: HandedOver, heap: Heap): boolean {
  const now = hooks.size === 0 ? hooks : heap.attributes(LEDGER);
  return (
    heap.parameters.areAs(parameters) &&
    [...hooks].every(([key, { perhaps }]) => {
      const hook = now.get(key);
      return hook?.value.kind === 'unknown' && (hook.perhaps !== true || perhaps === true);
    })
  );
}
