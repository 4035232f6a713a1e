import { hiddenName } from '../../network/hidden-name.ts';
import type { ComprehensionExpression, Expression } from '../../syntax/ast.ts';
import { keyOf, perhapsWithout, withEntry } from '../machine/collections.ts';
import { eachWay } from '../machine/frames.ts';
import type { Frame } from '../machine/interpreter.ts';
import { distinct } from '../machine/sets.ts';
import { isWithoutEffect } from '../machine/without-effect.ts';
import { asLoaded, dict, generator, list, openList } from '../values/containers.ts';
import { either, perhapsAbsent } from '../values/either.ts';
import { Heap } from '../values/heap.ts';
import { isPart } from '../values/likeness.ts';
import { truthOf } from '../values/truth.ts';
import { type DictValue, UNKNOWN, type Value } from '../values/value.ts';
import { assign } from './assign.ts';
import { isCounted, itemsOf, namesIn, noteDepth, ROUND, rounds } from './gone-through.ts';

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
