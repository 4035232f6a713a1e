import type { ClassStatement } from '../../syntax/ast.ts';
import { wordsIn } from '../../syntax/words-in.ts';
import type { FunctionValue, ObjectValue, Value } from '../values/value.ts';
import { isModuleClass } from './classes.ts';
import type { Frame } from './interpreter.ts';

/** More than what a script hands to its data has in it; what has more may come to anything. */
const MOST_SEEN = 400;

/**
 * Whether some values are models, parts of one or optimizers, hold one, or are functions and objects that may come to one
 * by any of their words.
 */
export function comesToModels(values: readonly Value[], frame: Frame): boolean {
  const { interpreter } = frame;
  const seen = new Set<unknown>();
  const ahead = [...values];
  for (let value = ahead.pop(); value !== undefined; value = ahead.pop()) {
    const known = identityOf(value);
    if (seen.has(known)) continue;
    seen.add(known);
    interpreter.budget.spend(1);
    if (seen.size > MOST_SEEN) return true;
    switch (value.kind) {
      case 'layer':
      case 'parameter':
      case 'optimizer':
        return true;
      case 'object':
        if (isModuleClass(interpreter, value.definition)) return true;
        ahead.push(...heldBy(value, frame));
        break;
      case 'parent':
        ahead.push(value.receiver);
        break;
      case 'class':
        ahead.push(...namedIn(value.definition, frame));
        break;
      case 'function':
        ahead.push(...(value.receiver === null ? [] : [value.receiver]), ...seenBy(value, frame));
        break;
      case 'partial':
        ahead.push(value.callee, ...value.positional, ...value.named.values());
        break;
      case 'either':
        ahead.push(...value.options);
        break;
      case 'list':
        ahead.push(...value.items);
        break;
      case 'dict':
        ahead.push(...value.entries.values(), ...value.keys.values());
        break;
      default:
    }
  }
  return false;
}

/** Functions and classes are one wherever they are named. */
function identityOf(value: Value): unknown {
  switch (value.kind) {
    case 'object':
      return value.id;
    case 'class':
      return value.definition;
    case 'function':
      return value.receiver === null && value.closure.locals.size === 0 ? value.definition : value;
    default:
      return value;
  }
}

function heldBy({ id, definition }: ObjectValue, frame: Frame): readonly Value[] {
  const held = [...frame.heap.attributes(id).values()].map(({ value }) => value);
  return [...held, ...namedIn(definition, frame)];
}

/** What the names are that a function sees: those around it, and those of its module that have been looked up. */
function seenBy({ definition, closure: { locals } }: FunctionValue, frame: Frame): readonly Value[] {
  return [...meantBy(definition, locals), ...namedIn(definition, frame)];
}

function namedIn(
  part: FunctionValue['definition'] | ClassStatement,
  { interpreter }: Frame,
): readonly Value[] {
  return meantBy(part, interpreter.moduleOf(part).globals);
}

/** What the words of some code stand for among some names. */
function meantBy(part: object, names: ReadonlyMap<string, Value>): readonly Value[] {
  const found: Value[] = [];
  if (names.size === 0) return found;
  for (const word of wordsIn(part)) {
    const value = names.get(word);
    if (value !== undefined) found.push(value);
  }
  return found;
}
