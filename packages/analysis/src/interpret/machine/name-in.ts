import type { Value } from '../values/value.ts';
import type { Interpreter } from './interpreter.ts';
import type { ModuleScope } from './module-scope.ts';

/** What a module has under a name. */
export function nameIn(module: ModuleScope, name: string, { imports }: Interpreter): Value | undefined {
  return module.globals.get(name) ?? imports?.nameIn(module, name);
}
