import { findMethod, hasDecorator, moduleFrame } from '../../../interpret/machine/classes.ts';
import type { Interpreter } from '../../../interpret/machine/interpreter.ts';
import type { ClassStatement, FunctionStatement } from '../../../syntax/ast.ts';
import type { StepValue } from './step-value.ts';

/** A method of an optimizer's class; undefined where it has none. */
export function methodOf(
  interpreter: Interpreter,
  definition: ClassStatement,
  name: string,
): StepValue | undefined {
  const method = findMethod(interpreter, definition, name)?.method;
  if (method === undefined) return undefined;
  return { kind: 'function', definition: method, isMethod: !hasDecorator(method, 'staticmethod') };
}

const DECORATORS = /^(?:torch\.|functools\.(?:lru_)?cache$|(?:builtins\.)?staticmethod$)/;

/** Whether a function is called as it is written, whatever decorators stand above it. */
export function isReadAsWritten({ decorators }: FunctionStatement, interpreter: Interpreter): boolean {
  return decorators.every((decorator) => {
    const maker = decorator.kind === 'call' ? decorator.callee : decorator;
    const made = moduleFrame(interpreter, interpreter.moduleOf(decorator)).evaluate(maker);
    return made.kind === 'reference' && DECORATORS.test(made.qualified);
  });
}
