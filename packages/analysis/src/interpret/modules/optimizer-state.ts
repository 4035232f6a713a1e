import type { ParameterValue } from '../../network/layer.ts';
import type { OptimizerBuild, UnreadEffect, UpdateRule } from '../../network/optimizer.ts';
import type { Span } from '../../syntax/span.ts';
import { replace, replaceNames } from '../machine/frames.ts';
import type { Frame } from '../machine/interpreter.ts';
import { steppedIn } from '../machine/trace.ts';
import type { Attributes } from '../values/attribute-state.ts';
import { dict, list, madeAt } from '../values/containers.ts';
import { eachOption, optionsOf } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { inLists } from '../values/in-lists.ts';
import { type DictValue, UNKNOWN, type Value } from '../values/value.ts';
import { dictsIn, groupsFrom, membersIn } from './parameter-groups.ts';

const GROUPS = 'param_groups';

const DEFAULTS = 'defaults';

const STARTED = 'started';

const UNREAD = 'unread';

const WRITTEN = 'written';

const RESUMED = 'resumed';

const SCHEDULED = 'scheduled';

/** The work of making an optimizer, with all that asks later which parameters it has. */
const OPTIMIZER = 3000;

/** An optimizer with the parameter groups that its constructor makes of what it is given. */
export function startOptimizer(
  build: OptimizerBuild,
  { params, defaults }: { readonly params: Value; readonly defaults: ReadonlyMap<string, Value> },
  frame: Frame,
): Value {
  frame.interpreter.budget.spend(OPTIMIZER);
  frame.heap.makeObject(build.id);
  frame.heap.setAttribute(build.id, DEFAULTS, { value: dict(defaults, true), span: build.span });
  const made = new Map<Value, Value>();
  setGroups(
    build,
    eachOption(params, (option) => groupsFrom(option, { defaults, made }, frame)),
    frame,
  );
  keepAsOwn(made, frame);
  noteStarted(build, frame);
  frame.interpreter.trace.optimizers.push(build);
  frame.interpreter.makersOfOptimizers.set(build, frame.stack);
  return { kind: 'optimizer', build };
}

/** Whoever has a dict that an optimizer is given has a group of the optimizer from then on: they are one object. */
function keepAsOwn(made: ReadonlyMap<Value, Value>, frame: Frame): void {
  const changes = new Map([...made].filter(([given, own]) => given.kind === 'dict' && own.kind === 'dict'));
  if (changes.size === 0) return;
  replaceNames(changes, frame);
  frame.heap.replace(changes);
}

/** How an optimizer that has these attributes updates a group with these settings; null where that is not read. */
export type GroupReader = (group: DictValue['entries'], attributes: Attributes) => UpdateRule | null;

const READERS = new WeakMap<OptimizerBuild, GroupReader>();

/** From here on each group of an optimizer is asked how it is updated. */
export function readsGroups(build: OptimizerBuild, reader: GroupReader): void {
  READERS.set(build, reader);
}

/** How a group with these settings is updated, as the optimizer is when it is asked. */
export function updateOf(build: OptimizerBuild, group: DictValue['entries'], heap: Heap): UpdateRule | null {
  const reader = READERS.get(build);
  return reader === undefined ? build.update : reader(group, heap.attributes(build.id));
}

/** The optimizers in a value, through lists, dicts and alternatives. */
export function optimizersIn(value: Value): readonly OptimizerBuild[] {
  return inLists(value).flatMap((one) => {
    if (one.kind === 'optimizer') return [one.build];
    return one.kind === 'dict' ? [...one.entries.values()].flatMap(optimizersIn) : [];
  });
}

/** The list of parameter groups, as the code reads it. */
export function groupsOf({ id }: OptimizerBuild, heap: Heap): Value {
  return heap.attributes(id).get(GROUPS)?.value ?? UNKNOWN;
}

/** `optimizer.defaults`: what groups have that are given nothing else, as far as the code gives it. */
export function defaultsOf({ id }: OptimizerBuild, heap: Heap): Value {
  return heap.attributes(id).get(DEFAULTS)?.value ?? UNKNOWN;
}

export function setGroups({ id, span }: OptimizerBuild, groups: Value, { heap }: Pick<Frame, 'heap'>): void {
  heap.setAttribute(id, GROUPS, { value: groups, span });
}

/** One more group. */
export function addGroup(build: OptimizerBuild, group: Value, frame: Frame): void {
  const defaults = frame.heap.attributes(build.id).get(DEFAULTS)?.value;
  const made = new Map<Value, Value>();
  const more = groupsFrom(
    list([group]),
    { defaults: defaults?.kind === 'dict' ? defaults.entries : new Map(), made },
    frame,
  );
  const added = eachOption(groupsOf(build, frame.heap), (groups) =>
    groups.kind === 'list' ? list([...groups.items, ...more.items], groups.open) : UNKNOWN,
  );
  setGroups(build, added, frame);
  keepAsOwn(made, frame);
  noteStarted(build, frame);
}

/** Keeps what groups are now, whatever becomes of their dicts. */
export function noteStarted(build: OptimizerBuild, { heap }: Pick<Frame, 'heap'>): void {
  const started = dictsIn(groupsOf(build, heap)).map(({ entries, open, span }) =>
    madeAt(span, dict(new Map(entries), open)),
  );
  heap.setAttribute(build.id, STARTED, { value: list(started), span: build.span });
}

/** The groups as they were when the optimizer was given them, each by itself. */
export function startedGroups({ id }: OptimizerBuild, heap: Heap): readonly DictValue[] {
  return dictsIn(heap.attributes(id).get(STARTED)?.value ?? UNKNOWN);
}

/** Lets each group become what `change` makes of it, for all that hold it. */
export function changeGroups(
  build: OptimizerBuild,
  frame: Frame,
  change: (group: DictValue, place: number) => DictValue,
): void {
  const places = optionsOf(groupsOf(build, frame.heap)).flatMap((option) =>
    option.kind === 'list' ? option.items.map((item, place) => ({ item, place })) : [],
  );
  for (const { item, place } of places) {
    for (const group of optionsOf(item)) {
      if (group.kind === 'dict') replace(group, change(group, place), frame);
    }
  }
}

/** Whatever the optimizer's rates are by then, the code that changes them is not read. */
export function leaveUnread(
  build: OptimizerBuild,
  { what, span }: UnreadEffect,
  { heap }: Pick<Frame, 'heap'>,
): void {
  if (heap.attributes(build.id).has(UNREAD)) return;
  heap.setAttribute(build.id, UNREAD, { value: { kind: 'text', text: what }, span });
}

/** What changes the optimizer's rates and is not read; null where nothing does. */
export function unreadOf({ id }: OptimizerBuild, heap: Heap): UnreadEffect | null {
  const mark = heap.attributes(id).get(UNREAD);
  return mark?.value.kind === 'text' && mark.span ? { what: mark.value.text, span: mark.span } : null;
}

/** From here on a scheduler sets the rates anew at each of its steps. */
export function noteSchedule(
  { id }: OptimizerBuild,
  { what, span }: UnreadEffect,
  { heap }: Pick<Frame, 'heap'>,
): void {
  heap.setAttribute(id, SCHEDULED, { value: { kind: 'text', text: what }, span });
}

/** Notes where code has given a group of an optimizer its rate: `group['lr'] = lr`. Until a scheduler's next step it has that. */
export function noteRateWrite(group: Value, span: Span, { heap, interpreter }: Frame): void {
  if (group.kind !== 'dict' || !group.entries.has('params')) return;
  for (const build of interpreter.trace.optimizers) {
    if (!dictsIn(groupsOf(build, heap)).includes(group)) continue;
    heap.setAttribute(build.id, WRITTEN, { value: { kind: 'truth', value: true }, span });
    const scheduled = heap.attributes(build.id).get(SCHEDULED);
    if (scheduled?.value.kind === 'text')
      leaveUnread(build, { what: scheduled.value.text, span: scheduled.span ?? span }, { heap });
  }
}

/** Where code has last given a group of an optimizer its rate; null where it gives none. */
export function rateWrittenAt({ id }: OptimizerBuild, heap: Heap): Span | null {
  return heap.attributes(id).get(WRITTEN)?.span ?? null;
}

/** From here on it may go on with the groups of an earlier run, which began with those that it has now. */
export function resume({ id, span }: OptimizerBuild, { heap }: Pick<Frame, 'heap'>): void {
  heap.setAttribute(id, RESUMED, { value: { kind: 'truth', value: true }, span });
}

/** Whether it may go on with the groups of an earlier run. */
export function isResumed({ id }: OptimizerBuild, heap: Heap): boolean {
  return heap.attributes(id).has(RESUMED);
}

/** Notes that the optimizer takes a step with what its groups have now. */
export function noteStep(build: OptimizerBuild, { heap, interpreter }: Frame): void {
  interpreter.trace.steps.push({ build, heap: new Heap(heap), clipped: null });
}

/** Whether an optimizer that may have a parameter has taken a step. */
export function isMovedBySteps(parameter: ParameterValue, { heap, interpreter }: Frame): boolean {
  const { layer, which } = heap.parameters.original(parameter);
  return [...steppedIn(interpreter.trace)].some((build) =>
    dictsIn(groupsOf(build, heap)).some(({ entries }) => {
      const { members } = membersIn(entries.get('params') ?? UNKNOWN);
      interpreter.budget.spend(members.length);
      return members.some((member) => {
        const own = heap.parameters.original(member.parameter);
        return own.layer === layer && own.which === which;
      });
    }),
  );
}
