import { exactValue, freeSymbolsOf } from '../../growth/quantity.ts';
import { dataOf } from '../../network/data.ts';
import type { Tensor } from '../../network/graph.ts';
import { hiddenName } from '../../network/hidden-name.ts';
import { isData } from '../../network/tensor.ts';
import type { ComprehensionExpression, Expression, LoopStatement, NameExpression } from '../../syntax/ast.ts';
import { keyOf, perhapsWithout, withEntry } from '../machine/collections.ts';
import { eachWay } from '../machine/frames.ts';
import { factorOf } from '../machine/given-inputs.ts';
import type { Completion, Frame } from '../machine/interpreter.ts';
import { areJoined } from '../machine/joined-rounds.ts';
import { type Course, goRound, type LoopEnds, type Round, type RunRound } from '../machine/rounds.ts';
import { distinct } from '../machine/sets.ts';
import { isWithoutEffect } from '../machine/without-effect.ts';
import { noteRepeated } from '../modules/gradients.ts';
import { exhaust, iterated } from '../modules/modules.ts';
import { tensorValue } from '../modules/tensors.ts';
import { asLoaded, dict, generator, list, openList } from '../values/containers.ts';
import { anyOf, either, optionsOf, perhapsAbsent } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { someInLists } from '../values/in-lists.ts';
import { isPart } from '../values/likeness.ts';
import { quantityOfCount } from '../values/places.ts';
import { listsIndexedBy, tellsApart } from '../values/tells-apart.ts';
import { truthOf } from '../values/truth.ts';
import { type DictValue, type ListValue, partOfUnknown, UNKNOWN, type Value } from '../values/value.ts';
import { assign } from './assign.ts';
import { endsOfList, isOrdered, type OrderedList, withEnds } from './ordered.ts';
import { timesRepeated } from './repeated-gradients.ts';
import { SettledRounds } from './settled-rounds.ts';
import { workOff } from './work-off.ts';

/** As many as a model that is read has modules. */
const MAX_ITERATIONS = 400;

/** Runs a loop: over items that are known one by one, else as often as it may go round. */
export function loop(statement: LoopStatement, frame: Frame): Completion {
  const returns: Completion['returns'][number][] = [];
  const run: RunRound = (items, start) => {
    const round = runBody(statement, items, start);
    returns.push(...round.returns);
    return round;
  };
  const times = timesRepeated(statement, frame);
  const done = finish(statement, frame, { ends: endsOf(statement, frame, run), returns });
  if (times !== null) noteRepeated(times, frame);
  return done;
}

function endsOf(statement: LoopStatement, frame: Frame, run: RunRound): LoopEnds {
  const { target, iterable, condition, body } = statement;
  if (iterable !== null) {
    const range = frame.evaluate(iterable);
    const over = rounds(range, { target, body }, frame);
    const { layerCount } = frame.heap;
    const ends = isCounted(over)
      ? goThrough(over.items, frame, run)
      : goRound(courseOver(over, target, frame), frame, run);
    if ((ends.exhausted?.heap.layerCount ?? 0) > layerCount) noteDepth(range, frame);
    return ends;
  }
  const truth = condition === null ? null : truthOf(frame.evaluate(condition));
  if (truth === false) return { exhausted: frame, broken: null };
  return workOff(condition, frame, run) ?? whileItMay(condition, truth, { frame, run });
}

function whileItMay(
  condition: Expression | null,
  truth: boolean | null,
  { frame, run }: { readonly frame: Frame; readonly run: RunRound },
): LoopEnds {
  const course = { first: [UNKNOWN], after: [UNKNOWN], mayBeNone: truth === null, targets: [] };
  const ends = goRound(course, frame, run);
  const isEndless = truth === true && (condition?.kind === 'constant' || condition?.kind === 'number');
  return isEndless ? { ...ends, exhausted: null } : ends;
}

/** What is gone through: rounds that nothing in the body tells apart are all alike. */
function rounds(
  iterable: Value,
  { target, body }: { readonly target: Expression | null; readonly body: object },
  frame: Frame,
): Value {
  const over = groupsOfAny(iterable) ?? partsOfAny(iterable) ?? iterated(iterable, frame);
  exhaust(iterable, frame);
  if (isCounted(over) && areJoined(over.items, frame)) return UNKNOWN;
  if (!isOrdered(over) || over.order.isRange !== true) return over;
  if (target?.kind !== 'name' || !tellsApart(body, target.name)) return UNKNOWN;
  return asFarAsLists(over, { target, body }, frame);
}

/** More items than these are not told apart at either end of a list. */
const MOST_ENDS = 3;

/** Rounds that take items of a list by their number are told apart as far as the items are. */
function asFarAsLists(
  range: OrderedList,
  { target, body }: { readonly target: NameExpression; readonly body: object },
  frame: Frame,
): OrderedList {
  const lists = listsIndexedBy(body, target.name).map((one) => frame.evaluate(one));
  const ends = lists.filter(isOrdered).map(endsOfList);
  const most = (of: readonly number[]) => Math.min(MOST_ENDS, Math.max(1, ...of));
  const [before, behind] = [most(ends.map((one) => one.before)), most(ends.map((one) => one.behind))];
  if (before === 1 && behind === 1) return range;
  return withEnds(range, { before, behind }, (name) => {
    const symbol = frame.interpreter.symbols.of(null, name, target.span.start);
    frame.interpreter.guards.vary(symbol);
    return symbol;
  });
}

/** Notes what counts the rounds of a range that makes layers. */
function noteDepth(range: Value, { interpreter: { depths } }: Frame): void {
  if (!isOrdered(range) || range.order.isRange !== true) return;
  for (const symbol of freeSymbolsOf(quantityOfCount(range.order.length))) depths.add(symbol);
}

/**
 * The dicts of one of several lists, such as the groups of an optimizer that one of several models has. Each stands in its
 * own list alone, so that it does not matter to the others what is done to it.
 */
function groupsOfAny(iterable: Value): Value | undefined {
  if (iterable.kind !== 'either') return undefined;
  const groups = iterable.options.flatMap((option) =>
    option.kind === 'list' && !option.open ? option.items : [UNKNOWN],
  );
  return groups.every(({ kind }) => kind === 'dict') ? list([...new Set(groups)]) : undefined;
}

/**
 * What may be gone through of several lists, one of which may hold parameters: any of their items, as what is done to one
 * is; or groups, to each of which something may be done.
 */
function partsOfAny(iterable: Value): Value | undefined {
  if (iterable.kind !== 'either') return undefined;
  const items = iterable.options.flatMap((option) => (option.kind === 'list' ? option.items : []));
  if (items.some(holdsGroup))
    return list(
      [...new Set(items)].map((item) => anyOf([item, UNKNOWN])),
      true,
    );
  return items.some(holdsParameter) ? list([anyOf([...items, UNKNOWN])], true) : undefined;
}

function holdsGroup(item: Value): boolean {
  return optionsOf(item).some((one) => one.kind === 'dict' && one.entries.has('params'));
}

function holdsParameter(item: Value): boolean {
  return someInLists(item, ({ kind }) => kind === 'parameter');
}

/** A list of which it is known how many items it has. */
function isCounted(over: Value): over is ListValue {
  return over.kind === 'list' && !over.open && over.items.length <= MAX_ITERATIONS;
}

function courseOver(over: Value, target: Expression | null, frame: Frame): Course {
  const items = itemsOf(over, target, frame);
  const [first = UNKNOWN, ...others] = items;
  const targets = target === null ? [] : namesIn(target);
  return { first: [first], after: others.length > 0 ? others : [first], mayBeNone: true, targets };
}

/** What each round has of what is gone through; one symbol where nothing is known of it. */
function itemsOf(over: Value, target: Expression | null, { interpreter }: Frame): readonly Value[] {
  if (over.kind === 'list' && over.items.length > 0 && over.items.length <= MAX_ITERATIONS) return over.items;
  const part = over.kind === 'tensor' ? partOfData(over, over.tensor) : partOfUnknown(over);
  if (part !== UNKNOWN || target?.kind !== 'name') return [part];
  const symbol = interpreter.symbols.of(null, target.name, target.span.start);
  interpreter.guards.vary(symbol);
  return [{ kind: 'opaque', symbol, fallback: null }];
}

/** What is gone through of data that the code has multiplied is as large as that. */
function partOfData(over: Value, tensor: Tensor): Value {
  return isData(tensor) && exactValue(factorOf(over)) === undefined
    ? tensorValue(dataOf([tensor], null, tensor.span))
    : UNKNOWN;
}

/** Goes through a list of known items. */
function goThrough(items: readonly Value[], frame: Frame, run: RunRound): LoopEnds {
  const { next, breaks } = run(items, frame);
  const [first] = breaks;
  if (first === undefined) return { exhausted: next, broken: null };
  const broken = frame.fork();
  broken.join(breaks);
  return { exhausted: next, broken };
}

/** The work of going round once, beside that of the body. */
const ROUND = 20;

function runBody(
  loop: LoopStatement,
  items: readonly Value[],
  start: Frame,
): Round & Pick<Completion, 'returns'> {
  const { target, condition, body } = loop;
  const returns: Completion['returns'][number][] = [];
  const breaks: Frame[] = [];
  const now = start.fork();
  const settled = new SettledRounds(loop, items, start);
  for (const item of items) {
    settled.begin(now);
    start.interpreter.budget.spend(ROUND);
    if (target !== null) assignItem(target, item, now);
    if (condition !== null) now.evaluate(condition);
    const round = now.fork();
    const done = round.execute(body);
    returns.push(...done.returns);
    breaks.push(...leftBy('break', done));
    const ends = [...(done.falls ? [round] : []), ...leftBy('continue', done)];
    if (ends.length === 0) return { next: null, breaks, returns };
    const before = new Map(now.locals);
    now.join(ends);
    if (target !== null && optionsOf(item).some(({ kind }) => kind === 'unknown')) skip(now, before);
    if (settled.ends(now, items)) break;
  }
  return { next: now, breaks, returns };
}

/** Gives the names of a loop what a round has of what is gone through. */
function assignItem(target: Expression, item: Value, frame: Frame): void {
  assign(target, item, frame);
  for (const name of namesIn(target)) {
    const value = frame.locals.get(name);
    if (value?.kind === 'unknown' && value.isItem !== true)
      frame.locals.set(name, { ...value, isItem: true });
  }
}

/** The states in which a round is left in one way. */
function leftBy(way: 'break' | 'continue', { leaves }: Completion): readonly Frame[] {
  return leaves.flatMap(({ how, frame }) => (how === way ? [frame] : []));
}

/** Lets a round have been skipped, as its item may not be there: a number is then what it was before. */
function skip({ locals }: Frame, before: ReadonlyMap<string, Value>): void {
  for (const [name, value] of locals) {
    const earlier = before.get(name);
    if (value.kind === 'number' && earlier !== undefined) locals.set(name, either([earlier, value]));
  }
}

/** The `else` of a loop runs unless a `break` ended it. */
function finish(
  { otherwise }: LoopStatement,
  frame: Frame,
  { ends, returns }: { readonly ends: LoopEnds; readonly returns: Completion['returns'] },
): Completion {
  const { exhausted, broken } = ends;
  const done = exhausted === null ? null : exhausted.execute(otherwise);
  const falling = [exhausted !== null && done?.falls ? exhausted : null, broken].filter(
    (end) => end !== null,
  );
  frame.join(falling);
  return {
    falls: falling.length > 0,
    returns: [...returns, ...(done?.returns ?? [])],
    leaves: done?.leaves ?? [],
  };
}

/** The list a comprehension makes, or its generator, set or dict. */
export function comprehension(expression: ComprehensionExpression, frame: Frame): Value {
  const inner = frame.fork().with({ names: { of: null, writes: [], outer: frame.capture() } });
  const collected: Collected = { made: [], front: null };
  const used = frame.interpreter.trace.applied.length;
  collect(expression, 0, inner, collected);
  const { made, front } = collected;
  const open = front !== null;
  const surely =
    !open || used < frame.interpreter.trace.applied.length || made.some(({ value }) => isPart(value));
  leaveComprehension(expression, inner, frame);
  frame.heap.join(surely ? [inner.heap] : [new Heap(frame.heap), inner.heap]);
  if (expression.key === null) {
    const values = made.map((entry) => entry.value);
    if (expression.set === true) return list(distinct(values, frame), open);
    const all = front === null ? list(values) : openList(values, front);
    return expression.lazy === true ? generator(all) : all;
  }
  const known = madeDict(made);
  if (made.length > 0 && made.every(isLoadedEntry)) return asLoaded(known);
  return open || known.open ? perhapsWithout(known) : known;
}

/** Whether neither the key nor the value is one that the code makes. */
function isLoadedEntry({ key, value }: Entry): boolean {
  return key !== null && keyOf(key) === undefined && value.kind === 'unknown';
}

/** The dict of what the rounds made. A module whose name the code computes is a module. */
function madeDict(made: readonly Entry[]): DictValue {
  let known = dict(new Map());
  for (const [index, { key, value }] of made.entries()) {
    if (key !== null && keyOf(key) !== undefined) known = withEntry(known, key, value);
    else if (isPart(value))
      known = dict(new Map(known.entries).set(hiddenName(index), value), true, known.keys);
    else known = dict(known.entries, true, known.keys);
  }
  return known;
}

/** Of the names in a comprehension those that a walrus gives are known outside. */
function leaveComprehension({ clauses }: ComprehensionExpression, inner: Frame, frame: Frame): void {
  const own = new Set(clauses.flatMap(({ target }) => namesIn(target)));
  for (const [name, value] of inner.locals) {
    const before = frame.locals.get(name);
    if (before !== value && !own.has(name)) frame.bind(name, either([before ?? UNKNOWN, value]));
  }
}

function namesIn(target: Expression): readonly string[] {
  if (target.kind === 'sequence') return target.items.flatMap(namesIn);
  return target.kind === 'name' ? [target.name] : [];
}

/** What one round of a comprehension makes. */
interface Entry {
  readonly key: Value | null;
  readonly value: Value;
}

/** What a comprehension has made so far. */
interface Collected {
  readonly made: Entry[];
  /** How many entries there surely are before the first of which there may be more or fewer; null where there is none. */
  front: number | null;
}

/** The work of each round of a comprehension behind the first few, with what it makes: no model is made by so many. */
const MANY = { rounds: 256, work: 60 };

/** Adds what the clauses from `depth` on give. */
function collect(
  expression: ComprehensionExpression,
  depth: number,
  frame: Frame,
  collected: Collected,
): void {
  const clause = expression.clauses[depth];
  if (clause === undefined) {
    collectOne(expression, frame, collected);
    return;
  }
  const range = frame.evaluate(clause.iterable);
  const over = rounds(range, { target: clause.target, body: expression }, frame);
  const { made } = collected;
  if (!isCounted(over)) collected.front ??= made.length;
  for (const item of passes(over, clause.target, frame)) {
    frame.interpreter.budget.spend(made.length < MANY.rounds ? ROUND : MANY.work);
    assign(clause.target, item, frame);
    collect(expression, depth + 1, frame, collected);
  }
  if (made.some(({ value }) => isPart(value))) noteDepth(range, frame);
}

/** Each known item once; what stands for all items twice. */
function passes(over: Value, target: Expression, frame: Frame): readonly Value[] {
  if (isCounted(over)) return over.items;
  const items = itemsOf(over, target, frame);
  return items.length > 1 ? items : [...items, ...items];
}

function collectOne(
  { conditions, key, body }: ComprehensionExpression,
  frame: Frame,
  collected: Collected,
): void {
  const answers = conditions.map((condition) => truthOf(frame.evaluate(condition)));
  if (answers.includes(false)) return;
  const doubtful = answers.includes(null);
  const { made } = collected;
  if (doubtful) collected.front ??= made.length;
  if (doubtful && key === null && isWithoutEffect(body, frame)) {
    made.push({ key, value: perhapsAbsent(frame.evaluate(body)) });
    return;
  }
  const [entry] = eachWay(doubtful ? [true, false] : [true], frame, {
    run: (taken, way) => {
      if (!taken) return null;
      return { key: key === null ? null : way.evaluate(key), value: way.evaluate(body) };
    },
  });
  if (entry !== undefined && entry !== null) {
    made.push(doubtful ? { key: entry.key, value: perhapsAbsent(entry.value) } : entry);
  }
}
