import type { Budget } from '../../budget.ts';
import type { Quantity } from '../../growth/quantity.ts';
import type { SymbolTable, WidthSymbol } from '../../growth/symbol.ts';
import type { Layer } from '../../network/layer.ts';
import type { OptimizerBuild } from '../../network/optimizer.ts';
import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  LambdaExpression,
  Parameter,
  Statement,
} from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import { isHere } from '../../workspace/source-modules.ts';
import { either } from '../values/either.ts';
import type { Guards } from '../values/guards.ts';
import { Heap } from '../values/heap.ts';
import { chosenTogether } from '../values/looked-up.ts';
import { type Meeting, WAYS } from '../values/meeting.ts';
import type { ReliedRatio } from '../values/size-order.ts';
import type { Capture, Names, ObjectValue, Value } from '../values/value.ts';
import { comparison } from '../values/value-size.ts';
import type { Arguments, HandedOn } from './given-arguments.ts';
import type { HookOrder } from './hook-order.ts';
import type { MadeClasses } from './made-classes.ts';
import type { ModuleScope } from './module-scope.ts';
import type { HeldByModule, Imports } from './other-modules.ts';
import type { Trace } from './run-trace.ts';

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
  /** The class of the object that each of them is run on; null where there is none. */
  readonly selves: readonly (ClassStatement | null)[];
  /** Whether a model is being constructed: then classes made here are its parts. */
  readonly building: boolean;
  /** The innermost `try` whose body is being run; null outside. */
  readonly attempt: Attempt | null;
  /** For code of another file, the call by which the analysed text came to it; null in the text, and for what it does not call. */
  readonly called: CalledFrom | null;
}

/** A call that leads to another file, and the places that run there, which are the same each time. */
export interface CalledFrom {
  readonly at: Span;
  readonly places: Map<Span, Span>;
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
  readonly selves: readonly (ClassStatement | null)[];
  readonly building: boolean;
  readonly attempt: Attempt | null;
  readonly called: CalledFrom | null;

  constructor(state: FrameState) {
    const { interpreter, locals, names, heap, module, scope, stack, selves, building, attempt, called } =
      state;
    this.interpreter = interpreter;
    this.locals = locals;
    this.names = names;
    this.heap = heap;
    this.module = module;
    this.scope = scope;
    this.stack = stack;
    this.selves = selves;
    this.building = building;
    this.attempt = attempt;
    this.called = called;
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

  /** Where a part of the code stands, with the calls by which the analysed text came to it. */
  at(span: Span): Span {
    if (this.called === null || isHere(span)) return span;
    const { at, places } = this.called;
    const known = places.get(span);
    if (known !== undefined) return known;
    const { start, end } = span;
    const made = { start, end, calledAt: at };
    places.set(span, made);
    return made;
  }

  /** By which call the analysed text comes to the code of a file that is called at a place of this code. */
  calledInto(module: ModuleScope, span: Span): CalledFrom | null {
    const { calls, file } = this.interpreter;
    if (module === file) return null;
    if (module === this.module || (!isHere(span) && span.calledAt === undefined)) return this.called;
    const known = calls.get(span);
    if (known !== undefined) return known;
    const made = { at: span, places: new Map<Span, Span>() };
    calls.set(span, made);
    return made;
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
      selves: change.selves ?? this.selves,
      building: change.building ?? this.building,
      attempt: change.attempt === undefined ? this.attempt : change.attempt,
      called: change.called === undefined ? this.called : change.called,
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
  readonly returns: readonly Returned[];
  /** States at `break` and `continue`. */
  readonly leaves: readonly { readonly how: 'break' | 'continue'; readonly frame: Frame }[];
}

/** What a `return` gives. */
export interface Returned {
  readonly value: Value;
  readonly heap: Heap;
  /** The condition that decides it alone, and on which of its two ways it stands: what is returned elsewhere stands on the other. */
  readonly decided?: { readonly meeting: Meeting; readonly at: number };
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
  readonly madeClasses: MadeClasses;
  /** The numbers that functions have given which give them again, with what these were given. */
  readonly cached: Map<FunctionStatement, readonly CachedResult[]>;
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
  /** Instances of configuration classes made of symbols alone. */
  readonly samples: Map<ClassStatement, Sample | null>;
  /** The classes that parameters are annotated with, by what owns the fields of such a parameter. */
  readonly annotated: Map<WidthSymbol, ClassStatement>;
  /** The numbers that the code gives names which nobody gives another. */
  readonly presets: Map<WidthSymbol, number>;
  /** The texts that parameters of functions are unless somebody gives them others. */
  readonly presetTexts: Map<WidthSymbol, string>;
  /** How many rounds it takes to make layers one by one: the depths of models. */
  readonly depths: Set<WidthSymbol>;
  /** Parameters of constructors that the constructor multiplies, so that they are no functions. */
  readonly multiplied: Set<WidthSymbol>;
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
  /** What code in sight gives to fields that are None unless they are given. */
  readonly given: Map<WidthSymbol, Value>;
  /** What the present run has done; `traced` gives a run its own. */
  trace: Trace;
  /** What the generator that runs has yielded; null outside of one. */
  yielded: Value[] | null;
  /** The names of numbers that have become part of something from outside, by its name. */
  readonly swallowed: Map<WidthSymbol, Set<WidthSymbol>>;
  /** The names under which calls that are not followed, which may make a model, are given what is computed of numbers. */
  readonly givenUnread: Set<string>;
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
  newId(): number;
  /** The module that a part of the code stands in. */
  moduleOf(part: { readonly span: Span }): ModuleScope;
  evaluate(expression: Expression, frame: Frame): Value;
  execute(body: readonly Statement[], frame: Frame): Completion;
  call(callee: Value, site: CallSite): Value;
  callMethod(receiver: Value, name: string, site: CallSite): Value;
}
