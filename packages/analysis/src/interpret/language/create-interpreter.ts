import type { Budget } from '../../budget.ts';
import { SymbolTable } from '../../growth/symbol.ts';
import { HookOrder } from '../machine/hook-order.ts';
import type { Interpreter } from '../machine/interpreter.ts';
import { type Library, meaningsOf } from '../machine/library.ts';
import type { ModuleScope } from '../machine/module-scope.ts';
import { newTrace, unasked } from '../machine/trace.ts';
import { Guards } from '../values/guards.ts';
import { Heap } from '../values/heap.ts';
import type { Value } from '../values/value.ts';
import { Variables } from '../values/variables.ts';
import { call } from './call.ts';
import { evaluate } from './evaluate.ts';
import { execute } from './execute.ts';
import { ImportedModules } from './imports.ts';
import type { Surroundings } from './loaded-modules.ts';
import { callMethod } from './methods.ts';

/** What an interpreter is made for. */
export interface Reading {
  /** The names of the file that functions set from afar. */
  readonly rebound: ReadonlySet<string>;
  readonly libraries: readonly Library[];
  readonly budget: Budget;
  /** Null where no other module is read, not even the description of one. */
  readonly around: Surroundings | null;
  readonly joinsRounds?: boolean;
}

/** An interpreter that has not read anything yet. */
export function createInterpreter({
  rebound,
  libraries,
  budget,
  around,
  joinsRounds = false,
}: Reading): Interpreter {
  let lastId = 0;
  const elsewhere = new Heap(budget);
  const heap = new Heap(budget, elsewhere);
  const globals = new Variables<Value>([['__name__', { kind: 'text', text: '__main__' }]]);
  const file: ModuleScope = { globals, rebound, written: new Set(), heap, symbol: null };
  let imports: ImportedModules | null = null;
  const interpreter: Interpreter = {
    file,
    get imports() {
      return imports;
    },
    libraries: meaningsOf(libraries),
    symbols: new SymbolTable(),
    lineages: new Map(),
    cutLineages: new Set(),
    bases: new Map(),
    protocols: new Map(),
    altered: new Map(),
    leftToHeirs: new Map(),
    manyWays: new Set(),
    triedWays: new Set(),
    cached: new Map(),
    storedIn: new WeakMap(),
    defaults: { of: new WeakMap(), states: new Map() },
    collected: new WeakMap(),
    patched: new Set(),
    classIds: new Map(),
    baseLayers: new Map(),
    baseOptimizers: new Map(),
    makersOfOptimizers: new WeakMap(),
    swallowed: new Map(),
    givenUnread: new Set(),
    handedEmpty: new WeakSet(),
    computedDefaults: new Set(),
    models: new Set(),
    chains: { classes: new Map(), layers: new Map() },
    copies: new Map(),
    hookOrder: new HookOrder(),
    reliedRatios: new Map(),
    guards: new Guards(),
    samples: new Map(),
    annotated: new Map(),
    annotatedAny: new Map(),
    depths: new Set(),
    numbers: new Set(),
    presets: new Map(),
    presetTexts: new Map(),
    settled: new Map(),
    switches: { known: new Set(), texts: new Map(), given: new Set(), off: new Set(), chosen: new Map() },
    held: new Map(),
    givenDicts: new Map(),
    fieldsSet: new Map(),
    givenFields: new Map(),
    madeClasses: { given: new Map(), beingMade: new Set(), around: new Map() },
    settingsGiven: new Map(),
    flagsGiven: new Map(),
    choices: new Set(),
    given: new Map(),
    trace: newTrace(unasked()),
    passDepth: 0,
    yielded: null,
    calls: new Map(),
    budget,
    joinsRounds,
    newId: () => ++lastId,
    moduleOf: (part) => imports?.moduleOf(part) ?? file,
    evaluate,
    execute,
    call,
    callMethod,
  };
  if (around !== null) imports = new ImportedModules(interpreter, around, elsewhere);
  return interpreter;
}
