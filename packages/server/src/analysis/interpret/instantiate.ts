import type { ClassStatement, Expression, FunctionStatement } from '../syntax/ast.ts';
import { bindParameters } from './arguments.ts';
import { findMethod, isModuleClass, lineage } from './classes.ts';
import { type Arguments, type Frame, type Interpreter, positional } from './interpreter.ts';
import { isNumeric } from './numbers.ts';
import { type FunctionValue, type ObjectValue, UNKNOWN, type Value } from './value.ts';

/** An instance of a class of the file, after its constructor has run. */
export function instantiate(
  interpreter: Interpreter,
  definition: ClassStatement,
  args: Arguments,
  frame: Frame,
): Value {
  if (!isModuleClass(interpreter, definition)) return plainObject(interpreter, definition, args, frame);
  if (frame.building) {
    interpreter.trace.nested.add(definition);
    return constructed(interpreter, definition, args, frame);
  }
  return constructModel(interpreter, definition, args, frame);
}

/**
 * A model that stands by itself. Its parameters stay symbols, so that all its instances are one model;
 * what they were given is noted.
 */
export function constructModel(
  interpreter: Interpreter,
  definition: ClassStatement,
  args: Arguments | null,
  frame: Frame,
): ObjectValue {
  const init = findMethod(interpreter, definition, '__init__')?.method;
  const given = args ?? positional();
  const bound =
    init === undefined ? new Map<string, Value>() : bindParameters(withoutSelf(init), given, () => UNKNOWN);
  const symbols = new Map<string, Value>();
  for (const { name, collects, annotation, fallback } of withoutSelf(init).parameters) {
    if (collects !== null) continue;
    const value = bound.get(name);
    const passed = value === undefined || value.kind === 'unknown' || isNumeric(value) ? null : value;
    const preset = passed ?? (fallback === null ? null : interpreter.evaluate(fallback, frame));
    const opaque = opaqueParameter(interpreter, definition.name, name, annotation);
    symbols.set(name, { ...opaque, fallback: preset });
  }
  const object = constructed(interpreter, definition, { positional: [], named: symbols, open: false }, frame);
  if (args !== null) {
    interpreter.trace.constructions.push({ definition, objectId: object.id, bound });
  }
  return object;
}

/** A parameter that is annotated with a class of the file is known by that class: `GPTConfig.n_embd`. */
export function opaqueParameter(
  interpreter: Interpreter,
  scope: string,
  name: string,
  annotation: Expression | null,
): Extract<Value, { kind: 'opaque' }> {
  const known = annotation?.kind === 'name' ? interpreter.globals.get(annotation.name) : undefined;
  const path = known?.kind === 'class' ? known.definition.name : `${scope}.${name}`;
  return { kind: 'opaque', name: path, fallback: null };
}

function withoutSelf(
  init: FunctionStatement | undefined,
): Pick<FunctionStatement, 'parameters'> & FunctionStatement {
  return { ...(init ?? NO_INIT), parameters: init?.parameters.slice(1) ?? [] };
}

const NO_INIT: FunctionStatement = {
  kind: 'function',
  span: { start: 0, end: 0 },
  name: '__init__',
  parameters: [],
  body: [],
  decorators: [],
};

function constructed(
  interpreter: Interpreter,
  definition: ClassStatement,
  args: Arguments,
  frame: Frame,
): ObjectValue {
  const object: ObjectValue = { kind: 'object', id: interpreter.newId(), definition };
  const init = findMethod(interpreter, definition, '__init__');
  if (init !== undefined) {
    const method: FunctionValue = {
      kind: 'function',
      definition: init.method,
      receiver: object,
      owner: init.owner,
      closure: new Map(),
    };
    interpreter.call(method, args, { ...frame, building: true }, init.method.span);
  }
  return object;
}

/** A configuration, a trainer: fields are known by the class, the constructor runs as any function. */
function plainObject(
  interpreter: Interpreter,
  definition: ClassStatement,
  args: Arguments,
  frame: Frame,
): Value {
  const object: ObjectValue = { kind: 'object', id: interpreter.newId(), definition };
  const init = findMethod(interpreter, definition, '__init__');
  if (init === undefined) {
    for (const field of fieldsOf(interpreter, definition)) {
      const value: Value = { kind: 'opaque', name: `${definition.name}.${field}`, fallback: null };
      frame.heap.setAttribute(object.id, field, { value, span: null });
    }
    return object;
  }
  const method: FunctionValue = {
    kind: 'function',
    definition: init.method,
    receiver: object,
    owner: init.owner,
    closure: new Map(),
  };
  interpreter.call(method, args, frame, init.method.span);
  return object;
}

/** The names that a class body assigns or annotates. */
function fieldsOf(interpreter: Interpreter, definition: ClassStatement): readonly string[] {
  return lineage(interpreter, definition).flatMap((owner) =>
    owner.body.flatMap((statement) =>
      statement.kind === 'assign'
        ? statement.targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []))
        : [],
    ),
  );
}
