import { isPartOfModel } from '../interpret/language/instantiate.ts';
import { findMethod, isModuleClass, moduleFrame } from '../interpret/machine/classes.ts';
import type { Frame, Interpreter } from '../interpret/machine/interpreter.ts';
import { annotatedClass } from '../interpret/machine/parameter-class.ts';
import { traced } from '../interpret/machine/trace.ts';
import { optionsOf } from '../interpret/values/either.ts';
import { Heap } from '../interpret/values/heap.ts';
import { NO_CLOSURE, type Value } from '../interpret/values/value.ts';
import { Variables } from '../interpret/values/variables.ts';
import type { ClassStatement, FunctionStatement, Parameter, Statement } from '../syntax/ast.ts';
import { type ConfigurationMaker, lastName, makersOf } from './configuration-makers.ts';
import type { Configured } from './model-run.ts';
import type { Run } from './run-module.ts';
import { callAtDefaults } from './symbolic-call.ts';

/** The work that making one configuration may take, and all of a file's. */
const MOST_WORK = 200_000;
const MOST_IN_ALL = 400_000;

/** More functions that give none are not tried for one model. */
const MOST_TRIED = 3;

/** Where configurations are looked for. */
interface Sources {
  readonly body: readonly Statement[];
  /** The models of the file. */
  readonly definitions: readonly ClassStatement[];
  readonly runs: readonly Run[];
}

/**
 * Configurations for models that no run makes: a model is handed one, which says of each of its parts how it is made, and
 * a function that nobody calls makes it, here or where the model is imported, as one of the sizes that a family of models
 * has. The first in the text stands for all, or the last where that has too many layers.
 */
export function configuredModels(
  interpreter: Interpreter,
  { body, definitions, runs }: Sources,
): ReadonlyMap<ClassStatement, Configured> {
  const found = new Map<ClassStatement, Configured>();
  const made = new Set(
    runs.flatMap(({ trace }) => [
      ...trace.nested,
      ...trace.constructions.map(({ definition }) => definition),
    ]),
  );
  interpreter.budget.within(MOST_IN_ALL, () => {
    // Models stand behind their parts, which a configuration of the whole has, too.
    for (const model of definitions.toReversed()) {
      const asked = made.has(model) ? undefined : configurationOf(interpreter, model);
      const configured = asked && firstMade(interpreter, model, { ...asked, body });
      if (configured !== undefined) found.set(model, configured);
    }
  });
  return found;
}

/** The configuration that a constructor asks for, and nothing else. */
interface Asked {
  readonly parameter: Parameter;
  readonly configuration: ClassStatement;
}

/** Of a class within the model, or in the annotation: undefined where the constructor asks for more, or for something else. */
function configurationOf(interpreter: Interpreter, model: ClassStatement): Asked | undefined {
  const given = findMethod(interpreter, model, '__init__')?.method.parameters.slice(1) ?? [];
  const [parameter, ...more] = given.filter(
    ({ fallback, collects }) => fallback === null && collects === null,
  );
  if (parameter === undefined || parameter.annotation === null || more.length > 0) return undefined;
  const name = lastName(parameter.annotation);
  const own = model.body.find((one): one is ClassStatement => one.kind === 'class' && one.name === name);
  const annotated = own === undefined ? annotatedClass(parameter.annotation, interpreter) : undefined;
  const configuration = own ?? (annotated?.kind === 'class' ? annotated.definition : undefined);
  if (configuration === undefined || isModuleClass(interpreter, configuration)) return undefined;
  return { parameter, configuration };
}

function firstMade(
  interpreter: Interpreter,
  model: ClassStatement,
  { body: own, ...asked }: Asked & Pick<Sources, 'body'>,
): Configured | undefined {
  const here = { scope: interpreter.file, body: own };
  const users = interpreter.imports?.users(model.name) ?? [];
  const makers = [here, ...users].flatMap(({ scope, body }) => {
    const frame = moduleFrame(interpreter, scope).with({ locals: new Variables() });
    return makersOf(asked.configuration, body, frame).map((one) => ({ ...one, frame }));
  });
  for (const one of makers.slice(0, MOST_TRIED)) {
    const made = madeOf(interpreter, asked, one);
    if (made === undefined) continue;
    const last = makers.at(-1);
    if (last === undefined || last === one) return made;
    return { ...made, another: () => madeOf(interpreter, asked, last) };
  }
  return undefined;
}

function madeOf(
  interpreter: Interpreter,
  { parameter, configuration }: Asked,
  { maker, texts, frame }: ConfigurationMaker & { readonly frame: Frame },
): Configured | undefined {
  const heap = new Heap(interpreter.file.heap);
  const run = () => madeBy(maker, texts, frame.with({ heap }));
  const value = interpreter.budget.within(MOST_WORK, run);
  const made =
    value && optionsOf(value).find((one) => one.kind === 'object' && one.definition === configuration);
  if (made === undefined || !isPartOfModel(made, frame.with({ heap }))) return undefined;
  return {
    given: new Map([[parameter.name, made]]),
    heap,
    by: [frame.module.symbol, maker].flatMap((one) => one?.name ?? []).join('.'),
    settings: [...texts].map(([name, text]) => `${name} = '${text}'`),
  };
}

function madeBy(maker: FunctionStatement, texts: ReadonlyMap<string, string>, frame: Frame): Value {
  const callee = {
    kind: 'function',
    definition: maker,
    receiver: null,
    owner: null,
    closure: NO_CLOSURE,
  } as const;
  return traced(frame.interpreter, () => callAtDefaults(callee, texts, frame)).result;
}
