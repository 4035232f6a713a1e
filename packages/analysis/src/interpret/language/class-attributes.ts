import type { ClassStatement, Statement } from '../../syntax/ast.ts';
import {
  bind,
  classId,
  findMethod,
  hasDecorator,
  isModuleClass,
  lineage,
  methodsOf,
} from '../machine/classes.ts';
import type { Frame } from '../machine/interpreter.ts';
import { unlessItStays } from '../machine/written.ts';
import type { Attribute } from '../values/attribute-state.ts';
import { dict } from '../values/containers.ts';
import { eachOption, either } from '../values/either.ts';
import { named } from '../values/named.ts';
import { type ObjectValue, UNKNOWN, type Value } from '../values/value.ts';
import { givenWhenMade } from './class-hooks.ts';

type ClassValue = Extract<Value, { kind: 'class' }>;

/** A class variable, a class that stands in the class, or a method taken from the class itself. */
export function classAttribute({ definition }: ClassValue, name: string, frame: Frame): Value {
  if (name === '__name__') return { kind: 'text', text: definition.name };
  const found = findMethod(frame.interpreter, definition, name);
  if (found !== undefined) {
    return bind(found, hasDecorator(found.method, 'classmethod') ? { kind: 'class', definition } : null);
  }
  for (const one of lineage(frame.interpreter, definition)) {
    const own = attributeOfOne(one, name, frame);
    if (own !== undefined) return own;
  }
  return inheritedAttribute(definition, name, frame);
}

/** What a class has under a name that is no method, apart from those that it inherits from. */
function attributeOfOne(definition: ClassStatement, name: string, frame: Frame): Value | undefined {
  const { interpreter } = frame;
  const assigned = frame.heap.attributes(classId(interpreter, definition)).get(name);
  if (assigned !== undefined && assigned.perhaps !== true) return assigned.value;
  const member = definition.body.find((statement) => isMember(statement, name));
  if (member?.kind === 'class') interpreter.madeClasses.around.set(member, definition);
  const made = givenWhenMade(definition, name, frame);
  if (member === undefined && made === undefined && assigned === undefined) return undefined;
  const own = whenMade(made, () =>
    member === undefined ? UNKNOWN : namedMember(definition, memberIn(member, name, frame), { name, frame }),
  );
  const { written } = interpreter.moduleOf(definition);
  if (written.has(`${definition.name}.${name}`)) return UNKNOWN;
  if (written.has(`${definition.name}.*`)) return eachOption(own, unlessItStays);
  return assigned === undefined ? own : either([assigned.value, own]);
}

/** What a class has that making it may have given something else than its body does. */
function whenMade(made: Attribute | undefined, inBody: () => Value): Value {
  if (made === undefined) return inBody();
  return made.perhaps === true ? either([made.value, inBody()]) : made.value;
}

/** A number in the body of a class goes by its name there; one of a model is no setting: `expansion = 4`. */
function namedMember(
  definition: ClassStatement,
  member: Value,
  { name, frame: { interpreter } }: { readonly name: string; readonly frame: Frame },
): Value {
  if (isModuleClass(interpreter, definition)) return member;
  return named(member, () =>
    interpreter.symbols.constant(interpreter.symbols.ofDefinition(definition), name),
  );
}

/** `cls.__dict__`: what the body of a class gives it; decorators may give it more. */
export function ownMembers(definition: ClassStatement, frame: Frame): Value {
  const names = definition.body.flatMap((statement) => {
    if (statement.kind === 'function' || statement.kind === 'class') return [statement.name];
    if (statement.kind !== 'assign' || statement.value === null) return [];
    return statement.targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []));
  });
  const members = names.map((name): [string, Value] => {
    const method = methodsOf(definition).find((one) => one.name === name);
    if (method !== undefined) return [name, bind({ method, owner: definition }, null)];
    return [name, attributeOfOne(definition, name, frame) ?? UNKNOWN];
  });
  return dict(new Map(members), true);
}

/** What a class of a library gives those that inherit from it, or something unknown of this name. */
function inheritedAttribute(definition: ClassStatement, name: string, frame: Frame): Value {
  const { symbols, libraries } = frame.interpreter;
  const symbol = symbols.of(symbols.ofDefinition(definition), name);
  return libraries.attribute({ kind: 'class', definition }, name, frame) ?? { kind: 'unknown', symbol };
}

/** Whether a statement of a class gives it something by this name. */
function isMember(statement: Statement, name: string): boolean {
  if (statement.kind === 'class') return statement.name === name;
  if (statement.kind !== 'assign' || statement.value === null) return false;
  return statement.targets.some((target) => target.kind === 'name' && target.name === name);
}

/** What a statement of a class gives it. */
function memberIn(statement: Statement, name: string, frame: Frame): Value {
  if (statement.kind === 'class' && statement.name === name) return { kind: 'class', definition: statement };
  if (statement.kind !== 'assign' || statement.value === null) return UNKNOWN;
  return frame.elsewhere(statement).evaluate(statement.value);
}

/** What the class has under a name, for objects that have nothing of their own. */
export function inherited({ definition }: ObjectValue, name: string, frame: Frame): readonly Value[] {
  const { interpreter } = frame;
  const isThere =
    findMethod(interpreter, definition, name) !== undefined ||
    lineage(interpreter, definition).some(
      (one) =>
        frame.heap.attributes(classId(interpreter, one)).has(name) ||
        one.body.some((statement) => isMember(statement, name)),
    );
  return isThere ? [classAttribute({ kind: 'class', definition }, name, frame)] : [];
}
