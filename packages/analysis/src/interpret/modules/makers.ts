import type { ClassStatement } from '../../syntax/ast.ts';
import { isModuleClass, moduleFrame } from '../machine/classes.ts';
import type { Interpreter } from '../machine/interpreter.ts';
import type { Value } from '../values/value.ts';

/** From so many on, functions that make one model each are a table of its sizes: `models[name](…)`. */
const TABLE = 4;

/**
 * Of many functions of which one is called, the first where all do nothing but make the same model, whose instances are
 * one model whatever they are given; else all of them.
 */
export function oneMaker(options: readonly Value[], interpreter: Interpreter): readonly Value[] {
  if (options.length < TABLE) return options;
  const [first, ...others] = options.map((option) => madeBy(option, interpreter));
  const isOne = first !== undefined && others.every((one) => one === first);
  return isOne ? options.slice(0, 1) : options;
}

/** The model that a function makes and returns in one line, or that a class is. */
function madeBy(option: Value, interpreter: Interpreter): ClassStatement | undefined {
  if (option.kind === 'class') return moduleIn(option, interpreter);
  if (option.kind !== 'function' || option.definition.kind === 'lambda') return undefined;
  const { body } = option.definition;
  const last = body.at(-1);
  const isPlain = body.slice(0, -1).every(({ kind }) => kind === 'expression');
  if (!isPlain || last?.kind !== 'return' || last.value?.kind !== 'call') return undefined;
  const { callee } = last.value;
  if (callee.kind !== 'name') return undefined;
  return moduleIn(moduleFrame(interpreter, interpreter.moduleOf(callee)).evaluate(callee), interpreter);
}

function moduleIn(value: Value, interpreter: Interpreter): ClassStatement | undefined {
  return value.kind === 'class' && isModuleClass(interpreter, value.definition)
    ? value.definition
    : undefined;
}
