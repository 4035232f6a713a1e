import type { Expression, FunctionStatement, Statement } from './ast.ts';
import { everyBlock, statementsIn } from './statements-in.ts';

const KNOWN = new WeakMap<object, boolean>();

/**
 * Whether a function, or one that stands in it, gives an attribute to something, or an item to what it did not make by a
 * name of its own: a model that it was handed may then be another one afterwards.
 */
export function writesElsewhere(definition: FunctionStatement): boolean {
  const known = KNOWN.get(definition);
  if (known !== undefined) return known;
  const statements = statementsIn(definition.body, everyBlock);
  const own = new Set<string>();
  const others = new Set(definition.parameters.map(({ name }) => name));
  for (const statement of statements)
    if (statement.kind === 'assign')
      for (const name of namesOf(statement.targets)) (isMade(statement.value) ? own : others).add(name);
  const targets = statements.flatMap(targetsOf);
  for (const name of others) own.delete(name);
  const answer = targets.some((target) => isElsewhere(target, own));
  KNOWN.set(definition, answer);
  return answer;
}

function namesOf(targets: readonly Expression[]): readonly string[] {
  return targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []));
}

/** What a statement gives something else, a loop in each round. */
function targetsOf(statement: Statement): readonly Expression[] {
  if (statement.kind === 'assign') return statement.targets;
  if (statement.kind === 'loop') return statement.target === null ? [] : [statement.target];
  return statement.kind === 'augmented' ? [statement.target] : [];
}

const DISPLAYS: ReadonlySet<Expression['kind']> = new Set([
  'dict',
  'comprehension',
  'binary',
  'unary',
  'compare',
]);

/** Lists, dicts and what is computed are made where they stand; what a call gives may be what somebody else has. */
function isMade(value: Expression | null): boolean {
  if (value === null) return false;
  if (value.kind === 'call')
    return value.callee.kind === 'name' && (value.callee.name === 'dict' || value.callee.name === 'list');
  return value.kind === 'sequence' || DISPLAYS.has(value.kind);
}

function isElsewhere(target: Expression, own: ReadonlySet<string>): boolean {
  switch (target.kind) {
    case 'attribute':
      return true;
    case 'subscript':
      return target.object.kind !== 'name' || !own.has(target.object.name);
    case 'sequence':
      return target.items.some((item) => isElsewhere(item, own));
    case 'starred':
      return isElsewhere(target.value, own);
    default:
      return false;
  }
}
