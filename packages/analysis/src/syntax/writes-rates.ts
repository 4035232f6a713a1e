import type { Expression, FunctionStatement } from './ast.ts';
import { everyBlock, statementsIn } from './statements-in.ts';

const KNOWN = new WeakMap<object, boolean>();

/** Whether a function, or one that stands in it, gives something an entry `lr`, as the group of an optimizer has one. */
export function writesRates(definition: FunctionStatement): boolean {
  const known = KNOWN.get(definition);
  if (known !== undefined) return known;
  const answer = statementsIn(definition.body, everyBlock).some((statement) => {
    if (statement.kind === 'assign') return statement.targets.some(isRate);
    return statement.kind === 'augmented' && isRate(statement.target);
  });
  KNOWN.set(definition, answer);
  return answer;
}

function isRate(target: Expression): boolean {
  if (target.kind === 'sequence') return target.items.some(isRate);
  return target.kind === 'subscript' && target.index?.kind === 'text' && target.index.value === 'lr';
}
