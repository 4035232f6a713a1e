import type { Expression } from '../../syntax/ast.ts';
import { bind, findMethod, hasDecorator } from '../machine/classes.ts';
import { NO_ARGUMENTS } from '../machine/given-arguments.ts';
import type { AttributeChange, Frame } from '../machine/interpreter.ts';
import { optionsOf } from '../values/either.ts';
import type { ObjectValue, Value } from '../values/value.ts';

/** Whose attributes a dict has: `vars(owner)`, `owner.__dict__` or a name for that; null for a layer's, which has weights. */
export function ownerOfAttributes(written: Expression, frame: Frame): Value | null {
  if (written.kind === 'name') {
    const value = frame.evaluate(written);
    return value.kind === 'unknown' ? (value.attributesOf ?? null) : null;
  }
  const expression = objectOfDict(written, frame);
  if (expression === null) return null;
  const owner = frame.evaluate(expression);
  return optionsOf(owner).some(({ kind }) => kind === 'layer') ? null : owner;
}

function objectOfDict(written: Expression, { locals, module }: Frame): Expression | null {
  if (written.kind === 'attribute') return written.attribute === '__dict__' ? written.object : null;
  if (written.kind !== 'call' || written.callee.kind !== 'name' || written.callee.name !== 'vars')
    return null;
  const [only, ...more] = written.args;
  const isOwn = locals.has('vars') || module.globals.has('vars');
  return only === undefined || more.length > 0 || isOwn ? null : only.value;
}

/** What a property of the class gives, which stands before what the dict of an object has under its name. */
export function computedBy(
  owner: ObjectValue,
  { name, span }: Pick<AttributeChange, 'name' | 'span'>,
  frame: Frame,
): Value | undefined {
  const found = findMethod(frame.interpreter, owner.definition, name);
  if (found === undefined || !hasDecorator(found.method, 'property')) return undefined;
  return frame.call(bind(found, owner), NO_ARGUMENTS, span);
}
