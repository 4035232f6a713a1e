import { expect, test } from 'vitest';
import { requireMemory, workersThatFit } from './memory.ts';

const GIB = 2 ** 30;

test('a network that does not fit is refused with what it needs and what is there', () => {
  const cost = { peakBytes: 12 * GIB, peakWasmBytes: 5.5 * GIB };
  expect(() => requireMemory(8192, cost, 8 * GIB)).toThrow(
    'width 8192 needs 12 GiB of memory, and 8.0 GiB are free',
  );
  expect(() => requireMemory(8192, cost, 16 * GIB)).toThrow(
    'width 8192 needs 5.5 GiB in the memory of WebAssembly, which ends at 4 GiB',
  );
  requireMemory(8192, { ...cost, peakWasmBytes: 0 }, 16 * GIB);
});

test('no more workers than fit, and never none', () => {
  expect([16, 5, 1].map((free) => workersThatFit(4, 3 * GIB, free * GIB))).toEqual([4, 1, 1]);
});
