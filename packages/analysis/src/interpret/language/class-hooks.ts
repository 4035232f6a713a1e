import type { ClassStatement } from '../../syntax/ast.ts';
import { bind, classId, findMethod, moduleFrame } from '../machine/classes.ts';
import { positional } from '../machine/given-arguments.ts';
import type { Frame, Interpreter } from '../machine/interpreter.ts';
import { rehearsed } from '../machine/trace.ts';
import type { Attribute, Attributes } from '../values/attribute-state.ts';
import { eachOption } from '../values/either.ts';
import { UNKNOWN, type Value } from '../values/value.ts';

/** In which class each stands that has been asked for by its name in another. */
const AROUND = new WeakMap<ClassStatement, ClassStatement>();

export function noteAround(nested: ClassStatement, around: ClassStatement): void {
  AROUND.set(nested, around);
}

/** What making a class gives it or the classes that stand in it, by `__init_subclass__` of what it inherits from. */
type GivenByHook = ReadonlyMap<ClassStatement, Attributes>;

const NOTHING: GivenByHook = new Map();

/** What a class has under a name since it or the class around it was made; undefined where that gave it nothing. */
export function givenWhenMade(
  definition: ClassStatement,
  name: string,
  { interpreter }: Frame,
): Attribute | undefined {
  const around = AROUND.get(definition);
  const own = givenBy(definition, interpreter).get(definition)?.get(name);
  return (around && givenBy(around, interpreter).get(definition)?.get(name)) ?? own;
}

function givenBy(made: ClassStatement, interpreter: Interpreter): GivenByHook {
  const known = interpreter.givenByHooks.get(made);
  if (known !== undefined) return known;
  // What the hook asks of the class, it has by its text.
  interpreter.givenByHooks.set(made, NOTHING);
  const given = runHook(made, interpreter);
  interpreter.givenByHooks.set(made, given);
  return given;
}

function runHook(made: ClassStatement, interpreter: Interpreter): GivenByHook {
  const hook = findMethod(interpreter, made, '__init_subclass__', made);
  if (hook === undefined) return NOTHING;
  const frame = moduleFrame(interpreter, interpreter.moduleOf(made)).fork();
  const receiver: Value = { kind: 'class', definition: made };
  const nested = made.body.filter((statement) => statement.kind === 'class');
  const classes = [made, ...nested].map((one) => ({ one, before: attributesOf(one, frame) }));
  for (const { one } of classes) {
    interpreter.beingMade.add(one);
    frame.heap.makeObject(classId(interpreter, one));
  }
  rehearsed(interpreter, () => {
    frame.call(bind(hook, receiver), positional(), made.span);
  });
  for (const { one } of classes) interpreter.beingMade.delete(one);
  return new Map(
    classes.map(({ one, before }) => {
      const after = attributesOf(one, frame);
      const set = [...after].filter(([name, attribute]) => before.get(name) !== attribute);
      return [one, new Map(set.map(([name, attribute]) => [name, lasting(attribute)]))];
    }),
  );
}

function attributesOf(definition: ClassStatement, { heap, interpreter }: Frame): Attributes {
  return heap.attributes(classId(interpreter, definition));
}

/** What is known of an attribute without what else the hook has made. */
function lasting(attribute: Attribute): Attribute {
  return {
    ...attribute,
    value: eachOption(attribute.value, (one) => (LASTING.has(one.kind) ? one : UNKNOWN)),
  };
}

const LASTING: ReadonlySet<Value['kind']> = new Set([
  'class',
  'text',
  'truth',
  'number',
  'none',
  'reference',
]);
