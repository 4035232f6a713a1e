import type { Quantity } from '../../growth/quantity.ts';
import { anyMultiple, scale } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';
import { type CallSite, everyArgument, positional } from '../machine/interpreter.ts';
import type { Heap } from '../values/heap.ts';
import { either, list, UNKNOWN, type Value } from '../values/value.ts';
import { isComputed, tensorsIn, tensorValue } from './tensors.ts';

/** Under what the store keeps the hooks; no object has it, as ids begin at 1. */
const LEDGER = 0;
const EVERY = '*';

export interface Hook {
  /** Of the layer or object that it is registered on: null where that may be any, 'each' where it is all there are. */
  readonly id: number | 'each' | null;
  /** What is called with the module, what it is given and what it makes; a number that it may multiply that by; unknown for one that is not followed. */
  readonly run: Value;
  readonly span: Span;
}

/** From now on, calling the module calls the hook, too. */
export function addForwardHook({ id, run, span }: Hook, heap: Heap): void {
  const before = heap.attributes(LEDGER).get(keyOf(id));
  const isKnown = before === undefined || (before.perhaps !== true && before.value.kind === 'list');
  const known = before?.value.kind === 'list' ? before.value.items : [];
  heap.setAttribute(LEDGER, keyOf(id), { value: list(isKnown ? [...known, run] : [UNKNOWN]), span });
}

/** The hooks that have been registered on a module since, or on all there are. */
export function hooksSince(
  id: number | 'each',
  { before, after }: Readonly<Record<'before' | 'after', Heap>>,
): readonly Hook[] {
  const now = after.attributes(LEDGER).get(keyOf(id));
  const known = before.attributes(LEDGER).get(keyOf(id));
  if (now === undefined || now === known || now.span === null) return [];
  const { span, value } = now;
  const already = known?.value.kind === 'list' ? known.value.items.length : 0;
  const isKnown = value.kind === 'list' && now.perhaps !== true;
  const runs = isKnown ? value.items.slice(already) : [UNKNOWN];
  return runs.map((run) => ({ id, run, span }));
}

/** A copy of a module has its hooks. */
export function copyForwardHooks(from: number, to: number, heap: Heap): void {
  const hooks = heap.attributes(LEDGER).get(keyOf(from));
  if (hooks !== undefined) heap.setAttribute(LEDGER, keyOf(to), hooks);
}

/** What calling a module gives in the end: what it makes where its hooks only look on, or something that is not read. */
export function afterHooks(module: Value, made: Value, site: CallSite): Value {
  if (module.kind !== 'layer' && module.kind !== 'object') return made;
  const { heap } = site.frame;
  const id = module.kind === 'layer' ? module.layer.id : module.id;
  const hooked = [id, 'each' as const, null].flatMap((one) => heap.attributes(LEDGER).get(keyOf(one)) ?? []);
  const looksOn = (run: Value) => {
    if (run.kind !== 'function') return false;
    const given = list([...site.args.positional], false, true);
    return site.frame.call(run, positional(module, given, made), site.span).kind === 'none';
  };
  const runs = hooked.flatMap(({ value, perhaps }) =>
    perhaps !== true && value.kind === 'list' && !value.open ? value.items : [UNKNOWN],
  );
  if (!runs.every((run) => run.kind === 'number' || looksOn(run))) return changed(site);
  const factors = runs.filter((run) => run.kind === 'number');
  return factors.reduce<Value>((all, { quantity }) => timesIn(all, quantity, site.span), made);
}

/** What a module gives, times a number. */
function timesIn(made: Value, factor: Quantity, span: Span): Value {
  switch (made.kind) {
    case 'tensor':
      return tensorValue(scale(made.tensor, factor, span));
    case 'list':
      return { ...made, items: made.items.map((item) => timesIn(item, factor, span)) };
    case 'either':
      return either(made.options.map((option) => timesIn(option, factor, span)));
    default:
      return made;
  }
}

/** What a hook gives that is not followed: nobody sees more of what the module makes than the hook does. */
function changed({ args, frame, span }: CallSite): Value {
  const given = everyArgument(args);
  if (!given.some(isComputed)) return UNKNOWN;
  return tensorValue(anyMultiple(tensorsIn(given, frame), 'a forward hook', span));
}

function keyOf(id: Hook['id']): string {
  return `forward-hook ${id ?? EVERY}`;
}
