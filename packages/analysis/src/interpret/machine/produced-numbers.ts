import type { ClassStatement, FunctionStatement } from '../../syntax/ast.ts';
import { attributePaths } from '../../syntax/attribute-paths.ts';
import { ownNames } from '../../syntax/own-names.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import { optionsOf } from '../values/either.ts';
import type { FunctionValue, ObjectValue, Value } from '../values/value.ts';
import { Variables } from '../values/variables.ts';
import { bind, isModuleClass, lineage, methodsOf } from './classes.ts';
import type { Frame, Interpreter } from './interpreter.ts';
import { nameIn } from './name-in.ts';
import { unknownName } from './names.ts';

/** What is held deeper, or is more, than so many functions and objects is not gone through. */
const MOST = 32;

/** What code that is not read may be handed, or reach from there. */
const REACHED: ReadonlySet<Value['kind']> = new Set(['function', 'partial', 'object', 'list', 'dict']);

/**
 * What functions and objects of the file may put into what code that is not read makes with them: the numbers and tensors
 * that their code names, as a data set that scales what it gives, through the functions that they call and what they hold.
 */
export function producedFrom(values: readonly Value[], frame: Frame): readonly Value[] {
  const found: Value[] = [];
  const entered = new Set<unknown>();
  const ahead = values.flatMap(optionsOf).filter(({ kind }) => REACHED.has(kind));
  for (let value = ahead.pop(); value !== undefined && entered.size < MOST; value = ahead.pop()) {
    const key = identityOf(value);
    if (entered.has(key)) continue;
    entered.add(key);
    for (const part of partsOf(value, frame).flatMap(optionsOf))
      (REACHED.has(part.kind) ? ahead : found).push(part);
  }
  return found.filter(isNumberOrTensor);
}

/** By what a value is known again. */
function identityOf(value: Value): unknown {
  if (value.kind === 'function') return value.definition;
  return value.kind === 'object' ? value.id : value;
}

function partsOf(value: Value, frame: Frame): readonly Value[] {
  switch (value.kind) {
    case 'function':
      return [...namedAround(value, frame), ...(value.receiver === null ? [] : [value.receiver])];
    case 'partial':
      return [...value.positional, ...value.named.values(), value.callee];
    case 'object':
      return heldFor(value, frame);
    case 'list':
      return value.items;
    case 'dict':
      return [...value.entries.values()];
    default:
      return [];
  }
}

/** What the code of a function names that is around it: numbers, functions, settings. */
function namedAround({ definition, closure: { locals } }: FunctionValue, frame: Frame): readonly Value[] {
  const { interpreter } = frame;
  const module = interpreter.moduleOf(definition);
  const own = new Set([...ownNames(definition)].filter((name) => !module.rebound.has(name)));
  const words = [...wordsIn(definition)].filter((word) => !own.has(word));
  const paths = attributePaths(definition);
  interpreter.budget.spend(words.length + own.size + paths.length);
  const unknown = [...own].map((name) => [name, unknownName(name, frame.elsewhere(definition))] as const);
  const here = frame.elsewhere(definition).with({ locals: new Variables([...locals, ...unknown]) });
  return [
    ...words.flatMap((word) => locals.get(word) ?? nameIn(module, word, interpreter) ?? []),
    ...paths.map((path) => here.evaluate(path)),
  ];
}

/** What an object that is no module keeps and its methods name, and what these name around them. */
function heldFor(value: ObjectValue, { interpreter, heap }: Frame): readonly Value[] {
  const { id, definition } = value;
  if (isModuleClass(interpreter, definition)) return [];
  const methods = othersThanConstructor(interpreter, definition);
  const words = new Set(methods.flatMap(({ method }) => [...wordsIn(method)]));
  interpreter.budget.spend(words.size);
  const held = [...heap.attributes(id)].flatMap(([name, attribute]) =>
    words.has(name) ? [attribute.value] : [],
  );
  return [...held, ...methods.map((found) => bind(found, null))];
}

function othersThanConstructor(
  interpreter: Interpreter,
  definition: ClassStatement,
): readonly { readonly method: FunctionStatement; readonly owner: ClassStatement }[] {
  return lineage(interpreter, definition).flatMap((owner) =>
    methodsOf(owner)
      .filter(({ name }) => name !== '__init__')
      .map((method) => ({ method, owner })),
  );
}

function isNumberOrTensor({ kind }: Value): boolean {
  return kind === 'number' || kind === 'tensor' || kind === 'unknown' || kind === 'opaque';
}
