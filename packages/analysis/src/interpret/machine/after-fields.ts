import type { Expression } from '../../syntax/ast.ts';
import { type ObjectValue, UNKNOWN } from '../values/value.ts';
import { bind, findMethod, lineage, methodsOf, moduleFrame } from './classes.ts';
import { NO_ARGUMENTS } from './given-arguments.ts';
import type { Frame } from './interpreter.ts';
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
    const decorated = methodsOf(owner).filter(({ decorators }) => decorators.length > 0);
    if (decorated.length === 0) continue;
    const around = moduleFrame(interpreter, interpreter.moduleOf(owner));
    for (const method of decorated) {
      for (const validator of method.decorators.flatMap((one) => validatorIn(one, around))) {
        if (validator.after) frame.call(bind({ method, owner }, object), NO_ARGUMENTS, method.span);
        leaveAllOpen(object, validator, frame);
      }
    }
  }
}

function leaveAllOpen(object: ObjectValue, { fields }: Validator, frame: Frame): void {
  const names = fields ?? [...frame.heap.attributes(object.id).keys()];
  for (const name of names) leaveOpen(object, name, frame);
}

/** A setting stays one, which may be another number than it is given; of what is no setting nothing is known. */
function leaveOpen({ id, definition }: ObjectValue, name: string, { heap, interpreter }: Frame): void {
  const symbol = interpreter.symbols.of(interpreter.symbols.ofDefinition(definition), name);
  noteSetting(symbol, COMPUTED, interpreter);
  const now = heap.attributes(id).get(name)?.value;
  if (now?.kind !== 'opaque' || now.symbol !== symbol)
    heap.setAttribute(id, name, { value: UNKNOWN, span: null });
}

interface Validator {
  /** Whether it runs afterwards, on the object. */
  readonly after: boolean;
  /** The fields that it may give other values; null where these may be any. */
  readonly fields: readonly string[] | null;
}

/** What a decorator of pydantic makes of a method: it runs afterwards, or gives fields other values. */
function validatorIn(decorator: Expression, frame: Frame): readonly Validator[] {
  const args = decorator.kind === 'call' ? decorator.args : [];
  const name = nameOf(decorator.kind === 'call' ? decorator.callee : decorator, frame);
  if (name === 'root_validator') return [{ after: false, fields: null }];
  if (name === 'model_validator') {
    const mode = args.find((one) => one.name === 'mode')?.value;
    const after = mode?.kind === 'text' && mode.value === 'after';
    return [{ after, fields: after ? [] : null }];
  }
  if (!/^(?:field_)?validator$/.test(name)) return [];
  const given = args.filter((one) => one.name === null);
  const fields = given.flatMap(({ value, spread }) =>
    value.kind === 'text' && !spread ? (value.value ?? []) : [],
  );
  return [{ after: false, fields: fields.length < given.length || fields.includes('*') ? null : fields }];
}

/** The last part of the name under which something is imported, or of what the code calls it. */
function nameOf(expression: Expression, frame: Frame): string {
  if (expression.kind !== 'name' && expression.kind !== 'attribute') return '';
  const value = frame.evaluate(expression);
  if (value.kind === 'reference') return value.qualified.slice(value.qualified.lastIndexOf('.') + 1);
  return expression.kind === 'name' ? expression.name : expression.attribute;
}
