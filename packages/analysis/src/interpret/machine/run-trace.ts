import type { Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import type { Layer } from '../../network/layer.ts';
import type { OptimizerBuild, UnreadEffect } from '../../network/optimizer.ts';
import type { ClassStatement, FunctionStatement, LambdaExpression } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import type { Attributes } from '../values/attribute-state.ts';
import type { Heap } from '../values/heap.ts';
import type { HandedParameters, ParameterStore } from '../values/parameter-store.ts';
import type { Closure, Value } from '../values/value.ts';
import type { Arguments } from './given-arguments.ts';

/** A model constructed by code that is no model itself, with what its parameters were given. */
export interface Construction {
  readonly definition: ClassStatement;
  readonly objectId: number;
  readonly bound: ReadonlyMap<string, Value>;
  /** Which parameters the call leaves at their defaults. */
  readonly left: ReadonlySet<string>;
  /** What its code knows of each of them. */
  readonly known: ReadonlyMap<string, WidthSymbol>;
  /** The store when it had been made. */
  readonly built: Heap;
  /** The call. */
  readonly span: Span;
}

/** A step of an optimizer. */
export interface OptimizerStepping {
  readonly build: OptimizerBuild;
  readonly heap: Heap;
  /** What code that is not seen to be run with it may do to its gradients; null where there is nothing of that kind. */
  readonly clipped: UnreadEffect | null;
}

/** What code makes of the rate of a group that is from outside: another one, or the same times or over a factor. */
export type ForeignRate =
  | { readonly set: Quantity }
  | { readonly by: 'multiply' | 'divide'; readonly factor: Quantity };

/** What code does to optimizers that nobody in sight hands it. */
export interface ForeignOptimizers {
  asksGroups: boolean;
  readonly rates: ForeignRate[];
  /** Functions that write rates and that somebody has, who may call them. */
  readonly writers: Set<FunctionStatement>;
}

/** What each thing that a model is given has been multiplied by, at its place or under its name; 1 is left out. */
export interface GivenInputs {
  readonly positional: ReadonlyMap<number, Quantity>;
  readonly named: ReadonlyMap<string, Quantity>;
}

/** One of the tensors that a call of a model gives, by its place among them. */
export interface ModelOutput {
  /** The model's id. */
  readonly model: number;
  readonly at: number;
  readonly given: GivenInputs;
}

/** What a run of the code has done, in order. */
export interface Trace extends Following {
  /** What models that stand by themselves have given to code that is not their own; one may give on what another gives. */
  readonly outputs: Map<Tensor, readonly ModelOutput[]>;
  /** What functions that are known to be losses have made. */
  readonly losses: Set<Tensor>;
  /** What code that is not read has made. */
  readonly unread: Set<Tensor>;
  /** Those of which the code takes gradients. */
  readonly descended: Set<Tensor>;
  /** Where it takes those of something of which nothing is known. */
  readonly descendedUnread: Span[];
  /** The layers with parameters that a tensor went through, at each application. */
  readonly applied: Layer[];
  readonly optimizers: OptimizerBuild[];
  /** Each step that an optimizer took, with the state it took it in. */
  readonly steps: OptimizerStepping[];
  /** Those that had taken a step when this began. */
  readonly steppedBefore: ReadonlySet<OptimizerBuild>;
  /** What cuts gradients of parameters that are not at hand. */
  readonly clips: UnreadEffect[];
  readonly foreign: ForeignOptimizers;
  readonly constructions: Construction[];
  readonly entered: Set<FunctionStatement | LambdaExpression>;
  /** Classes that became part of a model. */
  readonly nested: Set<ClassStatement>;
  /** Layers of libraries that are not read, and that a tensor went through. */
  readonly opaqueLayers: Set<Layer>;
  /** Attributes of modules that were called and of which nothing is known, by the ids of the modules. */
  readonly calledUnread: Map<number, ReadonlySet<string>>;
  /** Layers that a tensor went through without leaving a gradient. */
  readonly untracked: Set<Layer>;
  /** Where something that is not read may have made another one of a model, of its weights or of its gradients. */
  readonly unreadChanges: Span[];
  /** Switches of configurations that were taken to be what their classes say. */
  readonly flags: Map<WidthSymbol, Value>;
  /** Where blocks stand that it came to and that are nested too deep to be read. */
  readonly leftOut: Set<number>;
}

/** What becomes of modules by being handed to code which is not read: no more of it if they are handed to it again. */
export interface HandedOver {
  readonly parameters: HandedParameters;
  /** What may multiply what they give, from their next call on. */
  readonly hooks: Attributes;
}

/** A forward pass of an object that changed nothing, or nothing that another one changes again: that makes the like of the like. */
export interface FollowedPass {
  readonly method: FunctionStatement;
  readonly attributes: Attributes;
  readonly args: Arguments;
  readonly made: Value;
  /** A layer that a tensor went through, where one did. */
  readonly applied: Layer | null;
  /** The modules that it handed to code which is not read. */
  readonly handed: HandedOver;
  readonly unreadChanges: readonly Span[];
}

/** What a call of a function may hang on beside the values that it is given. */
export interface ReliedOn {
  /** The attributes of objects and layers, and the groups of optimizers, by their ids. */
  readonly states: ReadonlyMap<number, Attributes>;
  /** Which parameters of these layers are trained, and which are others. */
  readonly parameters: ParameterStore;
  /** Names around the function that it, or a function that it names, has among its words. */
  readonly names: ReadonlyMap<string, Value>;
}

/** A call of a function that showed nothing of what is done to models: another on the like shows as little. */
export interface FollowedCall {
  readonly receiver: Value | null;
  readonly closure: Closure;
  readonly args: Arguments;
  readonly on: ReliedOn;
  readonly made: Value;
  /** What it showed beside: what models gave in it, and what was made of that. */
  readonly noted: Trace;
}

/** Functions that showed nothing of what is done to models. */
export interface FollowedCalls {
  /** Their calls, by their definitions. */
  readonly made: Map<FunctionStatement, readonly FollowedCall[]>;
  /** Those that show nothing whatever they are given. */
  readonly idle: Set<FunctionStatement>;
  /** Those that may show something, and take long. */
  readonly busy: Set<FunctionStatement>;
}

/** How forward passes are followed. */
export interface Following {
  /** Those that have been, by their objects. */
  readonly passes: Map<number, FollowedPass[]>;
  /** Whether each is followed, be it like one of those, as its tensors are asked for. */
  readonly followsAll: boolean;
  /** The functions that need not be run again; null where a model's own forward pass runs. */
  readonly calls: FollowedCalls | null;
  /** Told of what the model is given and its code uses as something else than a tensor, as a cache. */
  readonly usedAsObject: (given: Tensor) => void;
  /** Told of each tensor of which the code asks whether it is None. */
  readonly askedForNone: (tensor: Tensor) => void;
}
