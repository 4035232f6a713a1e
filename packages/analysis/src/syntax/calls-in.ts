import type { CallExpression } from './ast.ts';
import { nodesIn } from './nodes-in.ts';

/** All calls in a part of the syntax tree, in the order of the text. */
export function callsIn(part: object): readonly CallExpression[] {
  return nodesIn(part).filter((node): node is CallExpression => node.kind === 'call');
}
