import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Expression, PythonModule, Statement } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';
import type { CodeAround } from './code-around.ts';
import { chainText, type Node, nodesAround, nodesIn, nodesWith } from './nodes.ts';

const GROUPS = 'param_groups';

/** An optimizer, and others that the same file may have. */
interface AmongOthers {
  readonly optimizer: ObservedOptimizer;
  readonly others: readonly ObservedOptimizer[];
}

/** The one line of a file that gives each group of an optimizer a rate: `group['lr'] = lr`; null where there is none, or several. */
export function rateWrite({ optimizer, others }: AmongOthers, { module }: CodeAround): Span | null {
  const own = nameOf(optimizer, module);
  const foreign = new Set(others.map((one) => nameOf(one, module)).filter((name) => name !== own));
  const loops = nodesWith(GROUPS, module).filter(
    (node) =>
      node.kind === 'loop' &&
      groupsIn(node.iterable).some((name) => name === undefined || !foreign.has(name)),
  );
  const writes = new Set(loops.flatMap((loop) => nodesIn(loop)).filter(writesRate));
  const [only, ...more] = writes;
  return only === undefined || more.length > 0 ? null : only.span;
}

/** What an optimizer is assigned to where it is made. */
function nameOf({ span }: ObservedOptimizer, module: PythonModule): string | undefined {
  const made = nodesAround(module, span.start).find(
    (node) => node.kind === 'assign' && node.value?.span.start === span.start,
  );
  const target = made?.kind === 'assign' ? made.targets[0] : undefined;
  return target && chainText(target);
}

/** Whose groups something goes over: `optimizer` of `optimizer.param_groups`, also within `enumerate(…)` and `zip(…)`. */
function groupsIn(iterable: Expression | null): readonly (string | undefined)[] {
  if (iterable === null) return [];
  return [iterable, ...nodesIn(iterable)].flatMap((node) =>
    node.kind === 'attribute' && node.attribute === GROUPS ? [chainText(node.object)] : [],
  );
}

function writesRate(node: Node): node is Extract<Statement, { kind: 'assign' }> {
  return node.kind === 'assign' && node.targets.some(isRate);
}

function isRate(target: Expression): boolean {
  return target.kind === 'subscript' && target.index?.kind === 'text' && target.index.value === 'lr';
}
