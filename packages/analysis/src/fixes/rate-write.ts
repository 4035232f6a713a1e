import type { Expression, Statement } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import type { CodeAround } from './code-around.ts';
import { type Node, nodesIn, nodesWith } from './nodes.ts';

const GROUPS = 'param_groups';

/** The one line of a file that gives each group of an optimizer a rate: `group['lr'] = lr`; null where there is none, or several. */
export function rateWrite({ module }: CodeAround): Span | null {
  const loops = nodesWith(GROUPS, module).filter(
    (node) => node.kind === 'loop' && goesOverGroups(node.iterable),
  );
  const writes = new Set(loops.flatMap((loop) => nodesIn(loop)).filter(writesRate));
  const [only, ...others] = writes;
  return only === undefined || others.length > 0 ? null : only.span;
}

/** `optimizer.param_groups`, also within `enumerate(…)` and `zip(…)`. */
function goesOverGroups(iterable: Expression | null): boolean {
  if (iterable === null) return false;
  return [iterable, ...nodesIn(iterable)].some(
    (node) => node.kind === 'attribute' && node.attribute === GROUPS,
  );
}

function writesRate(node: Node): node is Extract<Statement, { kind: 'assign' }> {
  return node.kind === 'assign' && node.targets.some(isRate);
}

function isRate(target: Expression): boolean {
  return target.kind === 'subscript' && target.index?.kind === 'text' && target.index.value === 'lr';
}
