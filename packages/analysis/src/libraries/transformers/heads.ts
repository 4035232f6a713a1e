import {
  findMethod,
  isModuleClass,
  lineage,
  methodsOf,
  moduleFrame,
} from '../../interpret/machine/classes.ts';
import type { Interpreter } from '../../interpret/machine/interpreter.ts';
import { annotatedClass } from '../../interpret/machine/parameter-class.ts';
import type { Value } from '../../interpret/values/value.ts';
import type { ClassStatement, Parameter } from '../../syntax/ast.ts';
import { wordsIn } from '../../syntax/words-in.ts';

/**
 * The model that a head such as `XForTokenClassification` stands on: Hugging Face's registry has `XModel` for its
 * configuration, a class beside it that inherits from the same base. Undefined where there is none.
 */
export function modelUnder(definition: ClassStatement, interpreter: Interpreter): ClassStatement | undefined {
  const [name] = definition.name.split(/For(?=[A-Z]\w*$)/);
  const module = interpreter.moduleOf(definition);
  const model = moduleFrame(interpreter, module).evaluate({
    kind: 'name',
    name: `${name}Model`,
    span: definition.span,
  });
  if (model.kind !== 'class') return undefined;
  const bases = lineage(interpreter, definition).slice(1);
  const isBeside = lineage(interpreter, model.definition).some(
    (one) => bases.includes(one) && interpreter.moduleOf(one) === module,
  );
  return isBeside ? model.definition : undefined;
}

/**
 * The class of the configuration that a generic head is made of, whose constructor is the library's and says of none: the
 * one that its family declares, else the one that the constructor of the model under it is annotated with.
 */
export function configurationOf(
  parameter: Parameter,
  definition: ClassStatement,
  interpreter: Interpreter,
): ClassStatement | undefined {
  const line = lineage(interpreter, definition);
  if (!line.some(isGenericHead) || first(definition, interpreter) !== parameter) return undefined;
  for (const one of line) {
    const declared = declaredIn(one, interpreter);
    if (declared !== undefined) return classIn(declared, interpreter);
  }
  const model = modelUnder(definition, interpreter);
  const annotation = model && first(model, interpreter)?.annotation;
  return annotation ? classIn(annotatedClass(annotation, interpreter), interpreter) : undefined;
}

/** What the constructor of a class is given first: a model of the library its configuration. */
function first(definition: ClassStatement, interpreter: Interpreter): Parameter | undefined {
  return findMethod(interpreter, definition, '__init__')?.method.parameters[1];
}

/** Whether a class is one of the heads that the library describes, which make the model under them by its configuration. */
function isGenericHead(definition: ClassStatement): boolean {
  return methodsOf(definition).some(
    (method) => method.name === '__init__' && wordsIn(method).has('_model_of_configuration'),
  );
}

/** `config_class = Config` or, where there is none, `config: Config` of a class itself. */
function declaredIn({ body }: ClassStatement, interpreter: Interpreter): Value | null | undefined {
  let declared: Value | null | undefined;
  for (const statement of body) {
    if (statement.kind !== 'assign') continue;
    const { targets, value, annotation } = statement;
    const names = targets.map((target) => (target.kind === 'name' ? target.name : null));
    if (names.includes('config_class') && value !== null)
      return moduleFrame(interpreter, interpreter.moduleOf(value)).evaluate(value);
    if (names.includes('config') && annotation !== undefined)
      declared = annotatedClass(annotation, interpreter) ?? null;
  }
  return declared;
}

function classIn(value: Value | null | undefined, interpreter: Interpreter): ClassStatement | undefined {
  return value?.kind === 'class' && !isModuleClass(interpreter, value.definition)
    ? value.definition
    : undefined;
}
