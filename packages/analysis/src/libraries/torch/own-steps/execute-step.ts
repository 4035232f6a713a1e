import type { AugmentedStatement, LoopStatement, Statement } from '../../../syntax/ast.ts';
import { assign } from './assign-step.ts';
import { combine } from './combine-step.ts';
import { isTrue } from './conditions-step.ts';
import { evaluate } from './evaluate-step.ts';
import type { Completion, Scope } from './step-state.ts';
import { NONE } from './step-value.ts';
import { afterwards, settled, stateOf } from './tensor-methods.ts';

/** Runs statements of a step on one way through it. */
export function execute(body: readonly Statement[], scope: Scope): Completion {
  for (const statement of body) {
    const how = one(statement, scope);
    if (scope.step.ended !== null) return scope.step.ended;
    if (how !== 'next') return how;
  }
  return 'next';
}

function one(statement: Statement, scope: Scope): Completion {
  scope.step.spend();
  switch (statement.kind) {
    case 'assign': {
      if (statement.value === null) return 'next';
      const value = evaluate(statement.value, scope);
      for (const target of statement.targets) assign(target, value, scope);
      return 'next';
    }
    case 'augmented':
      augment(statement, scope);
      return 'next';
    case 'expression':
      evaluate(statement.value, scope);
      return 'next';
    case 'return':
      return { returned: statement.value === null ? NONE : evaluate(statement.value, scope) };
    case 'if':
      return execute(isTrue(statement.condition, scope) ? statement.body : statement.otherwise, scope);
    case 'loop':
      return loop(statement, scope);
    case 'block':
      for (const item of statement.items) evaluate(item, scope);
      return execute(statement.body, scope);
    case 'import':
      return 'next';
    case 'leave':
      return statement.how;
    default:
      return 'lost';
  }
}

/** `target += value`: what is a tensor is changed for all that hold it. */
function augment({ target, operator, value }: AugmentedStatement, scope: Scope): void {
  const before = evaluate(target, scope);
  const after = combine(operator, before, evaluate(value, scope));
  if (before.kind === 'tensor') before.state = settled(before.state, afterwards(stateOf(after)));
  else assign(target, after, scope);
}

function loop({ target, iterable, condition, body, otherwise }: LoopStatement, scope: Scope): Completion {
  const over = iterable === null ? null : evaluate(iterable, scope);
  if (over?.kind !== 'list' || target === null || condition !== null) return 'lost';
  for (const item of [...over.items]) {
    assign(target, item, scope);
    const how = execute(body, scope);
    if (how === 'break') return 'next';
    if (how !== 'next' && how !== 'continue') return how;
  }
  return execute(otherwise, scope);
}
