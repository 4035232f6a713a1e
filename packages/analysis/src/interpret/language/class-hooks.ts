import type { ClassStatement } from '../../syntax/ast.ts';
import { bind, classId, findMethod, moduleFrame } from '../machine/classes.ts';
import type { Arguments } from '../machine/given-arguments.ts';
import type { Frame, Interpreter } from '../machine/interpreter.ts';
import type { GivenByHook } from '../machine/made-classes.ts';
import { rehearsed } from '../machine/trace.ts';
import type { Attribute, Attributes } from '../values/attribute-state.ts';
import { eachOption } from '../values/either.ts';
import { UNKNOWN, type Value } from '../values/value.ts';

const NOTHING: GivenByHook = new Map();

/** What a class has under a name since it or the class around it was made; undefined where that gave it nothing. */
export function givenWhenMade(
  definition: ClassStatement,
  name: string,
  { interpreter }: Frame,
): Attribute | undefined {
  const around = interpreter.madeClasses.around.get(definition);
  const own = givenBy(definition, interpreter).get(definition)?.get(name);
  return (around && givenBy(around, interpreter).get(definition)?.get(name)) ?? own;
}

function givenBy(made: ClassStatement, interpreter: Interpreter): GivenByHook {
  const known = interpreter.madeClasses.given.get(made);
  if (known !== undefined) return known;
  // What the hook asks of the class, it has by its text.
  interpreter.madeClasses.given.set(made, NOTHING);
  const given = runHook(made, interpreter);
  interpreter.madeClasses.given.set(made, given);
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
    interpreter.madeClasses.beingMade.add(one);
    frame.heap.makeObject(classId(interpreter, one));
  }
  rehearsed(interpreter, () => {
    frame.call(bind(hook, receiver), keywordsOf(made, frame), made.span);
  });
  for (const { one } of classes) interpreter.madeClasses.beingMade.delete(one);
  return new Map(
    classes.map(({ one, before }) => {
      const after = attributesOf(one, frame);
      const set = [...after].filter(([name, attribute]) => before.get(name) !== attribute);
      return [one, new Map(set.map(([name, attribute]) => [name, lasting(attribute)]))];
    }),
  );
}

/** What a class statement hands the hook beside its bases: `class Out(Scaled, power=1.0)`. */
function keywordsOf({ bases }: ClassStatement, frame: Frame): Arguments {
  const named = bases.flatMap(({ name, value }) =>
    name === null || name === 'metaclass' ? [] : [[name, frame.evaluate(value)] as const],
  );
  return {
    positional: [],
    named: new Map(named),
    open: bases.some(({ name, spread }) => spread && name === null),
  };
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
