import { expect, test } from 'vitest';
import { legible } from './tick.ts';

test('where texts would touch a tick goes, never the last one', () => {
  const ticks = [64, 128, 256, 300].map((value) => ({ value, text: String(value) }));
  const kept = legible(
    ticks,
    (value) => value,
    () => 60,
  );
  expect(kept.map(({ value }) => value)).toEqual([64, 128, 300]);
});
