import type { ObservedOptimizer } from '../observe/observed-model.ts';
import type { Weight } from '../outline/weights.ts';
import type { Span } from '../syntax/span.ts';
import { isHere } from '../workspace/source-modules.ts';
import type { CodeAround } from './code-around.ts';
import { groupOf } from './listed-group.ts';
import { callAt } from './nodes.ts';

/** Where the one group of a list is written that has some weights; null where the file does not show that. */
export function groupPlace(
  { optimizer, weights }: { readonly optimizer: ObservedOptimizer; readonly weights: readonly Weight[] },
  code: CodeAround,
): Span | null {
  const call = isHere(optimizer.span) ? callAt(code.module, optimizer.span) : undefined;
  return call === undefined ? null : (groupOf(call, { optimizer, weights }, code)?.group.span ?? null);
}
