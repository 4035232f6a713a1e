import type { Statement } from '../../syntax/ast.ts';
import type { Frame } from '../machine/interpreter.ts';

/** The work of one statement, beside that of its parts. */
const STEP = 4;

/** Comes to a statement: what is tried may end before it. */
export function begin(statement: Statement, frame: Frame): void {
  const { budget } = frame.interpreter;
  if (frame.module === frame.interpreter.file) budget.at = statement.span.start;
  budget.spend(STEP);
  if (frame.attempt?.depth === frame.stack.length) frame.attempt.states.push(frame.fork());
}
