import type { Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import type { Guard } from '../../network/guard.ts';
import type { Layer, ParameterValue } from '../../network/layer.ts';
import type { OptimizerBuild } from '../../network/optimizer.ts';
import type { ClassStatement, FunctionStatement, LambdaExpression, Parameter } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import type { Count } from './places.ts';
import type { TensorValue } from './tensor-value.ts';
import { Variables } from './variables.ts';

/** What an expression of the code stands for, as far as is known. */
export type Value =
  | NumberValue
  | OpaqueValue
  | TextValue
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'none' }
  | ListValue
  | DictValue
  | { readonly kind: 'reference'; readonly qualified: string }
  | FunctionValue
  | { readonly kind: 'class'; readonly definition: ClassStatement }
  | PartialValue
  | ObjectValue
  | { readonly kind: 'layer'; readonly layer: Layer }
  | ParameterValue
  | { readonly kind: 'parent'; readonly receiver: ObjectValue; readonly of: ClassStatement }
  | TensorValue
  /** An optimizer. Its parameter groups are in the heap. */
  | { readonly kind: 'optimizer'; readonly build: OptimizerBuild }
  | ShapeValue
  | EitherValue
  | UnknownValue;

export interface NumberValue {
  readonly kind: 'number';
  readonly quantity: Quantity;
  /** The parameters that it is a size of, or the smallest or largest of such sizes. */
  readonly measures?: readonly ParameterValue[];
  /** Whether it is computed of such sizes, as a rate over one. */
  readonly computed?: true;
  /** Whether it is a tensor without dimensions, which whoever holds it sees changed in place. */
  readonly isTensor?: true;
  /** The configurations whose fields it is computed of, as far as these go by their class; left out where it is of none. */
  readonly holders?: ReadonlySet<Holder>;
}

/** A tensor's shape of which not all lengths are known: before those that are, others may stand, which are the data's. */
export interface ShapeValue {
  readonly kind: 'shape';
  readonly dims: readonly Quantity[];
  /** The tensor whose whole shape it is; null for a part of one. */
  readonly of: Tensor | null;
}

/** A configuration that goes by its class, as others do: an object by its id, or a parameter that has the class by its annotation. */
export type Holder = number | Parameter;

/** Something from outside: a number, an object or a function, whichever it is used as. */
export interface OpaqueValue {
  readonly kind: 'opaque';
  readonly symbol: WidthSymbol;
  /** The default of a parameter, or what the only caller passes. */
  readonly fallback: Value | null;
  /** Whether it is of the kind that its default has, a number or a list, as far as all calls tell; without a default, a number. */
  readonly isOfKind?: true;
  /** Whether it is a setting that is None unless it is given, and is taken not to be. */
  readonly isAbsent?: true;
  /** The configuration whose field it is, or which it is itself, where that goes by its class. */
  readonly holders?: ReadonlySet<Holder>;
}

export interface ListValue extends Partial<Contents> {
  readonly kind: 'list';
  readonly items: readonly Value[];
  /** Whether there may be more items like these, or fewer. */
  readonly open: boolean;
  /** Of an open list without an order: how many items it surely begins with; left out where there are none. */
  readonly front?: number;
  /** Whether it is a tuple: `t += …` makes another one and leaves it as it is. */
  readonly tuple?: true;
  /** Whether it is a generator: whoever goes through it leaves nothing of it. */
  readonly once?: true;
  /** Of an open list: what is known of the order of its items. */
  readonly order?: Order;
}

/** What is worked out of a container as it is made. */
interface Contents {
  /** How many values there are in it, with itself, as a tree. */
  readonly size: number;
  /** The kinds of all that it holds, however deep, as `kindsIn` has them. */
  readonly kinds: number;
  /** Larger than that of each container which was there when it was made: of these alone it may hold any. */
  readonly turn: number;
}

/** The item at one place stands for any number of items; those before and behind it are where they are. */
export interface Order {
  readonly at: number;
  readonly length: Count;
  /** Whether it counts rounds, of which it may be that all are alike. */
  readonly isRange?: true;
}

export interface DictValue extends Partial<Contents> {
  readonly kind: 'dict';
  /** By their keys as `keyOf` has them. */
  readonly entries: ReadonlyMap<string, Value>;
  /** The keys that are no texts, such as modules. */
  readonly keys: ReadonlyMap<string, Value>;
  /** Whether there may be more entries. */
  readonly open: boolean;
  /** Whether all but those that are listed come from outside, as those of a file that is loaded do. */
  readonly isLoaded?: true;
  /** The code that makes it, also where entries are added later. */
  readonly span?: Span;
  /** Of what a call has collected: what all else may be that it was given. */
  readonly rest?: Value;
  /** The numbers that it has under keys of which it is not known which they are, where these are all that it does not list. */
  readonly others?: Value;
  /** Whose settings the entries are that it does not list: of `**kwargs` what whoever makes a model gives that. */
  readonly asked?: AskedSettings;
  /** Whether its entries are the parts of a module, of which a name that the code puts together means some. */
  readonly isOfParts?: true;
  /** What is called for an entry that it does not have: `list` of `defaultdict(list)`. */
  readonly factory?: Value;
}

/** What a model asks of its **kwargs, by names that no parameter of its own has. */
export interface AskedSettings {
  readonly owner: WidthSymbol;
  /** Notes what is asked, so that what a call gives it counts. */
  readonly note: (name: string, symbol: WidthSymbol) => void;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly definition: FunctionStatement | LambdaExpression;
  /** What `self` is bound to. */
  readonly receiver: Value | null;
  /** The class the method was found in, where `super()` starts. */
  readonly owner: ClassStatement | null;
  readonly closure: Closure;
  /** The defaults of its parameters that are no literals, as they were where a function made it; left out where there are none. */
  readonly defaults?: ReadonlyMap<string, Value>;
  /** Whether it is the function itself, without what its decorators make of it. */
  readonly isBare?: true;
}

/** `functools.partial(callee, …)`: something to call, some of whose arguments are there already. */
export interface PartialValue extends Partial<Contents> {
  readonly kind: 'partial';
  readonly callee: Value;
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** Whether `*args` or `**kwargs` may have added more. */
  readonly open: boolean;
  /** The setting that may have added more, which is None unless it is given. */
  readonly optional?: OpaqueValue;
  /** Where it is made, if the code makes it. */
  readonly at?: Span;
}

/** What is one of several, as a condition decides. */
export interface EitherValue extends Partial<Omit<Contents, 'size'>> {
  readonly kind: 'either';
  readonly options: readonly Value[];
  /** Of two that may be called: the condition that decides, as where ways meet. */
  readonly decided?: Decided;
}

/** The condition by which the first of two is meant, or, negated, the second. */
export interface Decided {
  readonly of: 'ways';
  readonly guard: Guard;
  readonly negated?: boolean;
}

/** What a function knows of the names around it. */
export interface Closure {
  readonly locals: Variables<Value>;
  readonly capture: Capture;
}

/** The names of one run of a function, of a comprehension or of the file. */
export interface Names {
  /** The function of which they are; null for those of a comprehension or of the file. */
  readonly of: FunctionStatement | LambdaExpression | null;
  /** What was written to them, on whichever way, in order. */
  readonly writes: (readonly [name: string, value: Value])[];
  /** The names around them. */
  readonly outer: Capture;
}

/** The names that a function sees from where it is made, innermost first, each with how often they had been written to. */
export type Capture = readonly { readonly names: Names; readonly from: number }[];

/** That of a function which sees the names of the file alone. */
export const NO_CLOSURE: Closure = { locals: new Variables(), capture: [] };

/** An instance of a class of the file. Its attributes are in the heap. */
export interface ObjectValue {
  readonly kind: 'object';
  readonly id: number;
  readonly definition: ClassStatement;
  /** The call that constructed it; null for one of code that nothing calls. */
  readonly span: Span | null;
  /** The name by which a wrapper, such as DataParallel, holds the instance. */
  readonly wrapper?: string;
}

/** Nothing is known; where it has a name, its attributes are opaque. */
export interface UnknownValue {
  readonly kind: 'unknown';
  readonly symbol: WidthSymbol | null;
  /** The names of numbers that went into it; left out where none did. */
  readonly from?: ReadonlySet<WidthSymbol>;
  /** The numbers whose comparison it is. */
  readonly by?: Quantity;
  /** Whether it tells, entry by entry, what holds of something: how often it does is no more than that has entries. */
  readonly isMask?: true;
  /** Whether a loop has it of what it goes through, as it has a batch of a loader. */
  readonly isItem?: true;
  /** How many items it gives, where that is known though they are not. */
  readonly length?: Quantity;
  /** Of how many items a container of layers has, which a loop may count up to: how many stand for them. */
  readonly countsParts?: number;
  /** Whether it is of an earlier run, which has kept it in a file. */
  readonly isKept?: true;
  /** Whether it is nothing, in the place of an item that a list may not have. */
  readonly isAbsent?: true;
  /** Whether setting one of its attributes leaves all others, as of what a parser of the command line gives. */
  readonly isNamespace?: true;
  /** Of a text that the code puts together of what is known and what is not: how. */
  readonly composed?: Composed;
  /** Of a setting that is a name, spelled otherwise as the keys of a table are: what that is unless it is given another. */
  readonly spelled?: Spelled;
  /** Whose attributes it has, as the dict of an object does. */
  readonly attributesOf?: ObjectValue;
}

/** A setting, and how the name is spelled that it is by default. */
export interface Spelled {
  readonly setting: OpaqueValue;
  readonly text: string;
}

/** What a text surely begins with that the code puts together, and where it does. */
export interface Composed {
  readonly begins: string;
  readonly at: number;
  /** The number that comes next, and all that comes after it; left out where it is not so simple. */
  readonly next?: { readonly number: Value; readonly ends: string };
}

/** What an earlier run has kept in a file. */
export const KEPT: Value = { kind: 'unknown', symbol: null, isKept: true };

/** Nothing is known. */
export const UNKNOWN: Value = { kind: 'unknown', symbol: null };

/** What stands for an item where a list or dict does not have it: nobody calls it, and it is no part of a model. */
export const ABSENT: Value = { kind: 'unknown', symbol: null, isAbsent: true };

/** A part of something unknown: the numbers that went into the whole may have gone into it, and of a batch it is a part, too. */
export function partOfUnknown(whole: Value): Value {
  if (whole.kind !== 'unknown') return UNKNOWN;
  const from = whole.from !== undefined && whole.from.size > 0 ? { from: whole.from } : {};
  const item = whole.isItem === true ? { isItem: true as const } : {};
  return 'from' in from || 'isItem' in item ? { kind: 'unknown', symbol: null, ...from, ...item } : UNKNOWN;
}

export const NONE: Value = { kind: 'none' };

/** Longer texts name nothing. */
const MAX_TEXT = 10_000;

export interface TextValue {
  readonly kind: 'text';
  readonly text: string;
  /** Whether it is the path of a part of a model, as PyTorch gives it: what is looked up by it may differ from part to part. */
  readonly isPath?: true;
}

/** A text; one of which nothing is known where it is too long to name anything. */
export function text(characters: string): Value {
  return characters.length > MAX_TEXT ? UNKNOWN : { kind: 'text', text: characters };
}

export function number(quantity: Quantity): NumberValue {
  return { kind: 'number', quantity };
}

/** Whether a value stands for an item that is not there. */
export function isAbsent(value: Value): boolean {
  return value.kind === 'unknown' && value.isAbsent === true;
}
