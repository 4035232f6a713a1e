import process from 'node:process';
import { type Engine, mixtureDataset, OPTIMIZERS, PARAMETRIZATIONS, type RunSpec } from '@widthwise/core';

const WIDTH = 512;
const DEPTH = 3;
const BATCH = 128;
const WARM_UP_MS = 150;
const TRIAL_MS = 250;

/** The step that is measured, in words. */
export const MEASURED_STEP: string = `a step of gradient descent, ${DEPTH} hidden layers of ${WIDTH} units, batch ${BATCH}`;

/**
 * Operations of products that an engine does in a second, in GFLOP/s, tried for less than half a second: of processor time,
 * as other programs make nothing slower then, and of the clock where a GPU works.
 */
export function engineSpeed(engine: Engine, device: 'cpu' | 'gpu'): number {
  const data = mixtureDataset({ classes: WIDTH, dim: WIDTH, samples: BATCH, seed: 0 });
  const { input, hidden, output } = PARAMETRIZATIONS.mup;
  const spec: RunSpec = {
    version: 1,
    net: { inputDim: WIDTH, width: WIDTH, depth: DEPTH, outputDim: WIDTH, activation: 'tanh' },
    exponents: { input, hidden, output },
    optimizer: OPTIMIZERS.sgd,
    constants: { baseWidth: WIDTH, initStd: 1, learningRate: 1e-6 },
    loss: { kind: 'half-square', reduction: 'mean' },
    data: { kind: 'mixture', hash: '' },
    steps: 1,
    probe: { samples: 1, steps: [0, 1] },
    seed: 0,
    engine: { name: engine.name, numerics: engine.numerics },
  };
  const session = engine.open(spec);
  session.setData(data);
  const layers = Array.from({ length: DEPTH + 1 }, () => ({
    rows: WIDTH,
    cols: WIDTH,
    data: new Float64Array(WIDTH * WIDTH).fill(1 / WIDTH),
  }));
  session.setParams(layers);
  const rates = layers.map(() => 1e-6);
  const usedMs = (): number => {
    const { user, system } = process.cpuUsage();
    return device === 'gpu' ? performance.now() : (user + system) / 1000;
  };
  const stepsPerMs = (forMs: number): number => {
    const begunMs = usedMs();
    for (let steps = 1; ; steps++) {
      session.step(1, rates);
      const ms = usedMs() - begunMs;
      if (ms >= forMs) return steps / ms;
    }
  };
  stepsPerMs(WARM_UP_MS);
  // Forward, gradient and error take two operations an entry and sample each; the inputs need no error.
  const gigaflop = (BATCH * WIDTH * WIDTH * (6 * (DEPTH + 1) - 2)) / 1e9;
  const speed = 1000 * gigaflop * stepsPerMs(TRIAL_MS);
  session.dispose();
  return speed;
}
