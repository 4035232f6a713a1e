import {
  type Dataset,
  type Engine,
  mixtureDataset,
  OPTIMIZERS,
  PARAMETRIZATIONS,
  probeSteps,
  type RunSpec,
  train,
} from '@widthwise/core';
import { rngFromSeed, runWork } from '@widthwise/core/theory';

/** A run whose work is counted and whose time is measured. */
export interface Shape {
  readonly spec: RunSpec;
  readonly data: Dataset;
}

/** Operations of products that a shape has at most, so that it takes about a second. */
const MOST_PRODUCTS = { reference: 4e9, others: 2e10 };

/**
 * So many shapes of what experiments ask for: features, coordinates with norms and without, bounds, losses alone, batches; all
 * at rates at which they neither diverge nor stand still, as float32 has coordinates that have moved and float64 others.
 */
export function costShapes(count: number, engine: Engine): readonly Shape[] {
  const rng = rngFromSeed(1);
  const pick = <Value>(...of: readonly Value[]): Value => {
    // SAFETY: next() is below 1.
    return of[Math.floor(rng.next() * of.length)] as Value;
  };
  const shapes: Shape[] = [];
  while (shapes.length < count) {
    const shape = candidate(pick, engine);
    if (isShort(shape) && isTrained(shape, engine)) shapes.push(shape);
  }
  return shapes;
}

type Pick = <Value>(...of: readonly Value[]) => Value;

function candidate(pick: Pick, engine: Engine): Shape {
  const kind = pick('features', 'features', 'coordinates', 'norms', 'convergence', 'loss', 'batches');
  const isBounds = kind === 'convergence';
  const samples = isBounds ? pick(8, 16, 24) : kind === 'batches' ? pick(64, 512) : pick(8, 64, 64, 200, 512);
  const steps = pick(1, 3, 10, 40, 100);
  const isCoordinates = kind === 'coordinates' || kind === 'norms';
  const probed = isCoordinates ? samples : Math.min(samples, isBounds ? 8 : pick(8, 8, 16, 64));
  const { input, hidden, output } = PARAMETRIZATIONS.mup;
  const optimizer = pick(OPTIMIZERS.sgd, OPTIMIZERS.sgd, OPTIMIZERS.momentum, OPTIMIZERS.adam);
  const net = {
    inputDim: pick(8, 64, 64, 200),
    width: pick(32, 64, 128, 256, 512, ...(isBounds ? [] : [1024, 2048])),
    depth: pick(1, 2, 3, 3, 5, 8),
    outputDim: pick(3, 10, 10),
    activation: 'tanh',
  } as const;
  return {
    spec: {
      version: 1,
      net,
      exponents: { input, hidden, output },
      optimizer,
      constants: { baseWidth: 1, initStd: 1, learningRate: optimizer.kind === 'adam' ? 0.01 : 1 },
      loss: { kind: 'half-square', reduction: 'mean' },
      data: { kind: 'mixture', hash: '' },
      steps,
      ...(kind === 'batches' ? { batch: pick(8, 32) } : {}),
      probe: {
        samples: probed,
        steps: probeSteps(steps),
        ...(isCoordinates ? { measures: 'coordinates' } : {}),
        ...(kind === 'convergence' || kind === 'loss' ? { measures: kind } : {}),
        ...(kind === 'norms' ? { weights: 'norms' } : {}),
      },
      seed: 0,
      engine: { name: engine.name, numerics: engine.numerics },
    },
    data: mixtureDataset({ classes: net.outputDim, dim: net.inputDim, samples, seed: 0 }),
  };
}

function isShort({ spec, data }: Shape): boolean {
  const { trained, measured } = runWork(spec, data.samples);
  return (
    trained + measured <= (spec.engine.name === 'reference' ? MOST_PRODUCTS.reference : MOST_PRODUCTS.others)
  );
}

function isTrained({ spec, data }: Shape, engine: Engine): boolean {
  const records = [...train(spec, data, engine)];
  return records.at(-1)?.kind === 'step';
}
