import type { PythonModule } from '../syntax/ast.ts';
import type { Span } from '../syntax/span.ts';

/**
 * A module whose spans begin at `base`, so that they are those of no other module.
 *
 * The tree is new: it is moved as it is made, before anybody has seen it.
 */
export function moveTo(base: number, module: PythonModule): PythonModule {
  const moved = new Set<Span>();
  const ahead: object[] = [module.body, module.comments];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (isSpan(node)) moveSpan(node, base, moved);
    else for (const part of Object.values(node) as unknown[]) if (isPart(part)) ahead.push(part);
  }
  return module;
}

function isPart(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function isSpan(node: object): node is Span {
  return 'start' in node && 'end' in node;
}

function moveSpan(span: Span, base: number, moved: Set<Span>): void {
  if (moved.has(span)) return;
  moved.add(span);
  // SAFETY: nobody else has the tree yet.
  const own = span as { start: number; end: number };
  own.start += base;
  own.end += base;
}
