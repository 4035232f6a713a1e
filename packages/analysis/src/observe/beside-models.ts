import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { CallingModule } from '../interpret/machine/other-modules.ts';
import type { Value } from '../interpret/values/value.ts';
import { definitionsIn, type Run } from './run-module.ts';

interface Asked {
  readonly interpreter: Interpreter;
  /** The module that has the function. */
  readonly caller: CallingModule;
  /** The models. */
  readonly names: readonly string[];
}

/**
 * Whether a function that nobody calls makes other models than those that its module imports: it names neither these, nor
 * what is imported from where they stand, nor what the module holds.
 */
export function isBesideModels({ named, isMethod }: Run, { interpreter, caller, names }: Asked): boolean {
  if (named === undefined || isMethod === true || caller.isFarther) return false;
  const own = new Set<unknown>(definitionsIn(caller.body));
  const mayLead = (value: Value): boolean => {
    switch (value.kind) {
      case 'number':
      case 'text':
      case 'truth':
      case 'none':
        return false;
      case 'reference':
        return interpreter.imports?.leadsHere(value.qualified, caller.scope) === true;
      case 'function':
      case 'class':
        return !own.has(value.definition);
      default:
        return true;
    }
  };
  if (names.some((name) => named.has(name))) return false;
  return ![...caller.scope.globals].some(([name, value]) => named.has(name) && mayLead(value));
}
