import { Budget } from '../budget.ts';
import { SymbolTable } from '../growth/symbol.ts';
import { call } from './call.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { Heap } from './heap.ts';
import type { Interpreter } from './interpreter.ts';
import { type Library, meaningsOf } from './library.ts';
import { callMethod } from './methods.ts';
import { newTrace } from './trace.ts';

/** An interpreter that has not read anything yet, of files in which functions set the names in `rebound` from afar. */
export function createInterpreter(
  rebound: ReadonlySet<string>,
  libraries: readonly Library[],
  budget: Budget = new Budget(),
): Interpreter {
  let lastId = 0;
  return {
    globals: new Map(),
    rebound,
    libraries: meaningsOf(libraries),
    symbols: new SymbolTable(),
    fileHeap: new Heap(budget),
    lineages: new Map(),
    classIds: new Map(),
    samples: new Map(),
    trace: newTrace(),
    budget,
    newId: () => ++lastId,
    evaluate,
    execute,
    call,
    callMethod,
  };
}
