import type { IfStatement, Statement } from '../../syntax/ast.ts';
import { type Node, nodesFrom } from '../../syntax/nodes-in.ts';
import type { Frame } from '../machine/interpreter.ts';

/**
 * Whether a condition of which nothing is known cannot hold here, as what then comes takes an item of a list that has none
 * yet: in the first rounds of `if i > half: x = x + kept.pop()`, where rounds keep what they make.
 */
export function isRuledOut({ body }: IfStatement, { locals, interpreter }: Frame): boolean {
  const changed = new Set<string>();
  for (const statement of body) {
    const nodes = surelyRuns(statement);
    if (nodes === null) return false;
    const isEmpty = (name: string) => {
      const value = locals.get(name);
      if (value?.kind !== 'list' || value.open || value.items.length > 0) return false;
      return !changed.has(name) && !interpreter.handedEmpty.has(value);
    };
    if (nodes.flatMap(takenFrom).some(isEmpty)) return true;
    for (const node of nodesFrom(statement)) if (node.kind === 'name') changed.add(node.name);
  }
  return false;
}

/** What a statement evaluates, all of it; null where it may leave some of it out. */
function surelyRuns(statement: Statement): readonly Node[] | null {
  if (statement.kind !== 'assign' && statement.kind !== 'augmented') return null;
  const nodes = statement.value === null ? [] : nodesFrom(statement.value);
  return nodes.some(({ kind }) => MAY_LEAVE_OUT.has(kind)) ? null : nodes;
}

const MAY_LEAVE_OUT: ReadonlySet<Node['kind']> = new Set([
  'conditional',
  'logic',
  'lambda',
  'comprehension',
  'unknown',
]);

/** The list of a name of which `kept[i]` and `kept.pop()` take an item. */
function takenFrom(node: Node): readonly string[] {
  if (node.kind === 'subscript' && node.index !== null) return nameOf(node.object);
  const isPop = node.kind === 'call' && node.callee.kind === 'attribute' && node.callee.attribute === 'pop';
  return isPop && node.callee.kind === 'attribute' ? nameOf(node.callee.object) : [];
}

function nameOf(node: Node): readonly string[] {
  return node.kind === 'name' ? [node.name] : [];
}
