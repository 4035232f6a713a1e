import { instantiateKernels } from '@widthwise/core/kernels';
import { expect, test } from 'vitest';
import { smallData, smallSpec } from '../../../test/small-run.ts';
import { matrix } from '../../linalg/matrix.ts';
import { spectralNorm } from '../../linalg/spectral-norm.ts';
import { OPTIMIZERS } from '../../model/optimizer.ts';
import type { RunSpec } from '../../run/run-spec.ts';
import { initialDraws } from '../../train/initial-weights.ts';
import type { EngineSession } from '../engine.ts';
import { wasmEngine } from './wasm-engine.ts';

const RATES = [0.1, 0.1, 0.1, 0.001];

function wide(optimizer: RunSpec['optimizer'], width = 512): RunSpec {
  const base = smallSpec(undefined, { width, optimizer, steps: 4 });
  return { ...base, probe: { samples: 10, steps: [0, 4], measures: 'coordinates', weights: 'norms' } };
}

function opened(spec: RunSpec, kernels = instantiateKernels()): EngineSession {
  const session = wasmEngine(() => kernels).open(spec);
  session.setData(smallData);
  session.drawParams(initialDraws(spec));
  return session;
}

test.each(['sgd', 'momentum'] as const)('%s goes on with what it has where data are given anew', (kind) => {
  const [once, twice] = [0, 1].map(() => opened(wide(OPTIMIZERS[kind])));
  for (const each of [once, twice]) each.step(2, RATES);
  twice.setData(smallData);
  expect(twice.step(2, RATES)).toEqual(once.step(2, RATES));
  expect(twice.getParams()).toEqual(once.getParams());
});

test('is watched from where it stands', () => {
  const session = opened(wide(OPTIMIZERS.momentum));
  session.step(2, RATES);
  const before = session.getParams();
  const since = session.watchWeights();
  session.step(2, RATES);
  const after = session.getParams();
  const expected = after.map(({ rows, cols, data }, index) =>
    spectralNorm(
      matrix(
        rows,
        cols,
        data.map((entry, at) => entry - before[index].data[at]),
      ),
    ),
  );
  expect(since().map(({ change }) => change)).toBeCloseToAll(expected, { rtol: 1e-3 });
});

test('takes no more steps than its run has', () => {
  const session = opened(wide(OPTIMIZERS.sgd));
  session.step(3, RATES);
  expect(() => session.step(2, RATES)).toThrow('expected no more than the 4 steps of the run');
});

test('takes a quarter of the memory that all entries of changes take', () => {
  const taken = (kind: 'sgd' | 'adam'): number => {
    const kernels = instantiateKernels();
    opened({ ...wide(OPTIMIZERS[kind], 1024), optimizer: OPTIMIZERS[kind] }, kernels);
    return kernels.memory.buffer.byteLength;
  };
  // Adam remembers two numbers an entry besides W₀, Δ and their sum, and has the room of a gradient.
  expect(taken('sgd') / taken('adam')).toBeLessThan(1 / 4);
});
