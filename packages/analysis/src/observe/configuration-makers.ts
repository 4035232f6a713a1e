import { isModuleClass } from '../interpret/machine/classes.ts';
import type { Frame } from '../interpret/machine/interpreter.ts';
import type { ClassStatement, Expression, FunctionStatement, Parameter, Statement } from '../syntax/ast.ts';
import { callsIn } from '../syntax/calls-in.ts';
import { nodesFrom } from '../syntax/nodes-in.ts';
import { wordsIn } from '../syntax/words-in.ts';
import { passedTexts } from './passed-texts.ts';
import { definitionsIn } from './run-module.ts';

/** A function that makes a configuration as it is, with the texts that its module passes it. */
export interface ConfigurationMaker {
  readonly maker: FunctionStatement;
  readonly texts: ReadonlyMap<string, string>;
}

/**
 * The functions of a module that make a configuration of one size of a model. Not those that make one of any size, which
 * they are given; and none where what one of them makes goes into the configuration of another model, as that of a part.
 */
export function makersOf(
  configuration: ClassStatement,
  body: readonly Statement[],
  frame: Frame,
): readonly ConfigurationMaker[] {
  const functions = definitionsIn(body).filter((one): one is FunctionStatement => one.kind === 'function');
  const makers = functions.filter((one) => makes(configuration, one, frame));
  if (makers.some((maker) => functions.some((one) => usesForPart(one, maker, frame)))) return [];
  return makers.flatMap((maker) => {
    const texts = passedTexts(body, maker);
    return maker.parameters.every((one) => isNoSize(one) || texts.has(one.name)) ? [{ maker, texts }] : [];
  });
}

/** Whether a function makes a configuration of others: one of numbers and texts alone is known by the names of its fields. */
function makes(configuration: ClassStatement, maker: FunctionStatement, frame: Frame): boolean {
  if (!wordsIn(maker).has(configuration.name)) return false;
  return callsIn(maker.body).some((call) => {
    if (lastName(call.callee) !== configuration.name) return false;
    if (!call.args.some(({ value }) => value.kind === 'call')) return false;
    const made = frame.evaluate(call.callee);
    return made.kind === 'class' && made.definition === configuration;
  });
}

const NO_SIZES: ReadonlySet<string | null> = new Set(['str', 'bool']);

function isNoSize({ fallback, collects, annotation }: Parameter): boolean {
  return (
    fallback !== null || collects !== null || (annotation !== null && NO_SIZES.has(lastName(annotation)))
  );
}

/** Whether a function hands what another one makes to a class of a model's configuration, or to a function. */
function usesForPart(one: FunctionStatement, maker: FunctionStatement, frame: Frame): boolean {
  if (one === maker || !wordsIn(one).has(maker.name)) return false;
  return callsIn(one.body).some(({ callee, args }) => {
    const isGiven = args.some(({ value }) =>
      nodesFrom(value).some(
        (node) => node.kind === 'call' && node.callee.kind === 'name' && node.callee.name === maker.name,
      ),
    );
    return isGiven && makesModels(callee, frame);
  });
}

/** Whether it is a function, or a class within one of modules. */
function makesModels(callee: Expression, frame: Frame): boolean {
  if (callee.kind === 'attribute') {
    const owner = frame.evaluate(callee.object);
    return owner.kind === 'class' && isModuleClass(frame.interpreter, owner.definition);
  }
  return callee.kind === 'name' && frame.evaluate(callee).kind === 'function';
}

/** `Config` of `Config` and `Decoder.Config`. */
export function lastName(expression: Expression): string | null {
  if (expression.kind === 'attribute') return expression.attribute;
  return expression.kind === 'name' ? expression.name : null;
}
