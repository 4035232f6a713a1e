import type { CallExpression } from '../syntax/ast.ts';
import { type Node, nodesIn } from '../syntax/nodes-in.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { callAt, chainText, nodesAround } from './nodes.ts';

/** Multiplies by 1/√d itself where it is given no scale. */
const FUSED = 'scaled_dot_product_attention';

/** The call of a kernel for attention that stands at a span. */
export function fusedCall(span: Span, { module }: Pick<CodeAround, 'module'>): CallExpression | undefined {
  const call = isHere(span) ? callAt(module, span) : undefined;
  return call && isFused(call) ? call : undefined;
}

export function isFused(node: Node): node is CallExpression {
  return node.kind === 'call' && lastName(node.callee) === FUSED;
}

/**
 * Where code makes the logits itself on the way that it goes without the kernel, with all that they are multiplied by
 * there: in the other branch of an `if` around the call, of the same queries and keys. Null where it does not.
 */
export function logitsWithout(span: Span, { module }: Pick<CodeAround, 'module'>): Span | null {
  const [queries, keys] = fusedCall(span, { module })?.args.map(({ value }) => chainText(value)) ?? [];
  if (queries === undefined || keys === undefined) return null;
  for (const other of otherWays(span, module)) {
    const product = other.find((one) => isProductOf(one, queries, keys));
    if (product === undefined) continue;
    return withFactors(product, other.toReversed()).span;
  }
  return null;
}

/** A product with all that it is multiplied by, of the nodes around it from the inside out. */
export function withFactors(product: Node, around: readonly Node[]): Node {
  return around.reduce((inner, one) => (multiplies(one, inner) ? one : inner), product);
}

function multiplies(node: Node, factor: Node): boolean {
  if (node.kind !== 'binary') return false;
  return (
    (node.operator === '*' && (node.left === factor || node.right === factor)) ||
    (node.operator === '/' && node.left === factor)
  );
}

/** `a @ b`, `torch.matmul(a, b)`, also with factors behind it. */
export function isProduct(node: Node): boolean {
  return node.kind === 'binary'
    ? ['@', '*', '/'].includes(node.operator)
    : node.kind === 'call' && PRODUCTS.has(lastName(node.callee));
}

/** What stands in the other branch of each `if` around a place, the innermost first, within its function. */
function otherWays(span: Span, module: CodeAround['module']): readonly (readonly Node[])[] {
  const around = nodesAround(module, span.start);
  const isIn = (branch: readonly Node[]) => branch.some((one) => isWithin(span, one));
  return around
    .slice(around.findLastIndex(({ kind }) => kind === 'function') + 1)
    .reverse()
    .map((node) => {
      if (node.kind !== 'if') return [];
      return (isIn(node.body) ? node.otherwise : isIn(node.otherwise) ? node.body : []).flatMap(nodesIn);
    });
}

const PRODUCTS: ReadonlySet<string | undefined> = new Set(['matmul', 'bmm', 'einsum']);

/** `queries @ keys.mT`, `torch.matmul(queries, keys.mT)`, `queries.matmul(keys.mT)`. */
function isProductOf(node: Node, queries: string, keys: string): boolean {
  const has = (parts: readonly Node[], name: string) =>
    parts.some((part) => [part, ...nodesIn(part)].some((one) => chainText(one) === name));
  if (node.kind === 'binary') {
    return node.operator === '@' && has([node.left], queries) && has([node.right], keys);
  }
  if (node.kind !== 'call' || !PRODUCTS.has(lastName(node.callee))) return false;
  const given = node.args.map(({ value }) => value);
  return has([node.callee, ...given], queries) && has(given, keys);
}

function lastName(callee: Node): string | undefined {
  return callee.kind === 'attribute' ? callee.attribute : chainText(callee);
}

function isWithin({ start, end }: Span, { span }: Node): boolean {
  return span.start <= start && end <= span.end;
}
