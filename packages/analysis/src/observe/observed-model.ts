import type { Quantity } from '../growth/quantity.ts';
import type { WidthSymbol } from '../growth/symbol.ts';
import type { ReliedRatio } from '../interpret/values/size-order.ts';
import type { Tensor } from '../network/graph.ts';
import type { InitWrite } from '../network/init.ts';
import type { Frozen, Layer } from '../network/layer.ts';
import type {
  CoupledDecay,
  Gradient,
  OptimizerGroup,
  OptimizerStep,
  UpdateRule,
} from '../network/optimizer.ts';
import type { Span } from '../syntax/span.ts';

/**
 * A model as running its code has shown it.
 *
 * Plain data: whatever can say this of a model, in any language, can have it judged.
 */
export interface ObservedModel {
  readonly name: string;
  /** The class's name in its definition; of a chain what it is given to, or the call that makes it. */
  readonly span: Span;
  /** Whether its text, or that of a class in it, does not parse. */
  readonly broken: boolean;
  /** Of a chain of layers without a class the call that makes it. */
  readonly chain: Span | null;
  /** Whether code that is no model's own says how large it is, or what it is handed to be made of: by that code's names. */
  readonly isSizedOutside: boolean;
  /** Every parameter, in the framework's order, and each layer that may have some that are not read. */
  readonly parameters: readonly ObservedParameter[];
  /** What the forward pass returns, losses too, as tensors of its graph. */
  readonly forward: readonly Tensor[];
  readonly optimizers: readonly ObservedOptimizer[];
  /** Whether the code that may train it is not read, so that nothing is known of its optimizers. */
  readonly isTrainingUnread?: true;
  /** What may be done to it before it is trained, and what of that is taken for granted. */
  readonly unseen: {
    /** Methods that nobody in sight calls and that initialize it: they are taken to be called. */
    readonly called: readonly string[];
    /** Methods that make other values of its parameters in a way that is not read: they are taken not to be called. */
    readonly notCalled: readonly string[];
    /** Inputs that the forward pass can do without: they are taken not to be given. */
    readonly notGiven: readonly string[];
    /** Whether the code may go on with an earlier run, whose weights started as those of a new one do. */
    readonly goesOn: boolean;
    /** Whether the shapes that say what of it grows are not seen: they stand in a file, or may not be set. */
    readonly baseShapes: boolean;
    /** A function that says what it is made of, which is taken to be the one, as nobody in sight makes it; null where none is. */
    readonly configuredBy: string | null;
    /** Settings that decide what it is made of, as it is made: `depth = '11'`. */
    readonly settings: readonly string[];
    /** What functions that nobody in sight calls are taken to be given, as a default of theirs names it: `optimizer = 'AdamW'`. */
    readonly chosen: readonly string[];
    /** Switches of scripts that are off by default and turn on what is not read: they are taken to be off. */
    readonly off: readonly string[];
    /** Whether all others that choose among ways are taken to be left at their defaults. */
    readonly atDefaults: boolean;
  };
  /** Whether its parameters are given shapes that say what of them grows, for optimizers and initializers that know. */
  readonly hasBaseShapes: boolean;
  /** The calls that give it such shapes: those of another model, or its own. */
  readonly baseShapes: readonly BaseShapesGiven[];
  /** What each place that makes such a model passes for its parameters. */
  readonly calls: readonly ReadonlyMap<WidthSymbol, Quantity>[];
  /** What some call that makes a model to train leaves at its default. */
  readonly left: ReadonlySet<WidthSymbol>;
  /** Those of the calls that make models of which the shapes alone are used: what they are given stays as another model grows. */
  readonly yardsticks: ReadonlySet<ReadonlyMap<WidthSymbol, Quantity>>;
  /** What code that is not read makes settings of that such a place passes: 1, unless that grows. */
  readonly madeOf: ReadonlyMap<WidthSymbol, readonly Quantity[]>;
  /** The names of numbers that may be part of what it is made with, where that comes from something that is not read. */
  readonly mayBeGiven: ReadonlySet<WidthSymbol>;
  /** What the instances of configuration classes are given for settings of theirs, or leave at what they are. */
  readonly settingsGiven: ReadonlyMap<WidthSymbol, readonly Quantity[]>;
  /** The parameters in which models differ that are made to show what of it grows, as base and delta are. */
  readonly baseVaries: ReadonlySet<WidthSymbol>;
  /** How many rounds it takes to make layers one by one. */
  readonly depths: ReadonlySet<WidthSymbol>;
  /** Names in its parameters' dimensions that stand for something else in each round of a loop. */
  readonly varying: ReadonlySet<WidthSymbol>;
  /** The numbers that the code gives names which nobody gives another. */
  readonly presets: ReadonlyMap<WidthSymbol, number>;
}

/** A call that gives a model base shapes. */
export interface BaseShapesGiven {
  readonly span: Span;
  readonly base: 'another' | 'own';
  /** Its parameters that have other numbers in the two models whose shapes say what grows. */
  readonly differs: ReadonlySet<WidthSymbol>;
  /** Whether an optimizer that asks for them was made before, by the same code. */
  readonly isLate: boolean;
}

/** A parameter, and what became of it. */
export interface ObservedParameter extends ParameterPlace {
  /** In the framework's order; null where not even how many there are is known. */
  readonly dims: readonly Quantity[] | null;
  /** Null where the code chooses whether there is one, and the choice is not known. */
  readonly present: true | null;
  /** What that choice is of, as the code calls it, where that is known. */
  readonly hangsOn: readonly string[];
  /** What may have initialized it last, wherever the model is made. */
  readonly inits: readonly InitWrite[];
  /** Where else the model has the same tensor: tied weights are one parameter. */
  readonly aliases: readonly ParameterPlace[];
  /** The lines that make it one tensor with another parameter. */
  readonly ties: readonly Span[];
  /** The lines by which other parts of the model have it, too, as they are handed it. */
  readonly handed: readonly Span[];
  /** Other parameters of the model that it is, too, on a condition. */
  readonly mayBe: readonly PerhapsTied[];
  /** What is taken for granted of its sizes, where code chooses by them how it starts or is trained. */
  readonly relies: readonly ReliedRatio[];
  /** Whether it may be kept from being trained. */
  readonly frozen: Frozen;
  /** Whether it is initialized once more wherever base shapes were set before. */
  readonly startsAfterBaseShapes: boolean;
  /** Whether code that uses the model has put a layer of other sizes in the place of its own, wherever it makes one. */
  readonly isReplaced: boolean;
  /** Whether the forward pass keeps no gradient for it. */
  readonly untracked: boolean;
  readonly spans: {
    /** Where the attribute of the model that holds it is assigned. */
    readonly attribute: Span | null;
    /** Where the attribute is assigned that has it, of each part that it stands in, under each of its names. */
    readonly holders: readonly Span[];
    readonly constructor: Span;
  };
}

/** A parameter that another one may be, and the line that makes it so. */
export interface PerhapsTied extends ParameterPlace {
  readonly span: Span;
}

/** Where a parameter is. */
export interface ParameterPlace {
  /** As the framework names it: `fc2.weight`, `layers.0.bias`; of a layer that is not read, the layer's. */
  readonly path: string;
  readonly layer: Layer;
  /** Its name in the layer; null where the layer's inside is not read, so that it may have any. */
  readonly which: string | null;
}

/** An optimizer that trains some of the weights. */
export interface ObservedOptimizer {
  /** Null for one whose updates are not modeled. */
  readonly update: UpdateRule | null;
  /** Whether it orthogonalizes or preconditions whole matrices; null where that depends on the group. */
  readonly isMatrix: boolean | null;
  /** The rate that its call leaves out, as code would write it; null where that gives one. */
  readonly leftOutRate: string | null;
  /** Null where decay does not go by the rate so, or that is not known. */
  readonly coupledDecay: CoupledDecay | null;
  readonly qualified: string;
  /** The call that makes it. */
  readonly span: Span;
  /** Its groups at each step that the code takes; where none is seen, as the code leaves them. */
  readonly steps: readonly ObservedStep[];
}

export interface ObservedStep extends Omit<OptimizerStep, 'groups' | 'started'> {
  readonly groups: readonly ObservedGroup[];
  /** The same as they were when they were made. */
  readonly started: readonly ObservedGroup[];
}

/** A parameter group: its parameters, and what they are trained with. */
export interface ObservedGroup extends Omit<OptimizerGroup, 'members'> {
  readonly members: readonly ObservedMember[];
}

/** A parameter in a group. */
export interface ObservedMember {
  /** A tied parameter may go by any of its names. */
  readonly path: string;
  /** Whether a condition that is not known decides if the group has it. */
  readonly perhaps: boolean;
  /** Which of the model's calls has made the model that it belongs to; null for one that is read without a call. */
  readonly call: number | null;
  readonly gradient: Gradient;
}
