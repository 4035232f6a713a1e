import { instantiateKernels } from '@widthwise/core/kernels';
import { expect, test } from 'vitest';
import { rngFromSeed } from '../../random/rng.ts';
import { KeptNormals, MOST_KEPT } from './kept-normals.ts';
import { WasmMemory } from './wasm-memory.ts';

const COUNT = 70_001;

/** Where a weight of so many entries begins, and how often numbers were drawn for it. */
function drawing(count: number) {
  const kernels = instantiateKernels();
  let draws = 0;
  const memory = new WasmMemory({
    ...kernels,
    fillNormals(...args) {
      draws++;
      kernels.fillNormals(...args);
    },
  });
  const [w, start, change] = [0, 1, 2].map(() => memory.take(4 * count));
  const bits = () => [w, start, change].map((at) => memory.float32(at, count).slice());
  return { memory, at: { w, start, change }, bits, draws: () => draws };
}

test('another std begins with the same normals, to the bit, and draws none', () => {
  const { memory, at, bits, draws } = drawing(COUNT);
  const normals = new KeptNormals();
  const drawn = [0.3, 0.02].map((std) => {
    normals.begin();
    normals.draw({ count: COUNT, std, rng: rngFromSeed(5) }, at, memory);
    return bits();
  });
  expect(draws()).toBe(2);
  for (const [index, std] of [0.3, 0.02].entries()) {
    const anew = drawing(COUNT);
    new KeptNormals().draw({ count: COUNT, std, rng: rngFromSeed(5) }, anew.at, anew.memory);
    expect(drawn[index]).toEqual(anew.bits());
  }
});

test('another seed draws anew, and what was kept is what the kernels draw at once', () => {
  const { memory, at, bits, draws } = drawing(COUNT);
  const normals = new KeptNormals();
  for (const seed of [5, 6]) {
    normals.begin();
    normals.draw({ count: COUNT, std: 0.1, rng: rngFromSeed(seed) }, at, memory);
  }
  expect(draws()).toBe(4);
  const kept = bits();
  const state = memory.take(16);
  memory.int32(state, 4).set(rngFromSeed(6).words());
  memory.kernels.drawWeights(state, COUNT, 0.1, at.w, at.start, at.change);
  expect(kept).toEqual(bits());
});

test('more than are worth their memory are not kept', () => {
  const { memory, at, draws } = drawing(MOST_KEPT + 2);
  const normals = new KeptNormals();
  for (let run = 0; run < 2; run++) {
    normals.begin();
    normals.draw({ count: MOST_KEPT + 2, std: 1, rng: rngFromSeed(1) }, at, memory);
  }
  expect(draws()).toBe(0);
});
