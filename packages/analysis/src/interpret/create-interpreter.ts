import { SymbolTable } from '../growth/symbol.ts';
import { call } from './call.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { Heap } from './heap.ts';
import type { Interpreter } from './interpreter.ts';
import { type Library, meaningsOf } from './library.ts';
import { callMethod } from './methods.ts';
import { newTrace } from './trace.ts';

/** Far above what the longest real model files need; a file that takes more is not understood. */
const MAX_STEPS = 150_000;

/** An interpreter that has not read anything yet, of files in which functions set the names in `rebound` from afar. */
export function createInterpreter(rebound: ReadonlySet<string>, libraries: readonly Library[]): Interpreter {
  let steps = 0;
  let lastId = 0;
  return {
    globals: new Map(),
    rebound,
    libraries: meaningsOf(libraries),
    symbols: new SymbolTable(),
    fileHeap: new Heap(),
    lineages: new Map(),
    classIds: new Map(),
    samples: new Map(),
    trace: newTrace(),
    spend: () => ++steps < MAX_STEPS,
    get exhausted() {
      return steps >= MAX_STEPS;
    },
    newId: () => ++lastId,
    evaluate,
    execute,
    call,
    callMethod,
  };
}
