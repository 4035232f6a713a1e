import type { Expression } from '../../syntax/ast.ts';
import { type ObjectValue, UNKNOWN } from '../values/value.ts';
import { bind, findMethod, lineage, methodsOf } from './classes.ts';
import { type Frame, NO_ARGUMENTS } from './interpreter.ts';
import { noteSetting } from './settings-given.ts';
import { COMPUTED } from './swallowed.ts';

/** Methods that run once the fields have their values. */
const AFTER: readonly string[] = ['__post_init__', '__attrs_post_init__', 'model_post_init'];

/** Runs what a class does with its fields once they have their values; of one that is validated nothing is known. */
export function runAfter(object: ObjectValue, frame: Frame): void {
  const { interpreter } = frame;
  for (const name of AFTER) {
    const found = findMethod(interpreter, object.definition, name);
    if (found !== undefined) frame.call(bind(found, object), NO_ARGUMENTS, found.method.span);
  }
  for (const owner of lineage(interpreter, object.definition)) {
    for (const method of methodsOf(owner)) {
      const [validator] = method.decorators.flatMap(validatorIn);
      if (validator?.after === true) frame.call(bind({ method, owner }, object), NO_ARGUMENTS, method.span);
      for (const name of validator?.fields ?? []) leaveOpen(object, name, frame);
    }
  }
}

/** A setting stays one, which may be another number than it is given; of what is no setting nothing is known. */
function leaveOpen({ id, definition }: ObjectValue, name: string, { heap, interpreter }: Frame): void {
  const symbol = interpreter.symbols.of(interpreter.symbols.ofDefinition(definition), name);
  noteSetting(symbol, COMPUTED, interpreter);
  const now = heap.attributes(id).get(name)?.value;
  if (now?.kind !== 'opaque' || now.symbol !== symbol)
    heap.setAttribute(id, name, { value: UNKNOWN, span: null });
}

/** What a decorator of pydantic or attrs makes of a method: it runs afterwards, or gives fields other values. */
function validatorIn(
  decorator: Expression,
): readonly { readonly after: boolean; readonly fields: readonly string[] }[] {
  if (decorator.kind !== 'call' || decorator.callee.kind !== 'name') return [];
  const mode = decorator.args.find(({ name }) => name === 'mode')?.value;
  if (decorator.callee.name === 'model_validator')
    return [{ after: mode?.kind === 'text' && mode.value === 'after', fields: [] }];
  if (!/^(?:field_)?validator$/.test(decorator.callee.name)) return [];
  const fields = decorator.args.flatMap(({ value }) => (value.kind === 'text' ? (value.value ?? []) : []));
  return [{ after: false, fields }];
}
