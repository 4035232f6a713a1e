import process from 'node:process';
import { expect, test } from 'vitest';
import { processInterruption } from './interruption.ts';

test('one listener hears for all that is at work, and goes with the last', async () => {
  const before = process.listenerCount('SIGINT');
  const listeners = (): number => process.listenerCount('SIGINT') - before;
  const interruption = processInterruption();
  const ends: (() => void)[] = [];
  const works = Array.from({ length: 20 }, () =>
    interruption.during(() => new Promise<void>((resolve) => void ends.push(resolve))),
  );
  expect(listeners()).toBe(1);
  for (const end of ends.slice(1)) end();
  await Promise.all(works.slice(1));
  expect(listeners()).toBe(1);
  ends[0]?.();
  await works[0];
  expect(listeners()).toBe(0);
});

test('one that fails leaves no listener behind', async () => {
  const before = process.listenerCount('SIGTERM');
  await expect(processInterruption().during(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
  expect(process.listenerCount('SIGTERM')).toBe(before);
});
