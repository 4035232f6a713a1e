import { isOne } from '../../growth/product.ts';
import { literal, type Quantity } from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { hiddenName } from '../../network/hidden-name.ts';
import { anyMultiple, isData, scale, timesUnknown } from '../../network/tensor.ts';
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
  /** Whether it may not be there. */
  readonly perhaps?: true;
}

/** From now on, calling the module calls the hook, too; what one line registers again, as in each round of a loop, stands for all of it. */
export function addForwardHook(
  { id, run, span, perhaps }: Hook,
  heap: Heap,
  order: HookOrder | null = null,
): void {
  const key = `${prefixOf(id)}${span.start}`;
  const before = heap.attributes(LEDGER).get(key)?.value;
  if (before === undefined && typeof id === 'number') order?.noteHook(key, id);
  const value = before === undefined ? run : either([before, run]);
  // How often one line has registered a hook is not counted.
  const isSure = before === undefined && perhaps !== true;
  heap.setAttribute(LEDGER, key, isSure ? { value, span } : { value, span, perhaps: true });
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
    const isSure = hook.perhaps !== true && optionsOf(value).length === 1;
    for (const run of runsIn(hook)) hooks.push(isSure ? { id, run, span } : { id, run, span, perhaps: true });
  });
  return hooks;
}

/** What is called, on whichever way here; a factor that only some ways have is none that is known, unless it changes nothing. */
function runsIn({ value, perhaps }: Attribute): readonly Value[] {
  const runs = optionsOf(value);
  const isSure = perhaps !== true && runs.length === 1;
  return runs.map((run) => (run.kind === 'number' && !isSure && !isOne(run.quantity) ? UNKNOWN : run));
}

/** A copy of a module has its hooks. */
export function copyForwardHooks(from: number, to: number, heap: Heap): void {
  for (const [key, hook] of heap.attributes(LEDGER)) {
    if (!key.startsWith(prefixOf(from))) continue;
    heap.setAttribute(LEDGER, `${prefixOf(to)}${key.slice(prefixOf(from).length)}`, hook);
  }
}

/** What calling a module gives in the end: what it makes, or what its hooks make of that; something that is not read where one is not followed. */
export function afterHooks(module: Value, made: Value, site: CallSite): Value {
  return hooked(module, made, site) ?? changed(site);
}

/** What a model gives as a whole, tensor by tensor: where one of its hooks is not followed, times anything. */
export function hookedOutputs(module: Value, made: Value, site: CallSite): readonly Tensor[] {
  const after = hooked(module, made, site);
  if (after !== null) return tensorsIn([after], site.frame);
  const what = 'a forward hook';
  return tensorsIn([made], site.frame).map((tensor) => timesUnknown([tensor], what, site.span));
}

/** What hooks make of what a module gives; null where one of them is not followed. */
function hooked(module: Value, made: Value, site: CallSite): Value | null {
  if (module.kind !== 'layer' && module.kind !== 'object') return made;
  const { heap, interpreter } = site.frame;
  const id = module.kind === 'layer' ? module.layer.id : module.id;
  interpreter.hookOrder.noteCall(id);
  const ledger = heap.attributes(LEDGER);
  if (ledger.size === 0) return made;
  interpreter.budget.spend(ledger.size);
  const ofThis = [id, 'each' as const, null].map(prefixOf);
  const own = [...ledger].filter(([key]) => ofThis.some((prefix) => key.startsWith(prefix)));
  let now: Value = made;
  for (const [, hook] of own) {
    const [run = UNKNOWN, ...others] = runsIn(hook);
    const isSure = hook.perhaps !== true && others.length === 0;
    const after = isSure
      ? afterOne(run, { module, made: now, site })
      : afterAny([run, ...others], { module, made: now, site });
    if (after === null) return null;
    now = after;
  }
  return now;
}

interface Hooked {
  readonly module: Value;
  readonly made: Value;
  readonly site: CallSite;
}

/** What a hook that surely is there makes of what a module gives; null where it is not followed. */
function afterOne(run: Value, { module, made, site }: Hooked): Value | null {
  if (run.kind === 'number') return timesIn(made, run.quantity, site.span);
  const { given, left } = called(run, { module, made, site });
  if (given.kind === 'none') return left;
  return given.kind === 'tensor' && !isData(given.tensor) ? given : null;
}

/** The same of hooks of which none may be there: they are followed where they only look on. */
function afterAny(runs: readonly Value[], { module, made, site }: Hooked): Value | null {
  let now = made;
  for (const run of runs) {
    if (run.kind === 'number') now = timesIn(now, run.quantity, site.span);
    else {
      const { given, left } = called(run, { module, made: now, site });
      if (given.kind !== 'none' || left !== now) return null;
    }
  }
  return now;
}

/** What a hook gives, and what it leaves of what the module gives, which it may change in place. */
function called(run: Value, { module, made, site }: Hooked): { readonly given: Value; readonly left: Value } {
  if (run.kind !== 'function' && run.kind !== 'partial') return { given: UNKNOWN, left: made };
  const { locals } = site.frame;
  locals.set(MADE, made);
  const inputs = list([...site.args.positional], false, true);
  const given = site.frame.call(run, positional(module, inputs, made), site.span);
  const left = locals.get(MADE) ?? made;
  locals.delete(MADE);
  return { given, left };
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
