import { SymbolTable } from '../growth/symbol.ts';
import { call } from './call.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { Heap } from './heap.ts';
import type { Interpreter, Trace } from './interpreter.ts';
import { type Library, meaningsOf } from './library.ts';
import { callMethod } from './methods.ts';

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

/** Runs something with a trace of its own. */
export function traced<Result>(
  interpreter: Interpreter,
  run: () => Result,
): { readonly trace: Trace; readonly result: Result } {
  const before = interpreter.trace;
  const trace = newTrace();
  interpreter.trace = trace;
  const result = run();
  interpreter.trace = before;
  return { trace, result };
}

function newTrace(): Trace {
  return {
    uses: [],
    optimizers: [],
    constructions: [],
    entered: new Set(),
    nested: new Set(),
    opaqueLayers: new Set(),
    untracked: new Set(),
  };
}
