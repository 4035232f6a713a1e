import type { ComprehensionExpression, LoopStatement } from '../syntax/ast.ts';
import { assign } from './assign.ts';
import { eachWay, forked, rejoin } from './frames.ts';
import type { Completion, Frame } from './interpreter.ts';
import { iterated } from './modules.ts';
import { truthOf } from './truth.ts';
import { list, perhapsAbsent, UNKNOWN, type Value } from './value.ts';

/** As many as a model that is read has modules. */
const MAX_ITERATIONS = 400;

/**
 * Runs a loop over the items that are known.
 *
 * Where their number is unknown the body runs twice: once as the first time, once for all the times after it,
 * so that a variable carried from one round to the next has both its values.
 */
export function loop(statement: LoopStatement, frame: Frame): Completion {
  const { target, iterable, body } = statement;
  const over = iterable === null ? UNKNOWN : iterated(frame.interpreter.evaluate(iterable, frame), frame);
  const returns: Completion['returns'][number][] = [];
  for (const item of rounds(over, statement, frame)) {
    if (target !== null) assign(target, item, frame);
    const round = forked(frame);
    const done = frame.interpreter.execute(body, round);
    returns.push(...done.returns);
    const ends = done.falls ? [round, ...done.leaves] : done.leaves;
    rejoin(frame, ends);
    if (ends.length === 0) return { falls: true, returns, leaves: [] };
  }
  return { falls: true, returns, leaves: [] };
}

function rounds(
  over: Value,
  { target }: LoopStatement | { target: ComprehensionExpression['body'] | null },
  { interpreter }: Frame,
): readonly Value[] {
  if (over.kind === 'list' && over.items.length <= MAX_ITERATIONS) {
    return over.open && over.items.length === 1 ? [...over.items, ...over.items] : over.items;
  }
  const item: Value =
    target?.kind === 'name'
      ? {
          kind: 'opaque',
          symbol: interpreter.symbols.of(null, target.name, target.span.start),
          fallback: null,
        }
      : UNKNOWN;
  return [item, item];
}

/** The list a comprehension makes, or its generator, set or dict. */
export function comprehension(expression: ComprehensionExpression, frame: Frame): Value {
  const inner: Frame = { ...frame, locals: new Map(frame.locals) };
  const made: Entry[] = [];
  const open = collect(expression, 0, inner, made);
  if (expression.key === null) {
    return list(
      made.map((entry) => entry.value),
      open,
    );
  }
  const named = made.flatMap(({ key, value }) => (key?.kind === 'text' ? [[key.text, value] as const] : []));
  return { kind: 'dict', entries: new Map(named), open: open || named.length < made.length };
}

/** What one round of a comprehension makes. */
interface Entry {
  readonly key: Value | null;
  readonly value: Value;
}

/** Adds what the clauses from `depth` on give; answers whether there may be more or fewer. */
function collect(expression: ComprehensionExpression, depth: number, frame: Frame, made: Entry[]): boolean {
  const clause = expression.clauses[depth];
  if (clause === undefined) return collectOne(expression, frame, made);
  const over = iterated(frame.interpreter.evaluate(clause.iterable, frame), frame);
  let open = over.kind !== 'list' || over.open;
  for (const item of rounds(over, { target: clause.target }, frame)) {
    assign(clause.target, item, frame);
    open = collect(expression, depth + 1, frame, made) || open;
  }
  return open;
}

function collectOne(expression: ComprehensionExpression, frame: Frame, made: Entry[]): boolean {
  const answers = expression.conditions.map((condition) =>
    truthOf(frame.interpreter.evaluate(condition, frame)),
  );
  if (answers.includes(false)) return false;
  const doubtful = answers.includes(null);
  const { key, body } = expression;
  const [entry] = eachWay(doubtful ? [true, false] : [true], frame, (taken, way) => {
    if (!taken) return null;
    return {
      key: key === null ? null : way.interpreter.evaluate(key, way),
      value: way.interpreter.evaluate(body, way),
    };
  });
  if (entry !== undefined && entry !== null) {
    made.push(doubtful ? { key: entry.key, value: perhapsAbsent(entry.value) } : entry);
  }
  return doubtful;
}
