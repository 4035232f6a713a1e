import { fc, test as propertyTest } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Dataset } from '../data/dataset.ts';
import { mixtureDataset } from '../data/mixture.ts';
import { referenceEngine } from '../engines/reference/reference-engine.ts';
import { matrix } from '../linalg/matrix.ts';
import { frobeniusNorm } from '../linalg/norms.ts';
import { ACTIVATION_NAMES } from '../model/activation.ts';
import { errorFactor } from '../model/loss.ts';
import { OPTIMIZERS } from '../model/optimizer.ts';
import { concreteScaling } from '../parametrization/scaling.ts';
import { PARAMETRIZATIONS, type ParametrizationId } from '../parametrization/table.ts';
import type { RunResult } from '../run/run-result.ts';
import type { RunSpec } from '../run/run-spec.ts';
import { initialWeights } from './initial-weights.ts';
import { train } from './train.ts';

interface Net {
  readonly id: ParametrizationId;
  readonly activation: RunSpec['net']['activation'];
  readonly depth: number;
  readonly width: number;
  readonly samples: number;
  readonly classes: number;
  readonly seed: number;
  readonly loss: RunSpec['loss'];
}

const NET = fc.record<Net>({
  id: fc.constantFrom('sp', 'ntp', 'ip', 'mup'),
  activation: fc.constantFrom(...ACTIVATION_NAMES),
  depth: fc.integer({ min: 1, max: 3 }),
  width: fc.integer({ min: 4, max: 24 }),
  samples: fc.integer({ min: 2, max: 12 }),
  classes: fc.integer({ min: 2, max: 4 }),
  seed: fc.integer({ min: 0, max: 1000 }),
  loss: fc.record({
    kind: fc.constantFrom('half-square', 'square'),
    reduction: fc.constantFrom('mean', 'sum'),
  }),
});

function specOf({ id, activation, depth, width, seed, loss }: Net, dataset: Dataset): RunSpec {
  const { input, hidden, output, optimizer } = PARAMETRIZATIONS[id];
  const { inputDim, outputDim } = dataset;
  return {
    version: 1,
    net: { inputDim, width, depth, outputDim, activation },
    exponents: { input, hidden, output },
    optimizer: OPTIMIZERS[optimizer],
    constants: { baseWidth: 4, initStd: 1, learningRate: 0.2 },
    loss,
    data: { kind: 'mixture', hash: '' },
    steps: 6,
    probe: { samples: Math.min(2, dataset.samples), steps: [0, 1, 3, 6], measures: 'convergence' },
    seed,
    engine: { name: 'reference', numerics: 1 },
  };
}

function datasetOf({ classes, samples, seed }: Net): Dataset {
  return mixtureDataset({ classes, dim: 5, samples, seed });
}

function trained(spec: RunSpec, dataset: Dataset): RunResult {
  const steps = train(spec, dataset, referenceEngine);
  let next = steps.next();
  while (!next.done) next = steps.next();
  return next.value;
}

propertyTest.prop([NET], { numRuns: 150 })(
  'of whatever is trained, neither bound is ever violated: ‖χ‖ and the loss stay below what gradients say',
  (net) => {
    const dataset = datasetOf(net);
    const { bounds = [], series } = trained(specOf(net, dataset), dataset);
    const losses = series.find(({ quantity }) => quantity === 'loss');
    for (const { step, features, error, errorBound, gap, lossFloor, tangent } of bounds) {
      const loss = losses?.values[losses.steps.indexOf(step)] ?? Number.NaN;
      const slack = 1 + 1e-9;
      if (features === 'independent') expect(error).toBeLessThanOrEqual((errorBound ?? 0) * slack);
      if (gap !== null && lossFloor !== null) expect(loss).toBeLessThanOrEqual((gap + lossFloor) * slack);
      if (tangent?.errorBound != null) expect(error).toBeLessThanOrEqual(tangent.errorBound * slack);
      if (tangent?.gap != null) expect(loss).toBeLessThanOrEqual(tangent.gap * slack);
    }
  },
);

propertyTest.prop([NET], { numRuns: 40 })(
  'the tangent kernel of the error signal is the gradient: Σ_l η_l‖∂𝓛/∂W^l‖² = s² χᵀK_ηχ, and gradients are what updates are made of',
  (net) => {
    const dataset = datasetOf(net);
    const spec = specOf(net, dataset);
    const session = referenceEngine.open(spec);
    session.setData(dataset);
    session.setParams(initialWeights(spec));
    const { residuals, gradientNorms } = session.batch();
    const rates = gradientNorms.map((_, index) => 0.3 + index);
    const kernel = session.tangentKernel(rates);
    const factor = errorFactor(spec.loss, dataset.samples);
    let quadratic = 0;
    for (let row = 0; row < kernel.rows; row++) {
      for (let col = 0; col < kernel.cols; col++) {
        quadratic += residuals.data[row] * kernel.data[row * kernel.cols + col] * residuals.data[col];
      }
    }
    const weighted = gradientNorms.reduce((sum, norm, index) => sum + rates[index] * norm * norm, 0);
    expect([quadratic * factor * factor]).toBeCloseToAll([weighted], { rtol: 1e-9, atol: 1e-14 });

    const before = session.getParams();
    const scaling = concreteScaling(spec);
    session.step(
      1,
      scaling.map(() => 1),
    );
    const updates = session.getParams().map((after, index) => {
      const moved = after.data.map((entry, at) => entry - before[index].data[at]);
      return frobeniusNorm(matrix(after.rows, after.cols, moved)) / scaling[index].multiplier;
    });
    // A difference of weights has lost the digits of weights.
    expect(updates).toBeCloseToAll(gradientNorms, { rtol: 1e-6, atol: 1e-13 });
  },
);

test('a large batch has its kernel at five steps, a larger one at none, and every step has the bound of the readout', () => {
  const dataset = mixtureDataset({ classes: 3, dim: 4, samples: 90, seed: 0 });
  const net = {
    id: 'mup',
    activation: 'tanh',
    depth: 1,
    width: 8,
    samples: 90,
    classes: 3,
    seed: 0,
  } as const;
  const spec = specOf({ ...net, loss: { kind: 'half-square', reduction: 'mean' } }, dataset);
  const steps = [0, 1, 2, 3, 4, 5, 6];
  const { bounds = [] } = trained({ ...spec, probe: { ...spec.probe, steps } }, dataset);
  expect(bounds.map(({ step }) => step)).toEqual(steps);
  expect(bounds.filter(({ tangent }) => tangent !== null).map(({ step }) => step)).toEqual([0, 2, 3, 5, 6]);
  // More samples than units: the readout cannot reach all of the error.
  expect(new Set(bounds.map(({ features }) => features))).toEqual(new Set(['rank-deficient']));
});
