import type { Expression, FunctionStatement, LambdaExpression, Statement } from './ast.ts';
import { blocksBesideDefinitions, statementsIn } from './statements-in.ts';
import { wordsIn } from './words-in.ts';

const KNOWN = new WeakMap<object, ReadonlySet<string>>();

/**
 * The names that a function gives values itself, so that they stand for nothing around it: its parameters, and what it
 * assigns and goes through, but for what its defaults and decorators name. Those that it declares `global` are among them.
 */
export function ownNames(definition: FunctionStatement | LambdaExpression): ReadonlySet<string> {
  const known = KNOWN.get(definition);
  if (known !== undefined) return known;
  const around = wordsIn([
    ...definition.parameters.map(({ fallback }) => fallback),
    ...(definition.kind === 'function' ? definition.decorators : []),
  ]);
  const bound = [
    ...definition.parameters.map(({ name }) => name),
    ...(definition.kind === 'function'
      ? statementsIn(definition.body, blocksBesideDefinitions).flatMap(boundBy)
      : []),
  ];
  const own = new Set(bound.filter((name) => !around.has(name)));
  KNOWN.set(definition, own);
  return own;
}

/** The names that a statement itself gives values. */
export function boundBy(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'assign':
      return statement.targets.flatMap(namesIn);
    case 'augmented':
      return namesIn(statement.target);
    case 'loop':
      return statement.target === null ? [] : namesIn(statement.target);
    case 'block':
      return statement.targets.flatMap((target) => (target === null ? [] : namesIn(target)));
    case 'function':
    case 'class':
      return [statement.name];
    default:
      return [];
  }
}

function namesIn(target: Expression): readonly string[] {
  if (target.kind === 'sequence') return target.items.flatMap(namesIn);
  if (target.kind === 'starred') return namesIn(target.value);
  return target.kind === 'name' ? [target.name] : [];
}
