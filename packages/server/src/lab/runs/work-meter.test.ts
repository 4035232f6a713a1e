import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WorkMeter } from './work-meter.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('runs weigh by their work', () => {
  const meter = new WorkMeter([1, 1, 8], 1);
  meter.reach(0, 1);
  expect(meter.share()).toBeCloseTo(0.1);
  meter.reach(2, 0.5);
  expect(meter.share()).toBeCloseTo(0.5);
});

test('at the start the expectation says how long, later the clock', () => {
  const meter = new WorkMeter([1000, 1000], 100);
  expect(meter.secondsLeft()).toBeCloseTo(20);
  vi.advanceTimersByTime(1_000_000);
  meter.reach(0, 1);
  // 1,000 in 1,000 s: the expected 10 s have lost their say.
  expect(meter.secondsLeft()).toBeGreaterThan(600);
});

test('what the store had says nothing about speed', () => {
  const meter = new WorkMeter([1000, 1000], 100);
  meter.reach(0, 1, 'store');
  expect(meter.secondsLeft()).toBeCloseTo(10);
  expect(meter.share()).toBeCloseTo(0.5);
});
