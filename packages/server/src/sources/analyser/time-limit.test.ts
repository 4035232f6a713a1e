import process from 'node:process';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { processorMs } from './processor-time.ts';
import { limitTime } from './time-limit.ts';

vi.mock('./processor-time.ts', { spy: true });

const used = vi.mocked(processorMs);

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  used.mockReset();
});

/** When a limit of one second is exceeded, in milliseconds of the clock; null for never within a minute. */
async function exceededAt(usedAt: (ms: number) => number | null): Promise<number | null> {
  const startedMs = Date.now();
  used.mockImplementation(() => usedAt(Date.now() - startedMs));
  let at: number | null = null;
  const giveUp = limitTime(1, 1000, () => {
    at = Date.now() - startedMs;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  giveUp();
  return at;
}

test('a process that works all the time exceeds its limit when the clock does', async () => {
  expect(await exceededAt((ms) => 7000 + ms)).toBe(1000);
});

test('one that gets a quarter of a processor has four times as long', async () => {
  const at = await exceededAt((ms) => 7000 + ms / 4);
  expect(at).toBeGreaterThanOrEqual(3000);
  expect(at).toBeLessThanOrEqual(4000);
});

test('the clock decides where the system tells no processor time, and in the end where none is used', async () => {
  expect(await exceededAt(() => null)).toBe(1000);
  expect(await exceededAt(() => 7000)).toBe(12_000);
});

test('who is done in time is left alone', async () => {
  const exceed = vi.fn();
  used.mockReturnValue(null);
  limitTime(1, 1000, exceed)();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(exceed).not.toHaveBeenCalled();
});

test.runIf(process.platform === 'linux')('the processor time of a process is what it says itself', () => {
  vi.useRealTimers();
  const before = process.cpuUsage();
  const told = processorMs(process.pid)!;
  const after = process.cpuUsage();
  expect(told).toBeGreaterThanOrEqual((before.user + before.system) / 1000 - 20);
  expect(told).toBeLessThanOrEqual((after.user + after.system) / 1000 + 20);
  expect(processorMs(2 ** 30)).toBeNull();
});
