import { sameQuantity } from '../../growth/quantity.ts';
import type { InitWrite } from '../../network/init.ts';
import { dimsOf, type ParameterValue } from '../../network/layer.ts';
import type { Expression, LoopStatement, Statement } from '../../syntax/ast.ts';
import { everyBlock, statementsIn } from '../../syntax/statements-in.ts';
import type { Frame } from '../machine/interpreter.ts';
import { quantityOf } from '../values/numbers.ts';

/** A parameter of which a loop comes to every row, and what may have started it before. */
export interface Rows {
  readonly parameter: ParameterValue;
  readonly before: readonly InitWrite[] | null;
}

/**
 * The parameters that a loop starts row by row, as `for i in range(n): init(weight[i])` does that of a weight with n rows: how
 * often it goes round is how many they have, so that nothing is left of what was there.
 */
export function rowsIn(loop: LoopStatement, frame: Frame): readonly Rows[] {
  const { target, iterable, body } = loop;
  if (target?.kind !== 'name' || iterable?.kind !== 'call' || iterable.callee.kind !== 'name') return [];
  const [count, ...more] = iterable.args;
  if (iterable.callee.name !== 'range' || count === undefined || count.spread || more.length > 0) return [];
  const wholes = body.flatMap((one) => wholesOf(one, target.name));
  if (wholes.length === 0 || statementsIn(body, everyBlock).some(({ kind }) => kind === 'leave')) return [];
  const rounds = quantityOf(frame.evaluate(count.value));
  return wholes.flatMap((whole): readonly Rows[] => {
    const value = frame.evaluate(whole);
    if (value.kind !== 'parameter' || value.part === true) return [];
    const { parameters } = frame.heap;
    const parameter = parameters.original(value);
    const length = dimsOf(parameter)?.[0];
    const isAll = length !== undefined && length.op !== 'unknown' && sameQuantity(length, rounds);
    return isAll ? [{ parameter, before: parameters.writes(parameter) }] : [];
  });
}

/** Leaves of what a parameter started as only what the loop that came to all of its rows has made of it. */
export function startedByRow(rows: readonly Rows[], { heap: { parameters } }: Frame): void {
  for (const { parameter, before } of rows) {
    const [made, ...more] = (parameters.writes(parameter) ?? []).filter(
      (write) => before !== null && !before.includes(write),
    );
    if (made !== undefined && more.length === 0) parameters.write(parameter, made, 'strong');
  }
}

/** What a statement calls something with, or on, an item of which a loop counts. */
function wholesOf(statement: Statement, counter: string): readonly Expression[] {
  if (statement.kind !== 'expression' || statement.value.kind !== 'call') return [];
  const { callee, args } = statement.value;
  const [first] = args;
  const seen = [...(callee.kind === 'attribute' ? [callee.object] : []), ...(first ? [first.value] : [])];
  return seen.map(withoutData).flatMap((one) => {
    const isItem = one.kind === 'subscript' && one.index?.kind === 'name' && one.index.name === counter;
    return isItem && isPath(one.object) ? [withoutData(one.object)] : [];
  });
}

function withoutData(one: Expression): Expression {
  return one.kind === 'attribute' && one.attribute === 'data' ? one.object : one;
}

/** Whether it is a name, or an attribute of one, which nothing happens by asking for. */
function isPath(one: Expression): boolean {
  return one.kind === 'name' || (one.kind === 'attribute' && isPath(one.object));
}
