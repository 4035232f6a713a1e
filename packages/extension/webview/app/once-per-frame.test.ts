import { expect, test } from 'vitest';
import { oncePerFrame } from './once-per-frame.ts';

test('however many changes come, a frame draws once, and the next one again', () => {
  const frames: (() => void)[] = [];
  let drawn = 0;
  const redraw = oncePerFrame(
    () => drawn++,
    (callback) => void frames.push(callback),
  );
  redraw();
  redraw();
  expect(frames).toHaveLength(1);
  frames.shift()!();
  expect(drawn).toBe(1);
  redraw();
  frames.shift()!();
  expect(drawn).toBe(2);
});
