import type { ClassStatement, Expression, Parameter, Statement } from '../../syntax/ast.ts';
import { callsIn } from '../../syntax/calls-in.ts';
import { isNone } from '../../syntax/is-none.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import type { Value } from '../values/value.ts';
import { isModuleClass, moduleFrame } from './classes.ts';
import { DICT_TYPES } from './dict-types.ts';
import type { Interpreter } from './interpreter.ts';
import { nameIn } from './name-in.ts';

/** The parameters of a function and what it does with them. */
export interface WithParameters {
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[] | Expression;
}

/** The class that a parameter has: as it is annotated, else the one that is made of it where it is a dict. */
export function classOfParameter(
  parameter: Parameter,
  { body }: WithParameters,
  interpreter: Interpreter,
): Value | undefined {
  const annotated = parameter.annotation && annotatedClass(parameter.annotation, interpreter);
  return annotated ?? classOfItsDict(parameter.name, body, interpreter);
}

type ClassOfCode = Extract<Value, { kind: 'class' }>;

/** `Config` of `if isinstance(config, dict): config = Config(**config)`. */
function classOfItsDict(
  name: string,
  body: WithParameters['body'],
  interpreter: Interpreter,
): ClassOfCode | undefined {
  if (!wordsIn(body).has('isinstance')) return undefined;
  const calls = callsIn(body);
  const isName = (value: Expression | undefined) => value?.kind === 'name' && value.name === name;
  const isAsked = calls.some(
    ({ callee, args }) => callee.kind === 'name' && callee.name === 'isinstance' && isName(args[0]?.value),
  );
  if (!isAsked) return undefined;
  const made = calls
    .filter(({ args }) => args.length === 1 && args[0]?.spread === true && isName(args[0].value))
    .map(({ callee }) => namedClass(callee, interpreter));
  const [first, ...others] = made;
  return first !== undefined && others.every((one) => one?.definition === first.definition)
    ? first
    : undefined;
}

function namedClass(callee: Expression, interpreter: Interpreter): ClassOfCode | undefined {
  if (callee.kind !== 'name' && callee.kind !== 'attribute') return undefined;
  const made = moduleFrame(interpreter, interpreter.moduleOf(callee)).evaluate(callee);
  return made.kind === 'class' && !isModuleClass(interpreter, made.definition) ? made : undefined;
}

/** What an annotation says a value may be: `Config` and `dict` of `Config | dict`, `Optional[Union[Config, dict]]`. */
function optionsIn(annotation: Expression): readonly Expression[] {
  if (annotation.kind === 'binary' && annotation.operator === '|')
    return [...optionsIn(annotation.left), ...optionsIn(annotation.right)];
  const { of, given } = genericType(annotation);
  const name = of?.kind === 'attribute' ? of.attribute : of?.kind === 'name' ? of.name : null;
  return name === 'Optional' || name === 'Union' ? given.flatMap(optionsIn) : [annotation];
}

/** `Union` and what stands in `Union[Config, dict]`, which the grammar takes for a subscript only behind a dot. */
function genericType(annotation: Expression): {
  readonly of?: Expression;
  readonly given: readonly Expression[];
} {
  if (annotation.kind === 'subscript') {
    const { object, index, places } = annotation;
    const given =
      index === null ? places.flatMap((place) => (place.kind === 'index' ? [place.value] : [])) : [index];
    return { of: object, given };
  }
  if (annotation.kind !== 'unknown') return { given: [] };
  const [of, list, ...others] = annotation.parts;
  if (of === undefined || list?.kind !== 'unknown' || others.length > 0) return { given: [] };
  return { of, given: list.parts };
}

/**
 * The class that an annotation names, also where it is written as a text, where the value may be None, or may be a dict: that
 * is then what such an object is made of.
 */
export function annotatedClass(written: Expression, interpreter: Interpreter): Value | undefined {
  const named = optionsIn(written).filter((one) => !isNone(one) && !isDictType(one, interpreter));
  const [annotation, ...others] = named;
  if (annotation === undefined || others.length > 0) return undefined;
  const module = interpreter.moduleOf(annotation);
  if (annotation.kind === 'name' || annotation.kind === 'attribute') {
    return moduleFrame(interpreter, module).evaluate(annotation);
  }
  const text = annotation.kind === 'text' ? annotation.value : null;
  return text === null ? undefined : nameIn(module, text, interpreter);
}

/** The classes that a parameter is annotated with where it may be of any of several: `Union[Config, WideConfig]`. */
export function classesOfParameter(
  { annotation }: Parameter,
  interpreter: Interpreter,
): readonly ClassStatement[] {
  if (annotation === null) return [];
  const options = optionsIn(annotation);
  return options.length < 2 ? [] : options.flatMap((one) => namedClass(one, interpreter)?.definition ?? []);
}

/** Whether an annotation says dict: `dict`, `Dict[str, int]`, `Mapping`. */
function isDictType(annotation: Expression, interpreter: Interpreter): boolean {
  const { of = annotation } = genericType(annotation);
  if (of.kind !== 'name' && of.kind !== 'attribute') return false;
  const type = moduleFrame(interpreter, interpreter.moduleOf(of)).evaluate(of);
  return type.kind === 'reference' && DICT_TYPES.has(type.qualified);
}

/** Whether a parameter may be a number as far as its annotation says: `int`, `int | tuple[int, ...]`, or none. */
export function mayBeNumber({ annotation }: Parameter): boolean {
  if (annotation === null) return true;
  return optionsIn(annotation).some((one) => one.kind === 'name' && NUMBERS.has(one.name));
}

const NUMBERS: ReadonlySet<string> = new Set(['int', 'float']);
