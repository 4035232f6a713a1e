import type { SubscriptExpression, SubscriptPlace } from './ast.ts';

/** What stands between the brackets of a subscript, dimension by dimension. */
export function subscriptPlaces({ index, slice, places }: SubscriptExpression): readonly SubscriptPlace[] {
  if (index !== null) return [{ kind: 'index', value: index }];
  return slice === undefined ? places : [{ kind: 'slice', ...slice }];
}
