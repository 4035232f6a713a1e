import type { Expression, FunctionStatement } from './ast.ts';
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
  const targets = statements.flatMap((statement): readonly Expression[] => {
    if (statement.kind === 'assign') {
      for (const target of statement.targets)
        if (target.kind === 'name' && isMade(statement.value)) own.add(target.name);
      return statement.targets;
    }
    return statement.kind === 'augmented' ? [statement.target] : [];
  });
  const answer = targets.some((target) => isElsewhere(target, own));
  KNOWN.set(definition, answer);
  return answer;
}

/** Lists, dicts and what is computed are made where they stand; a name or attribute may be what somebody else has. */
function isMade(value: Expression | null): boolean {
  return value !== null && value.kind !== 'name' && value.kind !== 'attribute' && value.kind !== 'subscript';
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
