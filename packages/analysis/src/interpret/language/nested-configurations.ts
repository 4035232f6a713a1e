import type { Expression } from '../../syntax/ast.ts';
import { isModuleClass } from '../machine/classes.ts';
import type { Frame } from '../machine/interpreter.ts';
import { optionsOf } from '../values/either.ts';
import { sameValue } from '../values/same-value.ts';
import type { ObjectValue, Value } from '../values/value.ts';
import { fieldsOf } from './fields.ts';

/** More configurations than the parts of a model have. */
const MOST = 4000;

/**
 * Whether a configuration is made of others of which two have one class and were given different things, as those of two
 * layers: what such a class calls its fields is no name for what a model is made of.
 */
export function isMadeOfConfigurations(value: Value, frame: Frame): boolean {
  const { givenFields } = frame.interpreter;
  const first = new Map<ObjectValue['definition'], ReadonlyMap<string, Value>>();
  for (const { id, definition } of configurationsIn(value, frame)) {
    const given = givenFields.get(id);
    if (given === undefined) continue;
    const before = first.get(definition);
    if (before === undefined) first.set(definition, given);
    else if (!areAlike(given, before)) return true;
  }
  return false;
}

function areAlike(given: ReadonlyMap<string, Value>, before: ReadonlyMap<string, Value>): boolean {
  return [...given].every(([name, value]) => {
    const other = before.get(name);
    return other === undefined || value.kind === 'object' || sameValue(value, other);
  });
}

/**
 * Gives a configuration and those that it is made of the fields that they were given, in the place of the names of these;
 * switches that they were not given are left as they are.
 */
export function giveAsGiven(value: Value, frame: Frame): void {
  const { heap, interpreter } = frame;
  const { symbols, givenFields } = interpreter;
  for (const { id, definition } of configurationsIn(value, frame)) {
    const given = givenFields.get(id);
    if (given === undefined) continue;
    const owner = symbols.ofDefinition(definition);
    const seen = new Set<string>();
    for (const { name, written } of fieldsOf(interpreter, definition)) {
      const now = heap.attributes(id).get(name);
      const isNamed = now?.value.kind === 'opaque' && now.value.symbol === symbols.of(owner, name);
      const known = given.get(name) ?? switchOf(written);
      if (isNamed && !seen.has(name) && known !== undefined)
        heap.setAttribute(id, name, { ...now, value: known });
      seen.add(name);
    }
  }
}

function switchOf(written: Expression | null): Value | undefined {
  return written?.kind === 'constant' && typeof written.value === 'boolean'
    ? { kind: 'truth', value: written.value }
    : undefined;
}

/** A configuration and all that it holds, also in lists and dicts. */
function configurationsIn(value: Value, frame: Frame): readonly ObjectValue[] {
  const found = new Map<number, ObjectValue>();
  const ahead: Value[] = [value];
  for (let one = ahead.pop(); one !== undefined && found.size < MOST; one = ahead.pop()) {
    frame.interpreter.budget.spend(1);
    for (const option of optionsOf(one)) {
      if (option.kind !== 'object') ahead.push(...itemsOf(option));
      else if (!found.has(option.id) && !isModuleClass(frame.interpreter, option.definition)) {
        found.set(option.id, option);
        ahead.push(...[...frame.heap.attributes(option.id).values()].map((attribute) => attribute.value));
      }
    }
  }
  return [...found.values()];
}

function itemsOf(value: Value): readonly Value[] {
  if (value.kind === 'list') return value.items;
  return value.kind === 'dict' ? [...value.entries.values()] : [];
}
