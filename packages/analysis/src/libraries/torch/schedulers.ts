import { exactValue, literal, pair, type Quantity, UNKNOWN_QUANTITY, unary } from '../../growth/quantity.ts';
import { attributeOf } from '../../interpret/language/attributes.ts';
import { itemOf } from '../../interpret/language/items.ts';
import { eachWay } from '../../interpret/machine/frames.ts';
import {
  argument,
  everyArgument,
  NO_ARGUMENTS,
  positional,
} from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import {
  changeGroups,
  groupsOf,
  leaveUnread,
  noteSchedule,
  optimizersIn,
} from '../../interpret/modules/optimizer-state.ts';
import { dict } from '../../interpret/values/containers.ts';
import { eachOption, either, optionsOf } from '../../interpret/values/either.ts';
import { quantityOf } from '../../interpret/values/numbers.ts';
import {
  type DictValue,
  NONE,
  number,
  type ObjectValue,
  UNKNOWN,
  type Value,
} from '../../interpret/values/value.ts';
import type { OptimizerBuild } from '../../network/optimizer.ts';
import { findScheduler, type SchedulerKnowledge } from './tables.ts';

/** How many steps there have been: the same at every width, whatever it is. */
const SOME_STEP: Value = number(unary('steady', literal(1)));

/** What sets a rate at each step to a multiple of the first one, whatever it has become by then; others multiply what it is. */
const FROM_BASE: ReadonlySet<string> = new Set([
  'LambdaLR',
  'CosineAnnealingWarmRestarts',
  'CyclicLR',
  'OneCycleLR',
]);

/** A scheduler of the tables: what becomes of the rates of the optimizer that it is given. */
export function buildScheduler(qualified: string, site: CallSite): Value {
  const { args, frame, span } = site;
  const knowledge = findScheduler(qualified);
  const builds = everyArgument(args).flatMap(optimizersIn);
  for (const build of builds) {
    if (knowledge === undefined) leaveUnread(build, { what: qualified, span }, frame);
    else schedule(build, knowledge, site);
    const name = qualified.slice(qualified.lastIndexOf('.') + 1);
    if (FROM_BASE.has(name)) noteSchedule(build, { what: name, span }, frame);
  }
  return UNKNOWN;
}

function schedule(build: OptimizerBuild, knowledge: SchedulerKnowledge, site: CallSite): void {
  const { args, frame, span } = site;
  keepInitialRates(build, frame);
  changeGroups(build, frame, (group, place) => {
    const now = quantityOf(group.entries.get('lr') ?? UNKNOWN);
    const initial = quantityOf(group.entries.get('initial_lr') ?? UNKNOWN);
    const factor = factorOf(knowledge, { place, site });
    const multiplied = factor === null ? now : multipliedBy(factor, { knowledge, now, initial });
    const set = (knowledge.sets ?? []).flatMap((one) => given(argument(args, one), place, frame));
    const [first, ...others] = knowledge.keeps === true || set.length === 0 ? [multiplied, ...set] : set;
    const lr = others.reduce((left, right) => pair('either', left, right), first ?? multiplied);
    return withRate(group, lr);
  });
  const unread = optionsOf(groupsOf(build, frame.heap)).some(({ kind }) => kind !== 'list');
  if (unread) leaveUnread(build, { what: 'a scheduler', span }, frame);
}

/** What multiplies a rate anew at each step does so as often as there are steps, of which nobody knows the number. */
function multipliedBy(
  factor: Quantity,
  { knowledge, now, initial }: { knowledge: SchedulerKnowledge; now: Quantity; initial: Quantity },
): Quantity {
  if (knowledge.from !== 'now') return pair('multiply', initial, factor);
  const once = pair('multiply', now, factor);
  return pair('either', once, pair('multiply', once, factor));
}

function withRate(group: DictValue, lr: Quantity): DictValue {
  return dict(new Map(group.entries).set('lr', number(lr)), group.open);
}

/** Notes the rates that the groups began with, as every scheduler does. */
function keepInitialRates(build: OptimizerBuild, frame: Frame): void {
  changeGroups(build, frame, (group) => {
    const { entries, open } = group;
    if (entries.has('initial_lr')) return group;
    return dict(new Map(entries).set('initial_lr', entries.get('lr') ?? UNKNOWN), open);
  });
}

/** What an argument has for a group: a number, or one of a list; nothing where it is left out or 0. */
function given(value: Value | undefined, place: number, frame: Frame): readonly Quantity[] {
  if (value === undefined) return [];
  const own = eachOption(value, (option) =>
    option.kind === 'list' ? itemOf(option, number(literal(place)), frame) : option,
  );
  const quantity = quantityOf(own);
  return exactValue(quantity)?.numerator === 0 ? [] : [quantity];
}

interface Scheduled {
  readonly place: number;
  readonly site: CallSite;
}

/** What the rate of a group is multiplied by over time; null for nothing that depends on the width. */
function factorOf({ factors, lambda }: SchedulerKnowledge, { place, site }: Scheduled): Quantity | null {
  const { args, frame, span } = site;
  if (lambda !== undefined) {
    const functions = argument(args, lambda) ?? UNKNOWN;
    const own = eachOption(functions, (option) =>
      option.kind === 'list' ? itemOf(option, number(literal(place)), frame) : option,
    );
    const run = (option: Value, way: Frame) => way.call(option, positional(SOME_STEP), span);
    const results = eachWay(optionsOf(own), frame, { run });
    return quantityOf(either(results));
  }
  const numbers = (factors ?? []).flatMap((one) => argument(args, one) ?? []).map(quantityOf);
  if (numbers.length === 0) return null;
  return numbers.map((one) => unary('steady', one)).reduce((left, right) => pair('multiply', left, right));
}

/** The constructor of a scheduler's base class, as a class of the file calls it: from here on it sets the rates. */
export function startOwnScheduler(object: ObjectValue, base: string, site: CallSite): Value {
  const { args, frame, span } = site;
  if (findScheduler(base) !== undefined) return buildScheduler(base, site);
  const optimizer = argument(args, { name: 'optimizer', index: 0 }) ?? UNKNOWN;
  const set = (name: string, value: Value) => frame.heap.setAttribute(object.id, name, { value, span });
  set('optimizer', optimizer);
  set('last_epoch', SOME_STEP);
  set('_step_count', SOME_STEP);
  for (const build of optimizersIn(optimizer)) {
    keepInitialRates(build, frame);
    const groups = groupsOf(build, frame.heap);
    set(
      'base_lrs',
      eachOption(groups, (option) => ratesIn(option)),
    );
    scheduleByMethod(object, build, { frame, span });
    const [first] = [groupsOf(build, frame.heap)];
    scheduleByMethod(object, build, { frame, span });
    changeGroups(build, frame, (group, place) => {
      const rate = either([itemAt(first, place, frame), group].map(rateOf));
      return withRate(group, quantityOf(rate));
    });
  }
  return NONE;
}

function itemAt(value: Value, place: number, frame: Frame): Value {
  return eachOption(value, (option) =>
    option.kind === 'list' ? itemOf(option, number(literal(place)), frame) : UNKNOWN,
  );
}

function rateOf(group: Value): Value {
  return eachOption(group, (option) =>
    option.kind === 'dict' ? (option.entries.get('lr') ?? UNKNOWN) : UNKNOWN,
  );
}

function ratesIn(groups: Value): Value {
  if (groups.kind !== 'list') return UNKNOWN;
  const items = groups.items.map((item) =>
    eachOption(item, (option) =>
      option.kind === 'dict' ? (option.entries.get('initial_lr') ?? UNKNOWN) : UNKNOWN,
    ),
  );
  return { kind: 'list', items, open: groups.open };
}

/** Sets each group's rate to what the object's `get_lr` gives for it. */
function scheduleByMethod(
  object: ObjectValue,
  build: OptimizerBuild,
  { frame, span }: Pick<CallSite, 'frame' | 'span'>,
): void {
  const method = attributeOf(object, 'get_lr', frame);
  if (method.kind !== 'function') {
    leaveUnread(build, { what: object.definition.name, span }, frame);
    return;
  }
  const rates = frame.call(method, NO_ARGUMENTS, span);
  changeGroups(build, frame, (group, place) => {
    const listed = optionsOf(rates).every(({ kind }) => kind === 'list');
    return withRate(group, listed ? quantityOf(itemAt(rates, place, frame)) : UNKNOWN_QUANTITY);
  });
}
