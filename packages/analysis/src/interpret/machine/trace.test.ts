import { expect, test } from 'vitest';
import type { Tensor } from '../../network/graph.ts';
import { markIn, newTrace, notedSince, unasked } from './trace.ts';

test('what a call has shown is noted again where it is not run again, and nothing that was there before', () => {
  // SAFETY: a trace compares tensors by identity alone.
  const [before, given, loss] = [{}, {}, {}] as unknown as readonly [Tensor, Tensor, Tensor];
  const output = { model: 1, at: 0, given: { positional: new Map(), named: new Map() } };
  const trace = newTrace(unasked());
  trace.losses.add(before);
  trace.outputs.set(before, [output]);
  const mark = markIn(trace);
  trace.outputs.set(given, [output]);
  trace.losses.add(loss);
  trace.unread.add(loss);
  const { outputs, losses, unread } = notedSince(mark, trace);
  expect([...outputs.keys()]).toEqual([given]);
  expect([...losses]).toEqual([loss]);
  expect([...unread]).toEqual([loss]);
});
