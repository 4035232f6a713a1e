import type { Budget } from '../../budget.ts';
import type { Quantity } from '../../growth/quantity.ts';
import type { SymbolTable, WidthSymbol } from '../../growth/symbol.ts';
import type { Tensor } from '../../network/graph.ts';
import type { Layer } from '../../network/layer.ts';
import type { OptimizerBuild, UnreadEffect } from '../../network/optimizer.ts';
import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  LambdaExpression,
  Statement,
} from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import type { Attributes } from '../values/attribute-state.ts';
import { either } from '../values/either.ts';
import type { Guards } from '../values/guards.ts';
import { Heap } from '../values/heap.ts';
import { chosenTogether } from '../values/looked-up.ts';
import { type Meeting, WAYS } from '../values/meeting.ts';
import type { Capture, Closure, Names, ObjectValue, OpaqueValue, Value } from '../values/value.ts';
import { comparison } from '../values/value-size.ts';
import type { ModuleScope } from './module-scope.ts';

/** What a frame has: the names of one function call, and where it stands. */
export interface FrameState {
  readonly interpreter: Interpreter;
  readonly locals: Map<string, Value>;
  readonly names: Names;
  readonly heap: Heap;
  /** The module that the code stands in. */
  readonly module: ModuleScope;
  /** What owns the names that this code gives to numbers: a class, a function, its module. */
  readonly scope: WidthSymbol | null;
  /** The functions being run, outermost first. */
  readonly stack: readonly (FunctionStatement | LambdaExpression)[];
  /** Whether a model is being constructed: then classes made here are its parts. */
  readonly building: boolean;
  /** The innermost `try` whose body is being run; null outside. */
  readonly attempt: Attempt | null;
}

/** The work of a fork, beside that of each name it copies. */
const FORK = 8;

/** Where code runs. Forked where the code forks, joined where its ways meet. */
export class Frame implements FrameState {
  readonly interpreter: Interpreter;
  readonly locals: Map<string, Value>;
  readonly names: Names;
  readonly heap: Heap;
  readonly module: ModuleScope;
  readonly scope: WidthSymbol | null;
  readonly stack: readonly (FunctionStatement | LambdaExpression)[];
  readonly building: boolean;
  readonly attempt: Attempt | null;

  constructor({ interpreter, locals, names, heap, module, scope, stack, building, attempt }: FrameState) {
    this.interpreter = interpreter;
    this.locals = locals;
    this.names = names;
    this.heap = heap;
    this.module = module;
    this.scope = scope;
    this.stack = stack;
    this.building = building;
    this.attempt = attempt;
  }

  evaluate(expression: Expression): Value {
    return this.interpreter.evaluate(expression, this);
  }

  execute(body: readonly Statement[]): Completion {
    return this.interpreter.execute(body, this);
  }

  call(callee: Value, args: Arguments, span: Span): Value {
    return this.interpreter.call(callee, { args, frame: this, span });
  }

  /** Gives a name of this frame a value. */
  bind(name: string, value: Value): void {
    this.locals.set(name, value);
    this.names.writes.push([name, value]);
  }

  /** What a function that is made here sees of names that are written to later. */
  capture(): Capture {
    return [{ names: this.names, from: this.names.writes.length }, ...this.names.outer];
  }

  /** A frame that differs in this and shares the rest, names and store included. */
  with(change: Partial<Omit<FrameState, 'interpreter'>>): Frame {
    return new Frame({
      interpreter: this.interpreter,
      locals: change.locals ?? this.locals,
      names: change.names ?? this.names,
      heap: change.heap ?? this.heap,
      module: change.module ?? this.module,
      scope: change.scope === undefined ? this.scope : change.scope,
      stack: change.stack ?? this.stack,
      building: change.building ?? this.building,
      attempt: change.attempt === undefined ? this.attempt : change.attempt,
    });
  }

  /** Where a part of the code is evaluated that stands outside of every function, maybe in another module. */
  elsewhere(part: { readonly span: Span }): Frame {
    return this.with({ locals: new Map(), module: this.interpreter.moduleOf(part) });
  }

  /** A frame that goes its own way. */
  fork(): Frame {
    this.interpreter.budget.spend(FORK + this.locals.size);
    return this.with({ locals: new Map(this.locals), heap: new Heap(this.heap) });
  }

  /** Becomes what it may be after any of its forks. */
  join(forks: readonly Frame[], meeting: Meeting = WAYS): void {
    const [first, ...rest] = forks;
    if (first === undefined) return;
    const locals = rest.length === 0 ? first.locals : new Map(first.locals);
    for (const fork of rest) {
      this.interpreter.budget.spend(2 * fork.locals.size);
      const differing: (readonly [name: string, mine: Value, theirs: Value])[] = [];
      for (const [name, theirs] of fork.locals) {
        const mine = locals.get(name);
        if (mine === theirs) continue;
        if (mine === undefined) locals.set(name, theirs);
        else differing.push([name, mine, theirs]);
      }
      const how = chosenTogether(
        meeting,
        differing.map(([, ...both]) => both),
      );
      for (const [name, mine, theirs] of differing) {
        this.interpreter.budget.spend(comparison(mine, theirs));
        locals.set(name, either([mine, theirs], how));
      }
    }
    for (const [name, value] of locals) this.locals.set(name, value);
    this.heap.join(
      forks.map((fork) => fork.heap),
      meeting,
    );
  }
}

/** The states in which an exception may leave the body of a `try`. */
export interface Attempt {
  /** How many functions are being run where the `try` stands. */
  readonly depth: number;
  readonly states: Frame[];
}

/** What a call was given. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** Whether `*args` or `**kwargs` may add more. */
  readonly open: boolean;
  /** What that is, or is made of; left out where nobody is seen to add anything. */
  readonly rest?: Value;
  /** What stands behind `*` or `**` where that is one setting from outside, which has whatever it is asked for. */
  readonly settings?: OpaqueValue;
}

/** One call: what it was given, by which code, and where. */
export interface CallSite {
  readonly args: Arguments;
  readonly frame: Frame;
  readonly span: Span;
  /** The object of a class of the file whose base a layer is that the call constructs: the two are one. */
  readonly baseOf?: ObjectValue;
}

/** How a block of statements ended. */
export interface Completion {
  /** Whether the statement after it runs. */
  readonly falls: boolean;
  readonly returns: readonly { readonly value: Value; readonly heap: Heap }[];
  /** States at `break` and `continue`. */
  readonly leaves: readonly { readonly how: 'break' | 'continue'; readonly frame: Frame }[];
}

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

/** One attribute gets its value, there in the code. */
export interface AttributeChange {
  readonly name: string;
  readonly value: Value;
  readonly span: Span;
}

/** What libraries mean to the code that uses them; undefined for what none of them knows. */
export interface Meanings {
  /** Whether a name means what libraries say of it, so that its code is not read where it is at hand. */
  covers(qualified: string): boolean;
  /** What a module gives, in Python, where that is known without reading it. */
  described(module: string): string | undefined;
  /** What calling a function or class of a library gives. */
  call(qualified: string, site: CallSite): Value | undefined;
  /** What a name of a library stands for where it is not called. */
  constant(qualified: string): Value | undefined;
  /** What `receiver.name(…)` gives, for a receiver that is no library's own name. */
  method(receiver: Value, name: string, site: CallSite): Value | undefined;
  /** What `owner.name` stands for. */
  attribute(owner: Value, name: string, frame: Frame): Value | undefined;
  /** Does `owner.name = value`; answers whether that means something of its own. */
  setAttribute(owner: Value, change: AttributeChange, frame: Frame): boolean;
  /** How a class that inherits from this name is run, where that makes it a model. */
  module(qualified: string): ModuleProtocol | undefined;
  /** Whether a decorator of this name leaves what a function or class does that it is put on. */
  leavesDecorated(qualified: string): boolean;
  /** Whether a function or class of this name leaves a model that it is handed what it is, or does as far as its name tells; null where it may change it. */
  leavesModel(qualified: string): 'surely' | 'by-name' | null;
  /** Whether no gradient is kept in a context of this name. */
  keepsNoGradient(name: string): boolean;
  /** Whether a layer or object is an instance of this class, as far as that is known. */
  isInstance(value: Value, qualified: string): boolean | null;
}

/** A step of an optimizer. */
export interface OptimizerStepping {
  readonly build: OptimizerBuild;
  readonly heap: Heap;
  /** What code that is not seen to be run with it may do to its gradients; null where there is nothing of that kind. */
  readonly clipped: UnreadEffect | null;
}

/** A forward pass of an object that changed nothing: another on the like makes the like. */
export interface FollowedPass {
  readonly method: FunctionStatement;
  readonly attributes: Attributes;
  readonly args: Arguments;
  readonly made: Value;
  /** A layer that a tensor went through, where one did. */
  readonly applied: Layer | null;
}

/** A call of a function that showed nothing of what is done to models: another on the like shows as little. */
export interface FollowedCall {
  readonly receiver: Value | null;
  readonly closure: Closure;
  readonly args: Arguments;
  /** The attributes that the objects had which it was given. */
  readonly states: readonly Attributes[];
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
}

/** How forward passes are followed. */
export interface Following {
  /** Those that have been, by their objects; null where each is followed, as its tensors are asked for. */
  readonly passes: Map<number, FollowedPass[]> | null;
  /** The functions that need not be run again; null as with passes. */
  readonly calls: FollowedCalls | null;
  /** Told of what the model is given and its code uses as something else than a tensor, as a cache. */
  readonly usedAsObject: (given: Tensor) => void;
  /** Told of each tensor of which the code asks whether it is None. */
  readonly askedForNone: (tensor: Tensor) => void;
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
  /** Where blocks stand that it came to and that are nested too deep to be read. */
  readonly leftOut: Set<number>;
}

/** A module that is run as a script. */
export interface CallingModule {
  readonly scope: ModuleScope;
  readonly body: readonly Statement[];
}

/** What the code of a file sees of other files. */
export interface Imports {
  /** The paths of the modules that were asked for. */
  readonly paths: ReadonlySet<string>;
  /** The names of the file that is analysed that others have used. */
  readonly usedElsewhere: ReadonlySet<string>;
  /** Notes what code of a module, or of the file that is analysed, sets of what it imports and of its own classes. */
  noteWritten(body: readonly Statement[], module: ModuleScope): void;
  /** What a name of a module stands for that has not been looked for yet; undefined where the module has none. */
  nameIn(module: ModuleScope, name: string): Value | undefined;
  /** What an imported name stands for where a module uses it; undefined where no more is known than the name. */
  resolved(qualified: string, module: ModuleScope): Value | undefined;
  /** The modules that may train models of these names, which the file has. */
  callers(models: readonly string[]): readonly CallingModule[];
  /** What a run gives in which a module sees of others the file that is analysed alone, and these names. */
  narrowed<Result>(caller: CallingModule, names: readonly string[], run: () => Result): Result;
  /** A name that a module imports relative to itself, by its package; undefined where that is not known. */
  wholeName(qualified: string, module: ModuleScope): string | undefined;
  /** Whether there is more to know of an imported name than the name. */
  finds(qualified: string, module: ModuleScope): boolean;
  /** The module that a part of the code stands in; undefined for the file that is analysed. */
  moduleOf(part: { readonly span: Span }): ModuleScope | undefined;
}

/** The name under which a module holds something. */
export interface HeldByModule {
  readonly globals: Map<string, Value>;
  readonly name: string;
}

/** Reads code by running it on what is known: every loop ends, every branch that may be taken is. */
export interface Interpreter {
  /** The file that is analysed. */
  readonly file: ModuleScope;
  /** Null where nothing around the file is read. */
  readonly imports: Imports | null;
  readonly libraries: Meanings;
  readonly symbols: SymbolTable;
  /** Each class with those it inherits from, once they have been looked up. */
  readonly lineages: Map<ClassStatement, readonly ClassStatement[]>;
  /** What each class names as its bases, and how it is run where that makes it a module, once they have been looked up. */
  readonly bases: Map<ClassStatement, readonly Value[]>;
  readonly protocols: Map<ClassStatement, ModuleProtocol | null>;
  /** What gives each class other methods than its text says; null where nothing does. */
  readonly altered: Map<ClassStatement, string | null>;
  /** What code has set of the layers of libraries: `torch.nn.Linear.forward`. */
  readonly patched: Set<string>;
  /** Under what the store keeps what is assigned to each class. */
  readonly classIds: Map<ClassStatement, number>;
  /** What objects are whose class inherits from a layer of a framework, by their ids, which the layers have, too. */
  readonly baseLayers: Map<number, Layer>;
  /** What objects are whose class inherits from an optimizer of a framework, by their ids. */
  readonly baseOptimizers: Map<number, OptimizerBuild>;
  /** Instances of configuration classes made of symbols alone. */
  readonly samples: Map<ClassStatement, Sample | null>;
  /** The classes that parameters are annotated with, by what owns the fields of such a parameter. */
  readonly annotated: Map<WidthSymbol, ClassStatement>;
  /** The numbers that the code gives names which nobody gives another. */
  readonly presets: Map<WidthSymbol, number>;
  /** Parameters of constructors that the constructor multiplies, so that they are no functions. */
  readonly multiplied: Set<WidthSymbol>;
  /** What settings are taken to be where they decide what else is looked up. */
  readonly settled: Map<WidthSymbol, Value>;
  /**
   * The names of a script's switches that are off unless it is given them, of what its own code gives, and of those that are
   * taken to be off; and the texts that its settings have unless they are given others, null where there are two.
   */
  readonly switches: {
    readonly known: Set<string>;
    readonly texts: Map<string, string | null>;
    readonly given: Set<string>;
    readonly off: Set<string>;
  };
  /** Where modules hold lists and dicts that functions have come to, by what they were when these asked for them. */
  readonly held: Map<Value, HeldByModule>;
  /** What each configuration was given for fields that go by their names, by its id. */
  readonly givenFields: Map<number, ReadonlyMap<string, Value>>;
  /** What configurations were given for settings of their class, which stand for all of that. */
  readonly settingsGiven: Map<WidthSymbol, readonly Quantity[]>;
  /** What code in sight gives to fields that are None unless they are given. */
  readonly given: Map<WidthSymbol, Value>;
  /** What the present run has done; `traced` gives a run its own. */
  trace: Trace;
  /** The names of numbers that have become part of something from outside, by its name. */
  readonly swallowed: Map<WidthSymbol, Set<WidthSymbol>>;
  /** The names under which calls that are not followed, which may make a model, are given what is computed of numbers. */
  readonly givenUnread: Set<string>;
  /** The objects that are models by themselves, by their ids. */
  readonly models: Set<number>;
  /** Of what objects are copies, by their ids. */
  readonly copies: Map<number, number>;
  /** What conditions test, as far as two may test the same. */
  readonly guards: Guards;
  /** What is left of the work that reading the file may take. */
  readonly budget: Budget;
  newId(): number;
  /** The module that a part of the code stands in. */
  moduleOf(part: { readonly span: Span }): ModuleScope;
  evaluate(expression: Expression, frame: Frame): Value;
  execute(body: readonly Statement[], frame: Frame): Completion;
  call(callee: Value, site: CallSite): Value;
  callMethod(receiver: Value, name: string, site: CallSite): Value;
}

export const NO_ARGUMENTS: Arguments = { positional: [], named: new Map(), open: false };

export function positional(...values: readonly Value[]): Arguments {
  return { positional: values, named: new Map(), open: false };
}

/** The argument at a place, by name first. */
export function argument(
  args: Arguments,
  place: { readonly name: string; readonly index: number },
): Value | undefined {
  return args.named.get(place.name) ?? args.positional[place.index];
}

/** All arguments, whatever they are called. */
export function everyArgument(args: Arguments): readonly Value[] {
  return [...args.positional, ...args.named.values()];
}
