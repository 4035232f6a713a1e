import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { CallingModule, GivenUp } from '../interpret/machine/other-modules.ts';
import type { Value } from '../interpret/values/value.ts';
import { definitionsIn, type Run } from './run-module.ts';

interface Asked {
  readonly interpreter: Interpreter;
  /** The module that has the function. */
  readonly caller: CallingModule;
  /** The models. */
  readonly names: readonly string[];
}

/** What a function that takes more work than there is may come to; null of a run that does not. */
export function givenUpIn(
  { givenUp, named, isMethod = false }: Run,
  { body, scope }: CallingModule,
): GivenUp | null {
  if (givenUp === undefined) return null;
  const own = new Set<unknown>(definitionsIn(body));
  const held = [...scope.globals].flatMap(([name, value]) => (named?.has(name) === true ? [value] : []));
  const imported = held.flatMap((value) => (value.kind === 'reference' ? [value.qualified] : []));
  const isOpen = named === undefined || isMethod || held.some((value) => isForeign(value, own));
  return { named: named ?? new Set(), isOpen, imported };
}

/** Whether a value may be of other code, or hold what is. */
function isForeign(value: Value, own: ReadonlySet<unknown>): boolean {
  switch (value.kind) {
    case 'number':
    case 'text':
    case 'truth':
    case 'none':
    case 'reference':
      return false;
    case 'function':
    case 'class':
      return !own.has(value.definition);
    default:
      return true;
  }
}

/**
 * Whether a function that nobody calls makes other models than those that its module imports: it names neither these, nor
 * what is imported from where they stand, nor what the module holds.
 */
export function isBesideModels(
  { named, isOpen, imported }: GivenUp,
  { interpreter, caller, names }: Asked,
): boolean {
  if (isOpen || caller.isFarther || names.some((name) => named.has(name))) return false;
  return !imported.some((one) => interpreter.imports?.leadsHere(one, caller.scope) === true);
}
