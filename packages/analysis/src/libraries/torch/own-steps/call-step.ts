import type { CallExpression, Expression, FunctionStatement, LambdaExpression } from '../../../syntax/ast.ts';
import { lasting } from './assign-step.ts';
import { functionCall } from './step-calls.ts';
import { evaluated, type Scope } from './step-state.ts';
import { type DictValue, keyOf, NONE, type StepValue, type Tensor, tensor, UNKNOWN } from './step-value.ts';
import { type Given, sizeMethod, tensorAttribute, tensorMethod } from './tensor-methods.ts';

/** Calls inside one another that are followed. */
const MOST_DEPTH = 12;

/** `object.name`; undefined where nothing is known of it. */
export function attribute(object: StepValue, name: string, { step }: Scope): StepValue | undefined {
  switch (object.kind) {
    case 'optimizer':
      return step.ofOptimizer(name);
    case 'reference':
      return { kind: 'reference', qualified: `${object.qualified}.${name}` };
    case 'tensor':
      return step.ofParameter(object, name) ?? tensorAttribute(object, name);
    default:
      return undefined;
  }
}

/** What a call gives; what something unknown is given may be anything after it. */
export function call({ callee, args }: CallExpression, scope: Scope): StepValue {
  const positional: StepValue[] = [];
  const named = new Map<string, StepValue>();
  const on = callee.kind === 'attribute' ? evaluated(callee.object, scope) : undefined;
  for (const { name, value, spread } of args) {
    const given = evaluated(value, scope);
    if (name !== null) named.set(name, given);
    else if (!spread) positional.push(given);
    else if (given.kind === 'list') positional.push(...given.items);
  }
  const given: Given = { positional, named };
  const made =
    callee.kind === 'attribute' && on !== undefined
      ? method(on, callee.attribute, { given, scope })
      : called(evaluated(callee, scope), given, scope);
  if (made !== undefined) return made;
  for (const one of [on, ...positional, ...named.values()]) forget(one, scope);
  if (isReached(callee, scope)) scope.step.forgetParameters();
  return UNKNOWN;
}

/** Whether something is called that is the optimizer's, or its base class. */
function isReached(callee: Expression, scope: Scope): boolean {
  let one = callee;
  while (one.kind === 'attribute' || one.kind === 'subscript') one = one.object;
  if (one.kind === 'call') return one.callee.kind === 'name' && one.callee.name === 'super';
  return one !== callee && evaluated(one, scope).kind === 'optimizer';
}

/** Whatever a tensor is made into by something that is not known. */
function forget(value: StepValue | undefined, scope: Scope): void {
  if (value?.kind === 'optimizer') scope.step.forgetParameters();
  if (value?.kind === 'list') for (const item of value.items) forget(item, scope);
  if (value?.kind !== 'tensor') return;
  value.state = value.state.form === 'weight' ? { ...value.state, added: null } : { form: 'unknown' };
}

interface MethodCall {
  readonly given: Given;
  readonly scope: Scope;
}

function method(on: StepValue, name: string, { given, scope }: MethodCall): StepValue | undefined {
  switch (on.kind) {
    case 'tensor':
      return sizeMethod(on, name, given) ?? listMethod(on, name) ?? tensorMethod(on, name, given);
    case 'number':
      return name === 'item' ? on : tensorMethod(numberTensor(on), name, given);
    case 'list':
      if (name !== 'append') return undefined;
      on.items.push(...given.positional);
      on.isSome = true;
      return NONE;
    case 'dict':
      return dictMethod(on, name, given);
    default: {
      if (on.kind === 'optimizer' && CHECKS.test(name)) return NONE;
      const callee = attribute(on, name, scope);
      return callee === undefined ? undefined : called(callee, given, scope);
    }
  }
}

/** What optimizers of PyTorch have that changes nothing. */
const CHECKS = /^_(?:cuda|accelerator)_graph_capture_health_check$/;

function dictMethod(on: DictValue, name: string, { positional }: Given): StepValue | undefined {
  const [first = UNKNOWN, second = NONE] = positional;
  const found = on.entries.get(keyOf(first));
  switch (name) {
    case 'get':
      return found ?? (on.open ? UNKNOWN : second);
    case 'setdefault':
      if (found === undefined) on.entries.set(keyOf(first), on.lasts ? lasting(second) : second);
      return found ?? second;
    case 'values':
      return on.open ? UNKNOWN : { kind: 'list', items: [...on.entries.values()] };
    default:
      return undefined;
  }
}

function numberTensor(number: StepValue & { readonly kind: 'number' }): Tensor {
  return tensor({ form: 'number', number });
}

/** `stack.unbind(0)`: one for all. */
function listMethod(on: Tensor, name: string): StepValue | undefined {
  return name === 'unbind' ? { kind: 'list', items: [on] } : undefined;
}

function called(callee: StepValue, given: Given, scope: Scope): StepValue | undefined {
  if (callee.kind === 'reference') return functionCall(callee.qualified, given);
  if (callee.kind !== 'function' || scope.depth >= MOST_DEPTH) return undefined;
  const { definition, isMethod } = callee;
  if (definition.kind === 'function' && !scope.step.isAsWritten(definition)) return undefined;
  const all = isMethod ? [{ kind: 'optimizer' } as const, ...given.positional] : given.positional;
  return run(definition, { ...given, positional: all }, scope);
}

/** Runs a function of the project. */
export function run(
  definition: FunctionStatement | LambdaExpression,
  { positional, named }: Given,
  { step, depth }: Scope,
): StepValue | undefined {
  const scope: Scope = { step, depth: depth + 1, locals: new Map() };
  for (const [at, { name, fallback, collects }] of definition.parameters.entries()) {
    if (collects !== null) scope.locals.set(name, UNKNOWN);
    else {
      const left = fallback === null ? UNKNOWN : evaluated(fallback, { step, depth, locals: new Map() });
      scope.locals.set(name, positional[at] ?? named.get(name) ?? left);
    }
  }
  if (definition.kind === 'lambda') return evaluated(definition.body, scope);
  if (definition.yields) return undefined;
  const how = step.language.execute(definition.body, scope);
  if (typeof how === 'object') return how.returned;
  if (how === 'raise' || how === 'lost') step.ended ??= how;
  return NONE;
}
