import { findMethod, moduleFrame } from '../../../interpret/machine/classes.ts';
import type { Interpreter } from '../../../interpret/machine/interpreter.ts';
import type { Attributes } from '../../../interpret/values/attribute-state.ts';
import type { Value } from '../../../interpret/values/value.ts';
import type {
  ClassStatement,
  Expression,
  FunctionStatement,
  NameExpression,
  Statement,
} from '../../../syntax/ast.ts';
import { filled, isOpen, stepValue } from './code-values.ts';
import { COLUMNS, GRADIENT, ONE, RATE, ROWS } from './magnitude.ts';
import { isReadAsWritten, methodOf } from './method-of.ts';
import {
  type DictValue,
  NONE,
  numberOf,
  type StepValue,
  type Tensor,
  tensor,
  truth,
  UNKNOWN,
} from './step-value.ts';
import type { Ways } from './ways.ts';

/** The optimizer whose step is read: its class, its attributes, and one of its groups. */
export interface ReadOptimizer {
  readonly interpreter: Interpreter;
  readonly definition: ClassStatement;
  readonly attributes: Attributes;
  readonly group: ReadonlyMap<string, Value>;
}

/** How a block ends: `lost` where something in it is not read. */
export type Completion = 'next' | 'break' | 'continue' | 'raise' | 'lost' | { readonly returned: StepValue };

/** The names of one function of a step, on one way through it. */
export interface Scope {
  readonly step: StepState;
  readonly locals: Map<string, StepValue>;
  readonly depth: number;
}

/** What runs the code of a step. */
export interface StepLanguage {
  readonly evaluate: (expression: Expression, scope: Scope) => StepValue;
  readonly execute: (body: readonly Statement[], scope: Scope) => Completion;
}

/** What an expression of a step stands for on this way. */
export function evaluated(expression: Expression, scope: Scope): StepValue {
  return scope.step.language.evaluate(expression, scope);
}

const DIMS = [ROWS, COLUMNS];

/** What there is when a step is taken for the first time, on one way through it: a group of one matrix with a gradient. */
export class StepState {
  readonly ways: Ways;
  readonly language: StepLanguage;
  readonly attributes: Map<string, StepValue> = new Map();
  readonly state: DictValue = { kind: 'dict', entries: new Map(), open: false, lasts: true };
  readonly parameter: Tensor = tensor({ form: 'weight', dims: DIMS, added: [] });
  /** Why this way ends inside a function. */
  ended: 'raise' | 'lost' | null = null;
  private readonly optimizer: ReadOptimizer;
  private gradient: StepValue = NONE;
  private readonly group: DictValue;

  constructor(optimizer: ReadOptimizer, { ways, language }: Pick<StepState, 'ways' | 'language'>) {
    this.optimizer = optimizer;
    this.ways = ways;
    this.language = language;
    const own = [...optimizer.group].map(
      ([name, value]) => [name, settingOf(name, value, () => usualSetting(name, optimizer))] as const,
    );
    this.group = { kind: 'dict', entries: new Map(own), open: true, lasts: true };
    this.group.entries.set('params', { kind: 'list', items: [this.parameter], isSome: true });
  }

  /** A step begins: there is another gradient, and nothing has been added yet. */
  begin(): void {
    this.gradient = tensor({ form: 'linear', magnitude: GRADIENT, dims: DIMS });
    this.parameter.state = { form: 'weight', dims: DIMS, added: [] };
  }

  /** `p.grad = value`. */
  setGradient(of: StepValue, value: StepValue): void {
    if (of === this.parameter) this.gradient = value;
  }

  /** What has all parameters at hand may have done anything to them. */
  forgetParameters(): void {
    this.parameter.state = { form: 'weight', dims: DIMS, added: null };
    this.gradient = UNKNOWN;
  }

  spend(): void {
    this.optimizer.interpreter.budget.spend(1);
  }

  /** Whether a function is called as it is written. */
  isAsWritten(definition: FunctionStatement): boolean {
    return isReadAsWritten(definition, this.optimizer.interpreter);
  }

  /** `self.name`. */
  ofOptimizer(name: string): StepValue {
    if (name === 'param_groups')
      return { kind: 'list', items: [this.group], ...(!this.isOnlyGroup() && { isSome: true }) };
    if (name === 'state') return this.state;
    const known = this.attributes.get(name);
    if (known !== undefined) return known;
    const { interpreter, definition, attributes } = this.optimizer;
    const method = methodOf(interpreter, definition, name);
    if (method !== undefined) return method;
    const value = stepValue(attributes.get(name)?.value);
    // A tensor of one number, which the step may fill with another.
    const made =
      value.kind === 'unknown'
        ? tensor({ form: 'unknown' })
        : value.kind === 'number'
          ? tensor({ form: 'number', number: value })
          : value;
    this.attributes.set(name, made);
    return made;
  }

  private isOnlyGroup(): boolean {
    const groups = this.optimizer.attributes.get('param_groups')?.value;
    return groups?.kind === 'list' && !groups.open && groups.items.length === 1;
  }

  /** `p.grad`, and what is asked of parameters and gradients before they are used; undefined of anything else. */
  ofParameter(of: Tensor, name: string): StepValue | undefined {
    if (name === 'grad') return of === this.parameter ? this.gradient : undefined;
    if (name === 'is_sparse') return truth(false);
    return name === 'requires_grad' ? truth(true) : undefined;
  }

  /** What a name stands for in its module. */
  fromModule(name: NameExpression): StepValue {
    const { interpreter } = this.optimizer;
    return stepValue(moduleFrame(interpreter, interpreter.moduleOf(name)).evaluate(name));
  }
}

/** What a group has under a name. */
function settingOf(name: string, value: Value, usual: () => Value | undefined): StepValue {
  if (name === 'lr') return numberOf(null, RATE);
  const known = stepValue(value);
  return name === 'weight_decay' && isOpen(known) ? numberOf(null, ONE) : filled(known, usual);
}

/** The value by which the constructor has a setting where it is not given. */
function usualSetting(name: string, { interpreter, definition }: ReadOptimizer): Value | undefined {
  const method = findMethod(interpreter, definition, '__init__')?.method;
  const fallback = method?.parameters.find((one) => one.name === name)?.fallback ?? null;
  return fallback === null
    ? undefined
    : moduleFrame(interpreter, interpreter.moduleOf(fallback)).evaluate(fallback);
}
