import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { inOrder } from './in-order.ts';

async function all<Item>(results: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = [];
  for await (const result of results) list.push(result);
  return list;
}

test('results come in the order of the items, whichever is done first', async () => {
  const work = async (ms: number): Promise<number> => sleep(ms, ms);
  expect(await all(inOrder([30, 1, 20, 1], 3, work))).toEqual([30, 1, 20, 1]);
  expect(await all(inOrder([], 3, work))).toEqual([]);
});

test('no more are under way at once than may be', async () => {
  let [underWay, most] = [0, 0];
  const work = async (): Promise<void> => {
    most = Math.max(most, ++underWay);
    await sleep(1);
    underWay--;
  };
  await all(inOrder(Array(20).fill(0), 4, work));
  expect(most).toBe(4);
});

test('where several fail, the first in the order is thrown, and no other goes unheard', async () => {
  const unheard: unknown[] = [];
  const hear = (error: unknown): void => void unheard.push(error);
  process.on('unhandledRejection', hear);
  onTestFinished(() => void process.off('unhandledRejection', hear));
  const work = async (item: number): Promise<number> => {
    await sleep(1);
    throw new Error(`no ${item}`);
  };
  await expect(all(inOrder([1, 2, 3, 4], 4, work))).rejects.toThrow('no 1');
  await sleep(10);
  expect(unheard).toEqual([]);
});
