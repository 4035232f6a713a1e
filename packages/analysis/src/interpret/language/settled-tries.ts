import type { Expression, Statement, TryStatement } from '../../syntax/ast.ts';
import type { Frame } from '../machine/interpreter.ts';

/** What runs of a `try` of which it is known whether an exception comes, from the one to the other end; null of any other. */
export function settledTry(
  { body, handlers, otherwise, after }: TryStatement,
  frame: Frame,
): readonly Statement[] | null {
  const [handler, ...others] = handlers;
  if (handler === undefined || after.length > 0) return null;
  const raises = raisesIn(body, frame);
  if (raises === false) return [...body, ...otherwise];
  return raises === true && others.length === 0 ? handler : null;
}

/** Whether a body that is one call of a library raises an exception; null where that is not known. */
function raisesIn(body: readonly Statement[], frame: Frame): boolean | null {
  const [only, ...others] = body;
  if (others.length > 0 || only?.kind !== 'expression' || only.value.kind !== 'call') return null;
  const { callee, args } = only.value;
  if (!args.every(({ value, spread, name }) => !spread && name === null && isPlain(value))) return null;
  const called = frame.evaluate(callee);
  if (called.kind !== 'reference') return null;
  return frame.interpreter.libraries.raises(
    called.qualified,
    args.map(({ value }) => frame.evaluate(value)),
  );
}

/** Whether evaluating it twice does nothing more. */
function isPlain(value: Expression): boolean {
  if (value.kind === 'attribute') return isPlain(value.object);
  return (
    value.kind === 'name' || value.kind === 'number' || value.kind === 'text' || value.kind === 'constant'
  );
}
