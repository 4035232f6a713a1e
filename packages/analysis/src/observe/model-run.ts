import type { WidthSymbol } from '../growth/symbol.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { OptimizerStepping } from '../interpret/machine/run-trace.ts';
import type { ModuleValue } from '../interpret/modules/modules.ts';
import type { Heap } from '../interpret/values/heap.ts';
import type { Value } from '../interpret/values/value.ts';
import type { Tensor } from '../network/graph.ts';
import type { Layer } from '../network/layer.ts';
import type { ClassStatement } from '../syntax/ast.ts';

/** What the constructor of a model was given. */
export interface Given {
  /** By its names; null for a model that is built from symbols alone. */
  readonly bound: ReadonlyMap<string, Value> | null;
  /** What the model's own code knows of each of them. */
  readonly known: ReadonlyMap<string, WidthSymbol>;
}

/** An instance of a model, and what had been done to it in the end. */
export interface Instance extends Given {
  readonly object: ModuleValue;
  readonly heap: Heap;
  /** The states in which optimizers take steps beside it. */
  readonly atSteps: readonly Heap[];
  /** Which parameters of its constructor the call leaves at their defaults. */
  readonly left: ReadonlySet<string>;
  /** The same of the models that it was handed, and of those in them. */
  readonly parts: readonly Given[];
  /** The same of the models of other classes that are made beside it: `Head(encoder.features)` goes by the encoder's name. */
  readonly beside: readonly Given[];
  /** The store when it had been made; null for the one that is built from symbols alone. */
  readonly built: Heap | null;
  /** Whether it is made for its shapes alone, which another one is held to. */
  readonly isYardstick: boolean;
}

/** What a model is read with, and where the modules are that are among it. */
export interface Presets {
  readonly given: ReadonlyMap<string, Value>;
  /** Null where it is given none. */
  readonly heap: Heap | null;
  /** The instance that was handed these modules. */
  readonly handed?: number | undefined;
}

/** What a model is made of, as a function says that makes a configuration for it. */
export interface Configured extends Presets {
  /** The function, `presets.small`, and what it is taken to be given, `attention = 'flex'`. */
  readonly by: string;
  readonly settings: readonly string[];
  /** Another one, where this is of more layers than there is work for. */
  readonly another?: () => Configured | undefined;
}

/** What a model was after a method. */
export interface Later {
  readonly method: string;
  /** Null of a method that takes more work than there is: what it does is not known. */
  readonly heap: Heap | null;
}

/** All that running the code has shown of one model class, as the interpreter left it. */
export interface ModelRun {
  readonly interpreter: Interpreter;
  readonly definition: ClassStatement;
  /** Whether it is a chain of layers that has no class. */
  readonly isClassless: boolean;
  /** Whether it is handed modules to be made of, whose sizes are not its own. */
  readonly isHandedParts: boolean;
  /** What it is made of where nobody in sight makes one. */
  readonly configured: Configured | null;
  /** Whether its settings are taken to be left at their defaults. */
  readonly atDefaults: boolean;
  /** Switches of configurations that are taken to be what their classes say, by its code and by that which makes it. */
  readonly flags: ReadonlyMap<WidthSymbol, Value>;
  /** Built from symbols alone: the model's layers are its layers. */
  readonly pattern: Instance;
  /** The instances that the file's own code makes. */
  readonly instances: readonly Instance[];
  /** The instance whose parts the pattern has, where it is none of those: their sizes are what that was made with. */
  readonly handed: Instance | undefined;
  /** Methods that nobody in sight calls and that initialize the model: they are taken to be called. */
  readonly initializers: readonly string[];
  /** What the pattern was after each other method that the file's own code does not call. */
  readonly later: readonly Later[];
  readonly forward: readonly Tensor[];
  /** Inputs of the forward pass that are taken not to be given. */
  readonly notGiven: readonly string[];
  readonly opaqueLayers: ReadonlySet<Layer>;
  /** Layers of the forward pass that no gradient reaches. */
  readonly untracked: ReadonlySet<Layer>;
  /** The steps that optimizers take; of one that is never seen to take any, the state that the code leaves it in. */
  readonly training: readonly OptimizerStepping[];
}
