import type { CallExpression, Expression, FunctionStatement } from './ast.ts';
import { everyBlock, statementsIn } from './statements-in.ts';

const KNOWN = new WeakMap<object, boolean>();

/** Whether a function, or one that stands in it, gives something an entry `lr`, as the group of an optimizer has one. */
export function writesRates(definition: FunctionStatement): boolean {
  const known = KNOWN.get(definition);
  if (known !== undefined) return known;
  const answer = statementsIn(definition.body, everyBlock).some((statement) => {
    if (statement.kind === 'assign') return statement.targets.some(isRate);
    if (statement.kind === 'expression') return statement.value.kind === 'call' && givesRate(statement.value);
    return statement.kind === 'augmented' && isRate(statement.target);
  });
  KNOWN.set(definition, answer);
  return answer;
}

function isRate(target: Expression): boolean {
  if (target.kind === 'sequence') return target.items.some(isRate);
  return target.kind === 'subscript' && target.index !== null && isLr(target.index);
}

const GIVES: ReadonlySet<string> = new Set(['update', 'setdefault', '__setitem__']);

/** `group.update(lr=1)`, also with a dict that is spelled out. */
function givesRate({ callee, args }: CallExpression): boolean {
  if (callee.kind !== 'attribute' || !GIVES.has(callee.attribute)) return false;
  return args.some(({ name, value }) => {
    if (name === 'lr' || isLr(value)) return true;
    if (value.kind === 'call') return value.args.some((one) => one.name === 'lr');
    return value.kind === 'dict' && value.entries.some(({ key }) => key !== null && isLr(key));
  });
}

function isLr(expression: Expression): boolean {
  return expression.kind === 'text' && expression.value === 'lr';
}
