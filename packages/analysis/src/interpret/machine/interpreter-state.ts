import type { Budget } from '../../budget.ts';
import type { Quantity } from '../../growth/quantity.ts';
import type { SymbolTable, WidthSymbol } from '../../growth/symbol.ts';
import type { InitWrite } from '../../network/init.ts';
import type { Layer, ParameterValue } from '../../network/layer.ts';
import type { OptimizerBuild } from '../../network/optimizer.ts';
import type { ClassStatement, FunctionStatement, LambdaExpression, Parameter } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import type { Guards } from '../values/guards.ts';
import type { Heap } from '../values/heap.ts';
import type { ReliedRatio } from '../values/size-order.ts';
import type { ObjectValue, Value } from '../values/value.ts';
import type { CalledFrom } from './called-from.ts';
import type { HandedOn } from './given-arguments.ts';
import type { HookOrder } from './hook-order.ts';
import type { MadeClasses } from './made-classes.ts';
import type { ModuleScope } from './module-scope.ts';
import type { HeldByModule, Imports } from './other-modules.ts';
import type { Trace } from './run-trace.ts';

/** A parameter whose entries are those of a tensor, and how it started when it was given them. */
export interface StoredIn {
  readonly parameter: ParameterValue;
  readonly writes: readonly InitWrite[] | null;
}

/** What an interpreter knows of the code and of what its runs have done so far. */
export interface InterpreterState {
  /** The file that is analysed. */
  readonly file: ModuleScope;
  /** Null where nothing around the file is read. */
  readonly imports: Imports | null;
  readonly symbols: SymbolTable;
  /** Each class with those it inherits from, once they have been looked up. */
  readonly lineages: Map<ClassStatement, readonly ClassStatement[]>;
  /** The classes of which not all that they inherit from are looked through, as they are too many. */
  readonly cutLineages: Set<ClassStatement>;
  /** What each class names as its bases, and how it is run where that makes it a module, once they have been looked up. */
  readonly bases: Map<ClassStatement, readonly Value[]>;
  readonly protocols: Map<ClassStatement, ModuleProtocol | null>;
  /** What gives each class other methods than its text says; null where nothing does. */
  readonly altered: Map<ClassStatement, string | null>;
  /** Of a base that nobody in sight makes by itself, what those that inherit from it set. */
  readonly leftToHeirs: Map<ClassStatement, ReadonlySet<string>>;
  /** The classes whose constructors make models of which all ways are too much. */
  readonly manyWays: Set<ClassStatement>;
  /** Those of which that was tried where code makes a model with them. */
  readonly triedWays: Set<ClassStatement>;
  readonly madeClasses: MadeClasses;
  /** The numbers that functions have given which give them again, with what these were given. */
  readonly cached: Map<FunctionStatement, readonly CachedResult[]>;
  /** The parameters that have the entries of a tensor. */
  readonly storedIn: WeakMap<Value, readonly StoredIn[]>;
  /** The lists and dicts that parameters have where they are not given others, and what calls have made of those. */
  readonly defaults: {
    readonly of: WeakMap<Value, Parameter>;
    readonly states: Map<Parameter, readonly Value[]>;
  };
  /** What *args and **kwargs collect of that which whoever makes a model gives it beside what its constructor names. */
  readonly collected: WeakMap<Value, HandedOn>;
  /** What code has set of the layers of libraries: `torch.nn.Linear.forward`. */
  readonly patched: Set<string>;
  /** Under what the store keeps what is assigned to each class. */
  readonly classIds: Map<ClassStatement, number>;
  /** What objects are whose class inherits from a layer of a framework, by their ids, which the layers have, too. */
  readonly baseLayers: Map<number, Layer>;
  /** What objects are whose class inherits from an optimizer of a framework, by their ids. */
  readonly baseOptimizers: Map<number, OptimizerBuild>;
  /** The functions that ran where each optimizer was made. */
  readonly makersOfOptimizers: WeakMap<OptimizerBuild, readonly (FunctionStatement | LambdaExpression)[]>;
  /** Instances of configuration classes made of symbols alone. */
  readonly samples: Map<ClassStatement, Sample | null>;
  /** The classes that parameters are annotated with, by what owns the fields of such a parameter. */
  readonly annotated: Map<WidthSymbol, ClassStatement>;
  /** Of parameters that are annotated with several classes, those. */
  readonly annotatedAny: Map<WidthSymbol, readonly ClassStatement[]>;
  /** The numbers that the code gives names which nobody gives another. */
  readonly presets: Map<WidthSymbol, number>;
  /** The texts that parameters of functions are unless somebody gives them others. */
  readonly presetTexts: Map<WidthSymbol, string>;
  /** How many rounds it takes to make layers one by one: the depths of models. */
  readonly depths: Set<WidthSymbol>;
  /** Parameters of constructors that the constructor multiplies or makes layers of, so that they are no functions. */
  readonly numbers: Set<WidthSymbol>;
  /** What settings are taken to be where they decide what else is looked up. */
  readonly settled: Map<WidthSymbol, Value>;
  /**
   * The names of a script's switches that are off unless it is given them, of what its own code gives, and of those that are
   * taken to be off; and the texts that its settings have unless they are given others, null where there are two, with the
   * settings that are taken to have theirs, as they choose an optimizer.
   */
  readonly switches: {
    readonly known: Set<string>;
    readonly texts: Map<string, string | null>;
    readonly given: Set<string>;
    readonly off: Set<string>;
    readonly chosen: Map<string, string>;
  };
  /** Where modules hold lists and dicts that functions have come to, by what they were when these asked for them. */
  readonly held: Map<Value, HeldByModule>;
  /** The dicts that models were given, and what became of each, by what it was at any time. */
  readonly givenDicts: Map<Value, Value[]>;
  /** The fields that code sets elsewhere of objects that modules have names for, `*` for any, by the objects' ids. */
  readonly fieldsSet: Map<number, Set<string>>;
  /** What each configuration was given for fields that go by their names, by its id. */
  readonly givenFields: Map<number, ReadonlyMap<string, Value>>;
  /** What configurations were given for settings of their class, which stand for all of that. */
  readonly settingsGiven: Map<WidthSymbol, readonly Quantity[]>;
  /** What code gives the settings of configurations that choose, as far as it is seen. */
  readonly flagsGiven: Map<WidthSymbol, readonly Value[]>;
  /** Settings of configurations that are a text or a number unless they are given another: what is held against them may choose. */
  readonly choices: Set<WidthSymbol>;
  /** What code in sight gives to fields that are None unless they are given. */
  readonly given: Map<WidthSymbol, Value>;
  /** What the present run has done; `traced` gives a run its own. */
  trace: Trace;
  /** How many forward passes are gone through, each in the one before. */
  passDepth: number;
  /** What the generator that runs has yielded; null outside of one. */
  yielded: Yielded | null;
  /** The names of numbers that have become part of something from outside, by its name. */
  readonly swallowed: Map<WidthSymbol, Set<WidthSymbol>>;
  /** The names under which calls that are not followed, which may make a model, are given what is computed of numbers. */
  readonly givenUnread: Set<string>;
  /** Lists that code which is not read was handed while nothing was in them, and may have filled. */
  readonly handedEmpty: WeakSet<Value>;
  /** The settings of scripts that are computed of numbers unless they are given. */
  readonly computedDefaults: Set<string>;
  /** The objects and chains of layers that are models by themselves, by their ids. */
  readonly models: Set<number>;
  /** Chains of layers that code makes which is no model's own. */
  readonly chains: Chains;
  /** Of what objects are copies, by their ids. */
  readonly copies: Map<number, number>;
  /** When hooks were registered that are not followed. */
  readonly hookOrder: HookOrder;
  /** What is taken for granted of the sizes of each parameter where code compares them, by the parameter's key. */
  readonly reliedRatios: Map<string, readonly ReliedRatio[]>;
  /** What conditions test, as far as two may test the same. */
  readonly guards: Guards;
  /** The calls by which the analysed text came to other files, by their places. */
  readonly calls: Map<Span, CalledFrom>;
  /** What is left of the work that reading the file may take. */
  readonly budget: Budget;
  /** Whether loops over data go round as often as they may, however many items are known. */
  readonly joinsRounds: boolean;
}

/** What a generator gives as it runs. */
export interface Yielded {
  readonly values: Value[];
  /** What was so at the first `yield`, where whoever goes through it may leave it; null where it has come to none. */
  left: Heap | null;
}

/** Chains of layers, as `nn.Sequential(…)` makes them, that no class defines: all that one line makes are one model. */
export interface Chains {
  /** What stands for the class that each would have, by the place of its line. */
  readonly classes: Map<number, ClassStatement>;
  /** Those that code makes which is no model's own, by their ids. */
  readonly layers: Map<number, Layer>;
}

/** A number that a function has given, which gives it again where it is given the same. */
export interface CachedResult {
  readonly given: readonly Value[];
  readonly made: Value;
}

/** An instance of a configuration class made of symbols alone. */
export interface Sample {
  readonly object: ObjectValue;
  readonly heap: Heap;
}

/** How the modules of a framework are run. */
export interface ModuleProtocol {
  /** The method that is the forward pass. */
  readonly forward: string;
  /** What a base is where it is more than a module: a layer with parameters, or a container of other modules. */
  readonly base?: 'layer' | 'container';
}
