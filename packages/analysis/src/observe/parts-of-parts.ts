import type { ModuleScope } from '../interpret/machine/module-scope.ts';
import type { Value } from '../interpret/values/value.ts';
import type { ClassStatement, Statement } from '../syntax/ast.ts';
import { wordsIn } from '../syntax/words-in.ts';
import { definitionsIn } from './run-module.ts';

/** Whether making a class may make one of some others. */
export type MayMake = (definition: ClassStatement, others: ReadonlySet<ClassStatement>) => boolean;

/**
 * What making a class of a module may make: any that its words come to, directly or through functions, classes, lists and
 * dicts of the module. One that comes to what may hold anything may make any.
 */
export function makersIn(body: readonly Statement[], { globals }: ModuleScope): MayMake {
  const named = new Map<string, object[]>();
  for (const one of definitionsIn(body)) {
    if (one.kind !== 'class' && one.kind !== 'function') continue;
    named.set(one.name, [...(named.get(one.name) ?? []), one]);
  }
  const next = new Map<object, readonly object[]>();
  const nextOf = (part: object): readonly object[] => {
    const known = next.get(part);
    if (known !== undefined) return known;
    const found = [...wordsIn(part)].flatMap((word) => {
      const value = globals.get(word);
      return [...(named.get(word) ?? []), ...(value === undefined ? [] : heldBy(value))];
    });
    const made = [...new Set(found)];
    next.set(part, made);
    return made;
  };
  return (definition, others) => {
    if (others.size === 0) return false;
    const seen = new Set<object>([definition]);
    for (const part of seen) {
      // SAFETY: asked whether it is one of them.
      if (part === ANYTHING || (part !== definition && others.has(part as ClassStatement))) return true;
      for (const one of nextOf(part)) seen.add(one);
    }
    return false;
  };
}

/** Stands for what may hold any class. */
const ANYTHING = {};

/** The definitions that a value is or holds. */
function heldBy(value: Value): readonly object[] {
  switch (value.kind) {
    case 'number':
    case 'opaque':
    case 'text':
    case 'truth':
    case 'none':
    case 'unknown':
    case 'reference':
      return [];
    case 'class':
    case 'function':
      return [value.definition];
    case 'list':
      return value.items.flatMap(heldBy);
    case 'dict':
      return [...value.entries.values(), ...value.keys.values()].flatMap(heldBy);
    case 'either':
      return value.options.flatMap(heldBy);
    case 'partial':
      return [value.callee, ...value.positional, ...value.named.values()].flatMap(heldBy);
    default:
      return [ANYTHING];
  }
}
