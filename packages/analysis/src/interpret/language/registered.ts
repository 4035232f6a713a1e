import type { Expression, Statement } from '../../syntax/ast.ts';
import { positional } from '../machine/given-arguments.ts';
import type { Frame } from '../machine/interpreter.ts';
import { optionsOf } from '../values/either.ts';
import type { Value } from '../values/value.ts';

/**
 * What decorators of the project do with a class or function of a module beside what they give back, as a registry keeps it
 * under its name: `@register('net')`. Those that are not read leave it as it is.
 */
export function register(statement: Statement, frame: Frame): void {
  if (statement.kind !== 'class' && statement.kind !== 'function') return;
  if (frame.scope !== frame.module.symbol) return;
  const own = statement.decorators.filter((one) => isOwn(rootOf(one), frame));
  if (own.length === 0) return;
  const made = frame.evaluate({ kind: 'name', name: statement.name, span: statement.span });
  for (const decorator of own) {
    const value = frame.evaluate(decorator);
    if (value.kind === 'function') frame.call(value, positional(made), frame.at(decorator.span));
  }
}

const OWN: ReadonlySet<Value['kind']> = new Set(['function', 'object']);

function isOwn(root: Expression, frame: Frame): boolean {
  return root.kind === 'name' && optionsOf(frame.evaluate(root)).every(({ kind }) => OWN.has(kind));
}

/** The name that a decorator begins with. */
function rootOf(decorator: Expression): Expression {
  if (decorator.kind === 'call') return rootOf(decorator.callee);
  return decorator.kind === 'attribute' ? rootOf(decorator.object) : decorator;
}
