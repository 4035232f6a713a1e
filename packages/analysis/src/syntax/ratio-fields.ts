import type { ClassStatement, Expression, FunctionStatement, Statement } from './ast.ts';
import { type Node, nodesFrom } from './nodes-in.ts';
import { blocksBesideDefinitions, statementsIn } from './statements-in.ts';

const KNOWN = new WeakMap<ClassStatement, ReadonlySet<string>>();
const NONE: ReadonlySet<string> = new Set();

/**
 * The names under which the methods of a class keep or give back what it divides or raises to a power: `self.ratio =
 * self.width / self.base`, whatever condition that stands under; looked for once.
 */
export function ratioFields(definition: ClassStatement): ReadonlySet<string> {
  const known = KNOWN.get(definition);
  if (known !== undefined) return known;
  const found = definition.body.flatMap((statement) =>
    statement.kind === 'function' ? ratiosOf(statement) : [],
  );
  const names = found.length === 0 ? NONE : new Set(found);
  KNOWN.set(definition, names);
  return names;
}

function ratiosOf(method: FunctionStatement): readonly string[] {
  const [self, ...others] = method.parameters.map(({ name }) => name);
  if (self === undefined) return [];
  const given = new Set(others);
  const isOwn = (part: Node) =>
    part.kind === 'attribute' ? isName(part.object, self) : part.kind === 'name' && given.has(part.name);
  const isMadeOf = (value: Expression | null) => value !== null && isRatio(value, isOwn);
  const kept = (statement: Statement) =>
    statement.kind === 'assign' && isMadeOf(statement.value)
      ? statement.targets.flatMap((target) =>
          target.kind === 'attribute' && isName(target.object, self) ? [target.attribute] : [],
        )
      : [];
  const statements = statementsIn(method.body, blocksBesideDefinitions);
  const returnsOne = statements.some((one) => one.kind === 'return' && isMadeOf(one.value));
  return [...(returnsOne ? [method.name] : []), ...statements.flatMap(kept)];
}

function isName(part: Expression, name: string): boolean {
  return part.kind === 'name' && part.name === name;
}

/** What makes an integer of a ratio: a size, as a head's dimension is. */
const ROUNDS: ReadonlySet<string> = new Set(['int', 'round', 'ceil', 'floor']);

function isRatio(value: Expression, isOwn: (part: Node) => boolean): boolean {
  const nodes = nodesFrom(value);
  const isRounded = nodes.some((node) => node.kind === 'call' && ROUNDS.has(lastName(node.callee)));
  const divides = nodes.some(
    (node) =>
      node.kind === 'binary' &&
      (node.operator === '/' || node.operator === '**') &&
      nodesFrom(node.left).some(isOwn),
  );
  return divides && !isRounded;
}

function lastName(callee: Expression): string {
  if (callee.kind === 'attribute') return callee.attribute;
  return callee.kind === 'name' ? callee.name : '';
}
