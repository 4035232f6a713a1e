import { literal, type Quantity } from '../../growth/quantity.ts';
import { hiddenName } from '../../network/hidden-name.ts';
import { anyMultiple, scale } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';
import { everyArgument, positional } from '../machine/given-arguments.ts';
import type { HookOrder } from '../machine/hook-order.ts';
import type { CallSite } from '../machine/interpreter.ts';
import type { Attribute } from '../values/attribute-state.ts';
import { list, withItems } from '../values/containers.ts';
import { either, optionsOf } from '../values/either.ts';
import { type Heap, LEDGER } from '../values/heap.ts';
import { number, UNKNOWN, type Value } from '../values/value.ts';
import { isComputed, tensorsIn, tensorValue } from './tensors.ts';

export interface Hook {
  /** Of the layer or object that it is registered on: null where that may be any, 'each' where it is all there are. */
  readonly id: number | 'each' | null;
  /** What is called with the module, what it is given and what it makes; a number that it may multiply that by; unknown for one that is not followed. */
  readonly run: Value;
  readonly span: Span;
}

/** From now on, calling the module calls the hook, too; what one line registers again, as in each round of a loop, stands for all of it. */
export function addForwardHook({ id, run, span }: Hook, heap: Heap, order: HookOrder | null = null): void {
  const key = `${prefixOf(id)}${span.start}`;
  const before = heap.attributes(LEDGER).get(key)?.value;
  if (before === undefined && typeof id === 'number') order?.noteHook(key, id);
  heap.setAttribute(LEDGER, key, { value: before === undefined ? run : either([before, run]), span });
}

/** From now on a hook multiplies what its module makes by 1. */
export function removeForwardHook(
  { id, start }: { readonly id: number; readonly start: number },
  heap: Heap,
): void {
  const key = `${prefixOf(id)}${start}`;
  const hook = heap.attributes(LEDGER).get(key);
  if (hook !== undefined) heap.setAttribute(LEDGER, key, { ...hook, value: number(literal(1)) });
}

/** The hooks that have been registered on a module since, or on all there are. */
export function hooksSince(
  id: number | 'each',
  { before, after }: Readonly<Record<'before' | 'after', Heap>>,
): readonly Hook[] {
  const known = before.attributes(LEDGER);
  const now = after.attributes(LEDGER);
  if (now === known) return [];
  const hooks: Hook[] = [];
  const prefix = prefixOf(id);
  // The store keeps much else there.
  now.forEach((hook, key) => {
    const { span, value } = hook;
    if (span === null || !key.startsWith(prefix) || known.get(key)?.value === value) return;
    for (const run of runsIn(hook)) hooks.push({ id, run, span });
  });
  return hooks;
}

/** What is called, on whichever way here; a factor that only some ways have is none that is known. */
function runsIn({ value, perhaps }: Attribute): readonly Value[] {
  const runs = optionsOf(value);
  const isSure = perhaps !== true && runs.length === 1;
  return runs.map((run) => (run.kind === 'number' && !isSure ? UNKNOWN : run));
}

/** A copy of a module has its hooks. */
export function copyForwardHooks(from: number, to: number, heap: Heap): void {
  for (const [key, hook] of heap.attributes(LEDGER)) {
    if (!key.startsWith(prefixOf(from))) continue;
    heap.setAttribute(LEDGER, `${prefixOf(to)}${key.slice(prefixOf(from).length)}`, hook);
  }
}

/** What calling a module gives in the end: what it makes where its hooks only look on, or something that is not read. */
export function afterHooks(module: Value, made: Value, site: CallSite): Value {
  if (module.kind !== 'layer' && module.kind !== 'object') return made;
  const { heap, interpreter } = site.frame;
  const id = module.kind === 'layer' ? module.layer.id : module.id;
  interpreter.hookOrder.noteCall(id);
  const ledger = heap.attributes(LEDGER);
  if (ledger.size === 0) return made;
  interpreter.budget.spend(ledger.size);
  const ofThis = [id, 'each' as const, null].map(prefixOf);
  const runs = [...ledger].flatMap(([key, hook]) =>
    ofThis.some((prefix) => key.startsWith(prefix)) ? runsIn(hook) : [],
  );
  const { locals } = site.frame;
  locals.set(MADE, made);
  const looksOn = (run: Value) => {
    if (run.kind !== 'function' && run.kind !== 'partial') return false;
    const given = list([...site.args.positional], false, true);
    const seen = positional(module, given, locals.get(MADE) ?? made);
    return site.frame.call(run, seen, site.span).kind === 'none';
  };
  const lookOn = runs.every((run) => run.kind === 'number' || looksOn(run));
  // What looks on may change it in place.
  const left = locals.get(MADE) ?? made;
  locals.delete(MADE);
  if (!lookOn) return changed(site);
  const factors = runs.filter((run) => run.kind === 'number');
  return factors.reduce<Value>((all, { quantity }) => timesIn(all, quantity, site.span), left);
}

/** Under which name, that no code has, a function holds what a module gives while its hooks see it. */
const MADE = hiddenName(0);

/** What a module gives, times a number. */
function timesIn(made: Value, factor: Quantity, span: Span): Value {
  switch (made.kind) {
    case 'tensor':
      return tensorValue(scale(made.tensor, factor, span));
    case 'list':
      return withItems(
        made,
        made.items.map((item) => timesIn(item, factor, span)),
      );
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

/** What the keys of the hooks of a module begin with. */
function prefixOf(id: Hook['id']): string {
  return `${id ?? 'any'} at `;
}
