import type { WidthSymbol } from '../../growth/symbol.ts';
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
import { Heap } from '../values/heap.ts';
import { chosenTogether } from '../values/looked-up.ts';
import { type Meeting, WAYS } from '../values/meeting.ts';
import type { Capture, Names, ObjectValue, Value } from '../values/value.ts';
import { comparison } from '../values/value-size.ts';
import { Variables } from '../values/variables.ts';
import { CalledFrom } from './called-from.ts';
import type { Arguments } from './given-arguments.ts';
import type { InterpreterState, ModuleProtocol } from './interpreter-state.ts';
import type { ModuleScope } from './module-scope.ts';

/** What a frame has: the names of one function call, and where it stands. */
export interface FrameState {
  readonly interpreter: Interpreter;
  readonly locals: Variables<Value>;
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

/** The work of a fork, beside that of the names that are copied once one of the two is written to. */
const FORK = 8;

/** Where code runs. Forked where the code forks, joined where its ways meet. */
export class Frame implements FrameState {
  readonly interpreter: Interpreter;
  readonly locals: Variables<Value>;
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
    return this.called === null || isHere(span) ? span : this.called.place(span);
  }

  /** By which call the analysed text comes to the code of a file that is called at a place of this code. */
  calledInto(module: ModuleScope, span: Span): CalledFrom | null {
    const { calls, file } = this.interpreter;
    if (module === file) return null;
    if (module === this.module || (!isHere(span) && span.calledAt === undefined)) return this.called;
    const call = calls.get(span) ?? new CalledFrom(span);
    calls.set(span, call);
    return call;
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
    return this.with({ locals: new Variables(), module: this.interpreter.moduleOf(part) });
  }

  /** A frame that goes its own way. */
  fork(): Frame {
    this.interpreter.budget.spend(FORK);
    return this.with({ locals: this.forkedLocals(this.locals), heap: new Heap(this.heap) });
  }

  private forkedLocals(locals: FrameState['locals']): FrameState['locals'] {
    return locals.fork((count) => this.interpreter.budget.spend(count));
  }

  /** Becomes what it may be after any of its forks. */
  join(forks: readonly Frame[], meeting: Meeting = WAYS): void {
    const [first, ...rest] = forks;
    if (first === undefined) return;
    const locals = rest.length === 0 ? first.locals : this.forkedLocals(first.locals);
    for (const fork of rest) {
      if (fork.locals.isSameAs(locals)) continue;
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
    this.locals.take(locals);
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
  /** Whether it is an optimizer that a library knows. */
  isOptimizer(qualified: string): boolean;
  /** Whether it is one that scales the rates of a model by its width. */
  scalesByWidth(qualified: string): boolean;
  /** The module that a relative name means which leads nowhere, in code that was copied out of a library. */
  copied(relative: string): string | undefined;
  /** What calling a function or class of a library gives. */
  call(qualified: string, site: CallSite): Value | undefined;
  /** What a layer of a library cannot be made without, numbers or lists of them, by the names of its parameters in their order. */
  needed(qualified: string): readonly string[];
  /** Whether calling it with these ends with an exception, where no more is needed than these to tell; null where it is not known. */
  raises(qualified: string, args: readonly Value[]): boolean | null;
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
  /** The class of what a constructor of a class is given, where the code annotates it with none. */
  classOfSetting(
    parameter: Parameter,
    definition: ClassStatement,
    interpreter: Interpreter,
  ): ClassStatement | undefined;
  /** Whether a layer or object is an instance of this class, as far as that is known. */
  isInstance(value: Value, qualified: string): boolean | null;
}

/** Reads code by running it on what is known: every loop ends, every branch that may be taken is. */
export interface Interpreter extends InterpreterState {
  readonly libraries: Meanings;
  newId(): number;
  /** The module that a part of the code stands in. */
  moduleOf(part: { readonly span: Span }): ModuleScope;
  evaluate(expression: Expression, frame: Frame): Value;
  execute(body: readonly Statement[], frame: Frame): Completion;
  call(callee: Value, site: CallSite): Value;
  callMethod(receiver: Value, name: string, site: CallSite): Value;
}
