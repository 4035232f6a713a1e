import type { Expression } from '../../syntax/ast.ts';
import { bind, findMethod, hasDecorator } from '../machine/classes.ts';
import { NO_ARGUMENTS } from '../machine/given-arguments.ts';
import type { AttributeChange, Frame } from '../machine/interpreter.ts';
import { either, optionsOf } from '../values/either.ts';
import type { ObjectValue, Value } from '../values/value.ts';
import { hasEntries } from './entry-attributes.ts';

/**
 * Whose attributes a dict has: `vars(owner)`, `owner.__dict__`, a name for that, or what has its entries for attributes; null
 * for a layer's, which has weights.
 */
export function ownerOfAttributes(written: Expression, frame: Frame): Value | null {
  if (written.kind === 'name') {
    const value = frame.evaluate(written);
    if (value.kind === 'object' && hasEntries(value)) return value;
    return value.kind === 'unknown' ? (value.attributesOf ?? null) : null;
  }
  const expression = objectOfDict(written, frame);
  if (expression === null) return null;
  const owner = frame.evaluate(expression);
  return optionsOf(owner).some(({ kind }) => kind === 'layer') ? null : owner;
}

/**
 * What an owner of attributes has once a value is set under a key: of one that has its entries for attributes, any of them
 * where the key is not known. Null where nothing is known of it.
 */
export function entriesUnder(
  key: Value,
  value: Value,
  { owner, frame }: { readonly owner: Value; readonly frame: Frame },
): ReadonlyMap<string, Value> | null {
  if (key.kind === 'text') return new Map([[key.text, value]]);
  if (owner.kind !== 'object' || !hasEntries(owner)) return null;
  const before = [...frame.heap.attributes(owner.id)];
  return new Map(before.map(([name, one]) => [name, either([one.value, value])] as const));
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
