import { Budget } from '../budget.ts';
import { SymbolTable } from '../growth/symbol.ts';
import { call } from './call.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { Heap } from './heap.ts';
import type { Interpreter } from './interpreter.ts';
import { type Library, meaningsOf } from './library.ts';
import { callMethod } from './methods.ts';
import type { ModuleScope } from './module-scope.ts';
import { newTrace } from './trace.ts';

/** An interpreter that has not read anything yet, of files in which functions set the names in `rebound` from afar. */
export function createInterpreter(
  rebound: ReadonlySet<string>,
  libraries: readonly Library[],
  budget: Budget = new Budget(),
): Interpreter {
  let lastId = 0;
  const file: ModuleScope = { globals: new Map(), rebound, heap: new Heap(budget), symbol: null };
  return {
    file,
    libraries: meaningsOf(libraries),
    symbols: new SymbolTable(),
    lineages: new Map(),
    classIds: new Map(),
    baseLayers: new Map(),
    samples: new Map(),
    annotated: new Map(),
    trace: newTrace(),
    budget,
    newId: () => ++lastId,
    moduleOf: () => file,
    evaluate,
    execute,
    call,
    callMethod,
  };
}
