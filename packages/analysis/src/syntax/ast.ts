import type { Span } from './span.ts';

/** The part of Python that model code is made of. Whatever else there is becomes `unknown`, with its parts kept. */
export type Expression =
  | NameExpression
  | NumberExpression
  | TextExpression
  | ConstantExpression
  | AttributeExpression
  | CallExpression
  | BinaryExpression
  | UnaryExpression
  | LogicExpression
  | CompareExpression
  | ConditionalExpression
  | SubscriptExpression
  | SequenceExpression
  | DictExpression
  | ComprehensionExpression
  | LambdaExpression
  | StarredExpression
  | NamedExpression
  | UnknownExpression;

export interface NameExpression {
  readonly kind: 'name';
  readonly span: Span;
  readonly name: string;
}

export interface NumberExpression {
  readonly kind: 'number';
  readonly span: Span;
  readonly value: number;
  readonly text: string;
}

export interface TextExpression {
  readonly kind: 'text';
  readonly span: Span;
  /** Null for an f-string with parts in it. */
  readonly value: string | null;
  /** Those of an f-string, in order; one that is written in a format of its own is null. */
  readonly parts?: readonly (string | Expression | null)[];
}

export interface ConstantExpression {
  readonly kind: 'constant';
  readonly span: Span;
  readonly value: true | false | null;
}

export interface AttributeExpression {
  readonly kind: 'attribute';
  readonly span: Span;
  readonly object: Expression;
  readonly attribute: string;
}

export interface Argument {
  /** Null for a positional one. */
  readonly name: string | null;
  readonly value: Expression;
  /** `*value` and `**value`. */
  readonly spread: boolean;
  /** Whether that is `**`, which gives what it has by name. */
  readonly byName?: true;
}

export interface CallExpression {
  readonly kind: 'call';
  readonly span: Span;
  readonly callee: Expression;
  readonly args: readonly Argument[];
}

export interface BinaryExpression {
  readonly kind: 'binary';
  readonly span: Span;
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface UnaryExpression {
  readonly kind: 'unary';
  readonly span: Span;
  readonly operator: string;
  readonly operand: Expression;
}

export interface LogicExpression {
  readonly kind: 'logic';
  readonly span: Span;
  readonly operator: 'and' | 'or';
  readonly left: Expression;
  readonly right: Expression;
}

export interface CompareExpression {
  readonly kind: 'compare';
  readonly span: Span;
  /** One fewer than operands: `a < b < c` has two. */
  readonly operators: readonly string[];
  readonly operands: readonly Expression[];
}

export interface ConditionalExpression {
  readonly kind: 'conditional';
  readonly span: Span;
  readonly condition: Expression;
  readonly whenTrue: Expression;
  readonly whenFalse: Expression;
}

export interface SubscriptExpression {
  readonly kind: 'subscript';
  readonly span: Span;
  readonly object: Expression;
  /** Null where it is a slice, or several. */
  readonly index: Expression | null;
  /** The bounds of a slice, each null where it is left out; undefined where several indices stand side by side. */
  readonly slice?: SliceBounds;
  /** What stands side by side, or three dots; empty where there is an index or one slice. */
  readonly places: readonly SubscriptPlace[];
}

/** `start:stop:step`. */
export interface SliceBounds {
  readonly start: Expression | null;
  readonly stop: Expression | null;
  readonly step: Expression | null;
}

/** What stands between the brackets for one dimension, or, three dots, for all that the others leave. */
export type SubscriptPlace =
  | { readonly kind: 'index'; readonly value: Expression }
  | ({ readonly kind: 'slice' } & SliceBounds)
  | { readonly kind: 'rest' };

export interface SequenceExpression {
  readonly kind: 'sequence';
  readonly span: Span;
  readonly items: readonly Expression[];
  /** Whether it is a tuple, which nothing changes. */
  readonly tuple?: true;
}

export interface DictExpression {
  readonly kind: 'dict';
  readonly span: Span;
  /** In order; `**other` has no key. */
  readonly entries: readonly { readonly key: Expression | null; readonly value: Expression }[];
}

export interface ComprehensionExpression {
  readonly kind: 'comprehension';
  readonly span: Span;
  /** A generator: but for what it goes through first, nothing of it runs until somebody goes through it. */
  readonly lazy?: true;
  /** A set: what is the same is in it once. */
  readonly set?: true;
  /** Of a dict's entries; null for a list, set or generator. */
  readonly key: Expression | null;
  readonly body: Expression;
  readonly clauses: readonly { readonly target: Expression; readonly iterable: Expression }[];
  readonly conditions: readonly Expression[];
}

export interface LambdaExpression {
  readonly kind: 'lambda';
  readonly span: Span;
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}

export interface StarredExpression {
  readonly kind: 'starred';
  readonly span: Span;
  readonly value: Expression;
}

/** `target := value`. */
export interface NamedExpression {
  readonly kind: 'named';
  readonly span: Span;
  readonly target: Expression;
  readonly value: Expression;
}

export interface UnknownExpression {
  readonly kind: 'unknown';
  readonly span: Span;
  readonly parts: readonly Expression[];
  /** Whether it is `yield value`, or `yield from values`, which yields all of them. */
  readonly yields?: 'value' | 'all';
}

export interface Parameter {
  readonly name: string;
  readonly span: Span;
  readonly fallback: Expression | null;
  readonly annotation: Expression | null;
  /** `*args` and `**kwargs`. */
  readonly collects: 'positional' | 'named' | null;
}

export type Statement =
  | AssignStatement
  | AugmentedStatement
  | ExpressionStatement
  | ReturnStatement
  | IfStatement
  | LoopStatement
  | BlockStatement
  | TryStatement
  | FunctionStatement
  | ClassStatement
  | ImportStatement
  | LeaveStatement
  | UnknownStatement;

export interface AssignStatement {
  readonly kind: 'assign';
  readonly span: Span;
  /** `a = b = value` has two. */
  readonly targets: readonly Expression[];
  /** Null for a bare annotation. */
  readonly value: Expression | null;
  /** Whether it is annotated as what a class has and no instance is given: `ClassVar[int]`. */
  readonly isClassVariable?: true;
  /** Of a bare annotation. */
  readonly annotation?: Expression;
}

export interface AugmentedStatement {
  readonly kind: 'augmented';
  readonly span: Span;
  readonly target: Expression;
  /** Without its `=`. */
  readonly operator: string;
  readonly value: Expression;
}

export interface ExpressionStatement {
  readonly kind: 'expression';
  readonly span: Span;
  readonly value: Expression;
}

export interface ReturnStatement {
  readonly kind: 'return';
  readonly span: Span;
  readonly value: Expression | null;
}

export interface IfStatement {
  readonly kind: 'if';
  readonly span: Span;
  readonly condition: Expression;
  readonly body: readonly Statement[];
  readonly otherwise: readonly Statement[];
}

/** `for` with its target and iterable, or `while` with its condition. */
export interface LoopStatement {
  readonly kind: 'loop';
  readonly span: Span;
  readonly target: Expression | null;
  readonly iterable: Expression | null;
  readonly condition: Expression | null;
  readonly body: readonly Statement[];
  /** What runs where no `break` ended the loop. */
  readonly otherwise: readonly Statement[];
}

/** `with`: its items are evaluated, its body runs once. */
export interface BlockStatement {
  readonly kind: 'block';
  readonly span: Span;
  readonly items: readonly Expression[];
  /** What each item is known as in the body; null where it gets no name. */
  readonly targets: readonly (Expression | null)[];
  readonly body: readonly Statement[];
}

export interface TryStatement {
  readonly kind: 'try';
  readonly span: Span;
  readonly body: readonly Statement[];
  readonly handlers: readonly (readonly Statement[])[];
  /** What runs where the body ended without an exception. */
  readonly otherwise: readonly Statement[];
  /** What runs in any case. */
  readonly after: readonly Statement[];
}

export interface FunctionStatement {
  readonly kind: 'function';
  readonly span: Span;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  /**
   * Whether it yields: what a call gives is then gone through, not the value that it returns. All that it yields comes in
   * the order of its body, some of it in each round of loops, or what comes hangs on more than that.
   */
  readonly yields: false | 'in-order' | 'in-rounds' | 'somehow';
}

export interface ClassStatement {
  readonly kind: 'class';
  readonly span: Span;
  readonly name: string;
  readonly nameSpan: Span;
  readonly bases: readonly Argument[];
  readonly body: readonly Statement[];
  readonly decorators: readonly Expression[];
  /** Whether the parser met an error inside. */
  readonly broken: boolean;
}

export interface ImportStatement {
  readonly kind: 'import';
  readonly span: Span;
  /**
   * By which name each is known here, and what it is: `package.module.name`, or relative to this file, `.module.name`
   * and `..name`. `*` stands for all names of a module.
   */
  readonly bindings: readonly { readonly local: string; readonly qualified: string }[];
}

/** `raise`, `break` and `continue`: nothing after it runs. */
export interface LeaveStatement {
  readonly kind: 'leave';
  readonly span: Span;
  readonly how: 'raise' | 'break' | 'continue';
}

export interface UnknownStatement {
  readonly kind: 'unknown';
  readonly span: Span;
  /** Whether it stands for a whole block, nested deeper or longer than is read. */
  readonly isBlock?: true;
}

/** A `#` comment, without the sign. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}

/** A whole file. */
export interface PythonModule {
  readonly body: readonly Statement[];
  readonly comments: readonly Comment[];
  /** The names that some function declares `global` or `nonlocal`, and so may set from afar. */
  readonly rebound: ReadonlySet<string>;
  /** Whether the parser met an error anywhere. */
  readonly broken: boolean;
  /** Where the first one is; null where there is none. */
  readonly brokenAt: number | null;
}

/** Some statements at the top of a file. */
export interface ModulePart {
  /** The one function or class that they are; null where they are others. */
  readonly defines: string | null;
  statements(): readonly Statement[];
}

/** A whole file, of which no part is lowered before it is asked for. */
export interface OpenedModule extends Pick<PythonModule, 'comments' | 'rebound'> {
  readonly parts: readonly ModulePart[];
}
