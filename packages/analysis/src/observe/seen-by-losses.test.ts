import { expect, test } from 'vitest';
import { isPartlyUnknown, literal } from '../growth/quantity.ts';
import { newTrace, unasked } from '../interpret/machine/trace.ts';
import { act, input, loss, scale } from '../network/tensor.ts';
import { seenByLosses } from './seen-by-losses.ts';

/** What a loss sees of an output behind so many functions, and then a half of it. */
function factorBehind(functions: number) {
  const trace = newTrace(unasked());
  const output = act(input(null, null), 'relu', null);
  let tensor = output;
  for (let at = 0; at < functions; at++) tensor = act(tensor, 'relu', null);
  trace.outputs.set(output, [{ model: 1, at: 0, given: { positional: new Map(), named: new Map() } }]);
  trace.descended.add(loss([scale(tensor, literal(0.5), null)], null));
  return seenByLosses(trace, 1, () => false).map(({ factor }) => isPartlyUnknown(factor));
}

test('an output behind which more stands than is followed may have any factor', () => {
  expect(factorBehind(10)).toEqual([false]);
  expect(factorBehind(5000)).toEqual([true]);
});
