import { instantiateKernels } from '@widthwise/core/kernels';
import { expect, test } from 'vitest';
import { smallData, smallSpec } from '../../test/small-run.ts';
import { ENGINE_NAMES } from '../engines/engine-names.ts';
import { wasmEngine } from '../engines/wasm/wasm-engine.ts';
import { OPTIMIZERS } from '../model/optimizer.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { initialWeights } from '../train/initial-weights.ts';
import { costEstimate, type RunCost } from './run-cost.ts';
import { runWork } from './run-work.ts';

function costOf(spec: RunSpec, samples: number): RunCost {
  const cell = { parametrization: 'mup', width: spec.net.width, seed: 0, spec, hash: 'one' };
  return costEstimate([cell], samples).runs[0]!;
}

const unwatched = (steps: number): RunSpec =>
  smallSpec(undefined, { steps, probe: { samples: 4, steps: [] } });
const drawn = (spec: RunSpec): readonly number[] => initialWeights(spec).map(({ data }) => data.length);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

test('a weight is drawn once', () => {
  const work = runWork(unwatched(0), 0);
  expect(work.begun).toBe(sum(drawn(unwatched(0))));
});

test('an update multiplies and adds each weight with each sample forward, backward and for its gradient', () => {
  const [input, ...rest] = drawn(unwatched(0));
  // Nothing below the input wants its gradient: two products instead of three, of two operations each.
  const update = 2 * (2 * input! + 3 * sum(rest));
  const of = (spec: RunSpec, samples: number): number => runWork(spec, samples).trained;
  expect(of(unwatched(5), 10) - of(unwatched(4), 10)).toBe(10 * update);
  // The loss after the last update takes one more pass forward.
  expect(of(unwatched(0), 7) - of(unwatched(0), 6)).toBe(2 * sum(drawn(unwatched(0))));
  // Of a batch, each sample of the batch.
  const batched = (steps: number): RunSpec => ({ ...unwatched(steps), batch: 4 });
  expect(of(batched(5), 10) - of(batched(4), 10)).toBe(4 * update);
});

test('what is watched costs by layer, width and the square of the samples', () => {
  const watch = (steps: readonly number[], samples: number): number => {
    const spec = smallSpec(undefined, { probe: { samples, steps } });
    return runWork(spec, 10).spectra;
  };
  const one = watch([0], 4);
  expect(one).toBeGreaterThan(0);
  expect(watch([0, 4], 4)).toBe(2 * one);
  expect(watch([0], 8)).toBe(4 * one);
});

test('weights are taken out for a look at bounds, and for any look where they are trained in graphs', () => {
  const copies = (name: string, measures?: 'convergence'): number => {
    const probe = { samples: 4, steps: [0, 5], ...(measures && { measures }) };
    const spec = smallSpec(undefined, { steps: 5, probe });
    return runWork({ ...spec, engine: { name, numerics: 1 } }, 10).copied / sum(drawn(spec));
  };
  expect(['reference', 'wasm', 'onnx'].map((name) => copies(name))).toEqual([0, 0, 2]);
  expect(['reference', 'wasm', 'onnx'].map((name) => copies(name, 'convergence'))).toEqual([2, 2, 4]);
});

test.each(ENGINE_NAMES)(
  'on %s a large network costs its products, and a small one what else it takes',
  (name) => {
    const share = (width: number, samples: number): number => {
      const base = smallSpec(undefined, { width, steps: 100, probe: { samples: 8, steps: [0, 100] } });
      const spec = { ...base, engine: { name, numerics: 1 } };
      return costOf(spec, samples).flops / runWork(spec, samples).trained;
    };
    expect(share(8192, 4096)).toBeGreaterThan(1);
    expect(share(8192, 4096)).toBeLessThan(1.25);
    expect(share(32, 8)).toBeGreaterThan(2);
  },
);

test('an engine is counted at paces of its own', () => {
  const counted = ENGINE_NAMES.map((name) => {
    const spec = { ...unwatched(4), engine: { name, numerics: 1 } };
    return costOf(spec, 10).flops;
  });
  // Of the three that are timed, no two do the rest of a small run as fast beside their products.
  expect(new Set(counted).size).toBe(3);
});

test('memory holds four copies of weights in float64, or three in float32, and three matrices of features a layer', () => {
  const { net } = unwatched(0);
  const bytes = (samples: number): number => costOf(unwatched(0), samples).bytes;
  const perSample = 3 * net.depth * net.width + net.inputDim + 2 * net.outputDim;
  expect(bytes(11) - bytes(10)).toBe(Float64Array.BYTES_PER_ELEMENT * perSample);
  const ofProbe = 4 * 4 * net.depth * net.width;
  expect(bytes(0)).toBe(Float64Array.BYTES_PER_ELEMENT * (4 * sum(drawn(unwatched(0))) + ofProbe));
});

test.each([
  { optimizer: OPTIMIZERS.adam },
  { optimizer: OPTIMIZERS.adam, weights: 'norms' as const },
  { optimizer: OPTIMIZERS.momentum, weights: 'norms' as const, measures: 'coordinates' as const },
])(
  'what stands in the memory of WebAssembly is what the kernels take of it: %o',
  ({ optimizer, ...looks }) => {
    const base = smallSpec(undefined, { width: 512, optimizer });
    const spec = { ...base, probe: { ...base.probe, ...looks } };
    const taken = (width: number): number => {
      const kernels = instantiateKernels();
      const session = wasmEngine(() => kernels).open({ ...spec, net: { ...spec.net, width } });
      session.setData(smallData);
      if ('weights' in looks) session.watchWeights()();
      session.features(1, 'activation');
      return kernels.memory.buffer.byteLength;
    };
    const of = (width: number): number =>
      costOf(
        { ...spec, net: { ...spec.net, width }, engine: { name: 'wasm', numerics: 6 } },
        smallData.samples,
      ).wasmBytes;
    // Memory grows by pages; pairs of rows and the data set are not counted.
    expect((of(1024) - of(512)) / (taken(1024) - taken(512))).toBeCloseTo(1, 1);
    expect(costOf(spec, 10).wasmBytes).toBe(0);
  },
);

test('a plan costs what its distinct runs cost together, and the memory of the largest', () => {
  const cells = [64, 128, 64].map((width) => ({
    parametrization: 'mup',
    width,
    seed: 0,
    spec: smallSpec(undefined, { width }),
    hash: `${width}`,
  }));
  const { runs, flops, peakBytes } = costEstimate(cells, 10);
  expect(flops).toBeCloseTo(runs[0]!.flops + runs[1]!.flops, 4);
  expect(peakBytes).toBe(runs[1]!.bytes);
});

test('bounds of more samples than units cost what the smaller side of the features does', () => {
  const base = smallSpec(undefined, { width: 64 });
  const spec = { ...base, probe: { ...base.probe, measures: 'convergence' as const } };
  // Singular values of 64 units are of 64³, however many the samples: ten times as many of these cost ten times as much.
  expect(costOf(spec, 50_000).flops / costOf(spec, 5000).flops).toBeLessThan(12);
});
