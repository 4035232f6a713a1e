import { literal, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { ParameterValue } from '../../network/layer.ts';
import type {
  OptimizerBuild,
  OptimizerGroup,
  OptimizerStep,
  UnreadEffect,
  UpdateRule,
} from '../../network/optimizer.ts';
import type { Span } from '../../syntax/span.ts';
import { replace, replaceNames } from '../machine/frames.ts';
import type { Frame } from '../machine/interpreter.ts';
import { steppedIn } from '../machine/trace.ts';
import type { Attributes } from '../values/attribute-state.ts';
import { dict, list, madeAt } from '../values/containers.ts';
import { eachOption, optionsOf } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { inLists } from '../values/in-lists.ts';
import { isNumeric, quantityOf } from '../values/numbers.ts';
import { type DictValue, UNKNOWN, type Value } from '../values/value.ts';
import { gradientOf } from './gradients.ts';
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

/**
 * The state that a script leaves which is not read: a number of a group which optimizers have no use for is there for
 * the code that trains, which may multiply the rate by it, if it has its name.
 */
export function withUnreadScales(
  build: OptimizerBuild,
  heap: Heap,
  mayBeRead: (name: string) => boolean,
): Heap {
  const groups = dictsIn(groupsOf(build, heap));
  const scale = groups
    .flatMap(({ entries }) => [...entries])
    .find((entry) => isScale(entry) && mayBeRead(entry[0]));
  if (scale === undefined) return heap;
  const after = new Heap(heap);
  leaveUnread(build, { what: scale[0], span: build.span }, { heap: after });
  return after;
}

/** What groups have for optimizers. */
const READ: ReadonlySet<string> = new Set(
  'params lr weight_decay betas eps alpha momentum dampening nesterov ns_steps amsgrad centered maximize foreach fused capturable differentiable decoupled_weight_decay initial_lr name param_names'.split(
    ' ',
  ),
);

/** Whether an entry is a number that the code computes, or does not spell out, and that no optimizer reads. */
function isScale([key, value]: readonly [string, Value]): boolean {
  return !READ.has(key) && optionsOf(value).some((one) => isNumeric(one) && quantityOf(one).op !== 'literal');
}

/** Notes that the optimizer takes a step with what its groups have now. */
export function noteStep(build: OptimizerBuild, { heap, interpreter }: Frame): void {
  interpreter.trace.steps.push({ build, heap: new Heap(heap), clipped: null });
}

/** The optimizers that may have a parameter and have taken a step. */
export function trainedBy(
  parameter: ParameterValue,
  { heap, interpreter }: Frame,
): readonly OptimizerBuild[] {
  const { layer, which } = heap.parameters.original(parameter);
  return [...steppedIn(interpreter.trace)].filter((build) =>
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

/** The groups of an optimizer in one state of the code. */
export function optimizerStep(build: OptimizerBuild, heap: Heap): OptimizerStep {
  const groups = groupsOf(build, heap);
  const hasMore = optionsOf(groups).some((option) => option.kind === 'list' && option.open);
  const mark = heap.attributes(build.id).get(UNREAD);
  const what = mark?.value.kind === 'text' ? mark.value.text : null;
  return {
    groups: dictsIn(groups).map((group) =>
      groupOf(group, { build, heap, isSure: surelyHas(groups, group), hasMore }),
    ),
    started: dictsIn(heap.attributes(build.id).get(STARTED)?.value ?? UNKNOWN).map((group) =>
      groupOf(group, { build, heap, isSure: true, hasMore: false }),
    ),
    unread: what === null || !mark?.span ? null : { what, span: mark.span },
    written: rateWrittenAt(build, heap),
  };
}

/** Whether nothing but a group stands in the place where it does: code may have taken one out again. */
function surelyHas(groups: Value, group: DictValue): boolean {
  const places = optionsOf(groups).flatMap((option) => (option.kind === 'list' ? option.items : []));
  const own = places.map(optionsOf).filter((options) => options.some((one) => one === group));
  return own.some((options) => options.every(({ kind }) => kind === 'dict'));
}

interface GroupSources {
  readonly build: OptimizerBuild;
  readonly heap: Heap;
  readonly isSure: boolean;
  /** Whether there may be groups beside it that are not followed. */
  readonly hasMore: boolean;
}

function groupOf(
  { entries, span }: DictValue,
  { build, heap, isSure, hasMore }: GroupSources,
): OptimizerGroup {
  const { members, open } = membersIn(entries.get('params') ?? UNKNOWN);
  const reader = READERS.get(build);
  return {
    update: reader === undefined ? build.update : reader(entries, heap.attributes(build.id)),
    members: members.map(({ perhaps, ...member }) => ({
      ...member,
      perhaps: perhaps || !isSure,
      gradient: gradientOf(member.parameter, heap),
    })),
    open: open || hasMore,
    span: span ?? null,
    lr: quantityAt(entries, 'lr', UNKNOWN_QUANTITY),
    weightDecay: quantityAt(entries, 'weight_decay', literal(0)),
    scales: new Map(
      [...entries].flatMap(([key, value]) =>
        READ.has(key) || !isNumeric(value) ? [] : [[key, quantityOf(value)] as const],
      ),
    ),
  };
}

function quantityAt(entries: ReadonlyMap<string, Value>, key: string, missing: Quantity): Quantity {
  const value = entries.get(key);
  return value === undefined ? missing : quantityOf(value);
}
