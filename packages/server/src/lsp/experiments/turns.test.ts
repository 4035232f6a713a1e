import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

const never = new AbortController().signal;

/** Work that lasts until it is told to end. */
function work() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { end: () => resolve(), promise };
}

test('so many are at it at a time, and the others follow in the order they came', async () => {
  const turns = new Turns(2);
  const began: number[] = [];
  const works = Array.from({ length: 4 }, work);
  const taken = works.map(({ promise }, index) =>
    turns.take(never, async () => {
      began.push(index);
      await promise;
    }),
  );
  expect(began).toEqual([0, 1]);
  works[1]!.end();
  await taken[1];
  expect(began).toEqual([0, 1, 2]);
  for (const { end } of works) end();
  await Promise.all(taken);
  expect(began).toEqual([0, 1, 2, 3]);
  expect(turns.taken).toBe(false);
});

test('who leaves the line keeps nobody waiting', async () => {
  const turns = new Turns(1);
  const first = work();
  const holding = turns.take(never, () => first.promise);
  const leaving = new AbortController();
  const left = turns.take(leaving.signal, async () => 'left');
  const after = turns.take(never, async () => 'after');
  leaving.abort();
  await expect(left).rejects.toThrow('aborted');
  first.end();
  await holding;
  expect(await after).toBe('after');
  expect(turns.taken).toBe(false);
});

test('work that fails gives its turn on', async () => {
  const turns = new Turns(1);
  await expect(turns.take(never, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
  expect(await turns.take(never, async () => 'next')).toBe('next');
});
