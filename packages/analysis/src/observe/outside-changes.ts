import { isPartlyUnknown, pair, type Quantity, UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import { classId, lineage, protocolOf } from '../interpret/machine/classes.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import { addForwardHook, type Hook, hooksSince } from '../interpret/modules/forward-hooks.ts';
import { idOf, type ModuleValue, type NamedModule, namedModules } from '../interpret/modules/modules.ts';
import type { Attribute, Attributes } from '../interpret/values/attribute-state.ts';
import { either, optionsOf } from '../interpret/values/either.ts';
import type { Heap } from '../interpret/values/heap.ts';
import type { TensorValue } from '../interpret/values/tensor-value.ts';
import { type ObjectValue, UNKNOWN, type Value } from '../interpret/values/value.ts';
import type { Tensor } from '../network/graph.ts';
import { isData, scale, timesUnknown } from '../network/tensor.ts';
import type { Span } from '../syntax/span.ts';
import { changedContainer, withChanged } from './changed-containers.ts';
import type { Instance } from './model-run.ts';

/** What a forward pass as a whole is multiplied by, and where. */
interface Changed {
  readonly span: Span;
  readonly factor: Quantity;
}

/** An instance with its modules by their paths, as it was made. */
interface Made {
  readonly instance: Instance;
  readonly built: Heap;
  /** The states in which something may be trained: those at the steps of optimizers, and the last one. */
  readonly states: readonly Heap[];
  readonly modules: ReadonlyMap<string, ModuleValue>;
}

/**
 * Does to a model that is built from symbols what code outside does to its instances once they are made: the numbers that
 * they are given, or their class, the modules in the place of their own, the hooks.
 *
 * @returns what becomes of their forward pass as a whole; null where that is nothing
 */
export function changeAsOutside(
  object: ObjectValue,
  instances: readonly Instance[],
  frame: Frame,
): Changed | null {
  const made = instances.flatMap((instance): readonly Made[] => {
    const { built, isYardstick } = instance;
    if (built === null || isYardstick) return [];
    const modules = namedModules(instance.object, frame.with({ heap: built }));
    const states = [...instance.atSteps, instance.heap];
    return [{ instance, built, states, modules: new Map(modules.map(({ path, value }) => [path, value])) }];
  });
  if (made.length === 0) return null;
  for (const { built, states } of made)
    for (const after of states)
      for (const hook of hooksSince('each', { before: built, after })) addForwardHook(hook, frame.heap);
  const whole = namedModules(object, frame).flatMap((module) => changeModule(module, made, frame));
  const [first] = whole;
  if (first === undefined) return null;
  return {
    span: first.span,
    factor: whole.map(({ factor }) => factor).reduce((all, one) => pair('multiply', all, one)),
  };
}

/** Changes one module; answers where the whole model gets another forward pass. */
function changeModule(module: NamedModule, made: readonly Made[], frame: Frame): readonly Changed[] {
  const id = idOf(module.value);
  const own = frame.heap.attributes(id);
  const forward = forwardName(module.value, frame);
  const seen = made.flatMap((one) => {
    const same = one.modules.get(module.path);
    return same === undefined ? [] : [{ one, same, changes: changesOf(idOf(same), forward, one) }];
  });
  const hooks: Hook[] = seen.flatMap(({ one, same }) => hooksIn(idOf(same), one));
  const names = new Set(seen.flatMap(({ changes }) => [...changes.keys()]));
  for (const name of names) {
    const now = seen.map(({ changes }) => changes.get(name));
    const span = now.find((one) => one !== undefined)?.span ?? null;
    const values = now.map((one) => one?.value ?? own.get(name)?.value ?? UNKNOWN);
    if (name !== forward) frame.heap.setAttribute(id, name, { value: either(values), span });
    else if (span !== null) hooks.push({ id, run: UNKNOWN, span });
  }
  for (const { one, same } of seen) changeContainers(id, { id: idOf(same), ...one }, frame);
  const ofClass = module.value.kind === 'object' ? changeClasses(module.value, made, frame) : [];
  const isSure = seen.length === made.length;
  for (const hook of hooks) addForwardHook({ ...hook, id, ...(!isSure && { perhaps: true }) }, frame.heap);
  return module.path === '' ? ofClass.map((span) => ({ span, factor: UNKNOWN_QUANTITY })) : [];
}

/** Changes what is in the lists and dicts that a module holds as its own. */
function changeContainers(
  id: number,
  same: Pick<Made, 'built' | 'states'> & { readonly id: number },
  { heap }: Frame,
): void {
  const before = same.built.attributes(same.id);
  for (const state of same.states) {
    const after = state.attributes(same.id);
    if (after === before) continue;
    for (const [name, { value, span }] of after) {
      const changed = changedContainer(before.get(name)?.value, value);
      const own = heap.attributes(id).get(name)?.value;
      if (changed !== undefined && own !== undefined)
        heap.setAttribute(id, name, { value: withChanged(own, changed), span });
    }
  }
}

/** The hooks that a module has in any state in which it may be trained, each once. */
function hooksIn(id: number, { built, states }: Made): readonly Hook[] {
  const all = states.flatMap((after) => hooksSince(id, { before: built, after }));
  const isSame = (one: Hook, other: Hook) => one.run === other.run && one.span.start === other.span.start;
  return all
    .filter((hook, at) => all.findIndex((one) => isSame(one, hook)) === at)
    .map((hook) =>
      all.filter((one) => isSame(one, hook)).length === states.length ? hook : { ...hook, perhaps: true },
    );
}

function forwardName(module: ModuleValue, { interpreter }: Frame): string | undefined {
  return module.kind === 'object' ? protocolOf(interpreter, module.definition)?.forward : undefined;
}

/** The attributes of a module that code outside has made other numbers or modules of, in any state in which it may be trained. */
function changesOf(
  id: number,
  forward: string | undefined,
  { built, states }: Made,
): ReadonlyMap<string, Attribute> {
  const before = built.attributes(id);
  const seen = [...new Set(states.map((heap) => heap.attributes(id)))].filter(({ size }) => size > 0);
  const changed = seen.map((after) => changedIn(after, before, forward));
  const names = new Set(changed.flatMap((one) => [...one.keys()]));
  return new Map(
    [...names].flatMap((name) => {
      const all = changed.flatMap((one) => one.get(name) ?? []);
      const [last] = all.slice(-1);
      if (last === undefined) return [];
      if (all.length === changed.length)
        return [[name, { ...last, value: either(all.map(({ value }) => value)) }]];
      return [[name, { ...last, value: perhapsChanged(before.get(name), last) }]];
    }),
  );
}

function changedIn(
  after: Attributes,
  before: Attributes,
  forward: string | undefined,
): ReadonlyMap<string, Attribute> {
  if (before === after) return new Map();
  return new Map(
    [...after].flatMap(([name, now]) => {
      const value =
        name === forward && now !== before.get(name) ? now.value : changedValue(before.get(name), now);
      return value === undefined ? [] : [[name, { ...now, value }]];
    }),
  );
}

/** What an attribute is that code outside has made another number, or another kind of module; undefined for any other. */
function changedValue(before: Attribute | undefined, now: Attribute): Value | undefined {
  if (before === now || before?.value === now.value) return undefined;
  if (now.value.kind === 'number') return now.perhaps === true ? perhapsChanged(before, now) : now.value;
  if (now.value.kind === 'function') return now.value;
  if (now.value.kind === 'tensor') return changedTensor(before, now.value);
  if (before !== undefined && mayBeNumber(before.value) && mayBeNumber(now.value)) return now.value;
  if (before === undefined || !MODULES.has(before.value.kind)) return undefined;
  // A layer in the place of a layer is looked at where it starts.
  if (now.value.kind === 'layer' || isSameObject(before.value, now.value)) return undefined;
  return UNKNOWN;
}

/** A number, a buffer, or what may be one. */
function mayBeNumber(value: Value): boolean {
  return optionsOf(value).every(({ kind }) => NUMBERS.has(kind));
}

const NUMBERS: ReadonlySet<Value['kind']> = new Set(['number', 'tensor', 'unknown', 'opaque']);

function perhapsChanged(before: Attribute | undefined, now: Attribute): Value {
  return before === undefined ? UNKNOWN : either([before.value, now.value]);
}

/** A buffer that was there before. */
function changedTensor(before: Attribute | undefined, now: TensorValue): Value | undefined {
  if (before?.value.kind !== 'tensor') return undefined;
  return isData(now.tensor) ? now : UNKNOWN;
}

const MODULES: ReadonlySet<Value['kind']> = new Set(['layer', 'object']);

function isSameObject(one: Value, other: Value): boolean {
  return one.kind === 'object' && other.kind === 'object' && one.id === other.id;
}

/** What code gives the classes of a module, for all of their objects; answers where that is another forward pass. */
function changeClasses(module: ObjectValue, made: readonly Made[], frame: Frame): readonly Span[] {
  const { interpreter } = frame;
  const forward = forwardName(module, frame);
  return lineage(interpreter, module.definition).flatMap((definition) => {
    const id = classId(interpreter, definition);
    const own = frame.heap.attributes(id);
    return made.flatMap(({ instance: { heap } }) =>
      [...heap.attributes(id)].flatMap(([name, now]): readonly Span[] => {
        if (own.get(name) === now) return [];
        frame.heap.setAttribute(id, name, { ...now, perhaps: true });
        return name === forward && now.span !== null ? [now.span] : [];
      }),
    );
  });
}

/** What a model gives whose forward pass becomes another one. */
export function givenOtherwise(returned: readonly Tensor[], changed: Changed | null): readonly Tensor[] {
  if (changed === null) return returned;
  const { span, factor } = changed;
  if (!isPartlyUnknown(factor)) return returned.map((tensor) => scale(tensor, factor, span));
  return returned.map((tensor) => timesUnknown([tensor], 'what other code does to what it gives', span));
}
