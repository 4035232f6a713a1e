import type { Expression, PythonModule } from '../syntax/ast.ts';
import { isNamed } from '../syntax/is-named.ts';
import { type Node, nodesIn } from '../syntax/nodes-in.ts';
import { nodesInScope, nodesWith } from './nodes.ts';

/** An expression at an offset, or what its name is given once and for all in the function there, or at the top of the module. */
export function writtenOnce(
  value: Expression | undefined,
  module: PythonModule,
  offset: number,
): Expression | undefined {
  if (value?.kind !== 'name') return value;
  const { name } = value;
  const nodes = nodesInScope(name, module, offset);
  if (nodes.some((node) => changes(node, name))) return undefined;
  const given = nodes.flatMap((node) =>
    node.kind === 'assign' && node.targets.some((target) => isNamed(target, name)) ? [node.value] : [],
  );
  return given.length === 1 ? (given[0] ?? undefined) : undefined;
}

/** Whether code may change what a name has: by a method of it, or in place. */
function changes(node: Node, name: string): boolean {
  return (
    (node.kind === 'attribute' && isNamed(node.object, name)) ||
    (node.kind === 'augmented' && isNamed(node.target, name))
  );
}

/** Whether a name is given something else between two offsets. */
export function isGivenBetween(
  name: string,
  module: PythonModule,
  { start, end }: { readonly start: number; readonly end: number },
): boolean {
  return nodesWith(name, module).some(
    (node) =>
      node.kind === 'assign' &&
      node.span.start >= start &&
      node.span.start < end &&
      node.targets.some((target) => [target, ...nodesIn(target)].some((one) => isNamed(one, name))),
  );
}
