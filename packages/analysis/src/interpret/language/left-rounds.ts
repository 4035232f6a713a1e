import type { Expression, LoopStatement, Statement } from '../../syntax/ast.ts';
import { blocksBesideDefinitions, everyBlock, statementsIn } from '../../syntax/statements-in.ts';

/** What is compared by the conditions that a loop goes round on, and by those on which its body leaves it. */
export function comparedIn({ condition, body }: LoopStatement): readonly Expression[] {
  return [...(condition === null ? [] : [condition]), ...leavingIn(body)].flatMap((one) =>
    askedIn(one, body),
  );
}

/** The conditions under which a block ends a loop that it stands in. */
function leavingIn(body: readonly Statement[]): readonly Expression[] {
  return statementsIn(body, blocksBesideDefinitions).flatMap((one) =>
    one.kind === 'if' && (mayLeave(one.body) || mayLeave(one.otherwise)) ? [one.condition] : [],
  );
}

/** Whether a block may end the loop that it stands in. */
function mayLeave(block: readonly Statement[]): boolean {
  return (
    mayBreak(block) || statementsIn(block, blocksBesideDefinitions).some(({ kind }) => kind === 'return')
  );
}

/** Whether a block has a `break`. */
export function mayBreak(body: readonly Statement[]): boolean {
  return statementsIn(body, everyBlock).some((one) => one.kind === 'leave' && one.how === 'break');
}

/** What a condition compares, or what a name of it was made of in a round. */
function askedIn(condition: Expression, body: readonly Statement[]): readonly Expression[] {
  if (condition.kind === 'logic')
    return [...askedIn(condition.left, body), ...askedIn(condition.right, body)];
  if (condition.kind === 'unary') return askedIn(condition.operand, body);
  if (condition.kind === 'name')
    return [condition, ...assignedTo(condition.name, body).flatMap((one) => askedIn(one, []))];
  return condition.kind === 'compare' ? condition.operands : [];
}

function assignedTo(name: string, body: readonly Statement[]): readonly Expression[] {
  return statementsIn(body, blocksBesideDefinitions).flatMap((one) => {
    if (one.kind !== 'assign' || one.value === null) return [];
    return one.targets.some((target) => target.kind === 'name' && target.name === name) ? [one.value] : [];
  });
}
