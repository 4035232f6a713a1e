import type { TextEdit } from '../finding.ts';
import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Expression, PythonModule, Statement } from '../syntax/ast.ts';
import { type Node, nodesIn } from '../syntax/nodes-in.ts';
import type { CodeAround } from './code-around.ts';
import { multiplied } from './multiplied.ts';
import { chainText, nodesAround, nodesWith } from './nodes.ts';

const GROUPS = 'param_groups';

/** An optimizer, and others that the same file may have. */
interface AmongOthers {
  readonly optimizer: ObservedOptimizer;
  readonly others: readonly ObservedOptimizer[];
}

/** `group['lr'] = lr`. */
type RateWrite = Extract<Statement, { kind: 'assign' }>;

/** The one line of a file that gives each group of an optimizer a rate; null where there is none, or several. */
export function rateWrite({ optimizer, others }: AmongOthers, { module }: CodeAround): RateWrite | null {
  const own = nameOf(optimizer, module);
  const foreign = new Set(others.map((one) => nameOf(one, module)).filter((name) => name !== own));
  const loops = nodesWith(GROUPS, module).filter(
    (node) =>
      node.kind === 'loop' &&
      groupsIn(node.iterable).some((name) => name === undefined || !foreign.has(name)),
  );
  const writes = new Set(loops.flatMap((loop) => nodesIn(loop)).filter(writesRate));
  const [only, ...more] = writes;
  return only === undefined || more.length > 0 ? null : only;
}

/** Multiplies the rate that a line gives each group by a factor that the group keeps; null where the line is another. */
export function keepFactor(
  { targets, value }: RateWrite,
  key: string,
  { text }: CodeAround,
): KeptFactor | null {
  const [target, ...others] = targets;
  if (target?.kind !== 'subscript' || !target.index || others.length > 0 || value === null) return null;
  const group = chainText(target.object);
  if (group === undefined) return null;
  const quote = text.slice(target.index.span.start, target.index.span.start + 1);
  const factor = `${group}.get(${quote}${key}${quote}, 1.0)`;
  return { factor, edits: multiplied(value, factor) };
}

interface KeptFactor {
  /** `group.get('lr_scale', 1.0)`. */
  readonly factor: string;
  readonly edits: readonly TextEdit[];
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

function writesRate(node: Node): node is RateWrite {
  return node.kind === 'assign' && node.targets.some(isRate);
}

function isRate(target: Expression): boolean {
  return target.kind === 'subscript' && target.index?.kind === 'text' && target.index.value === 'lr';
}
