import process from 'node:process';
import { type Engine, mixtureDataset, OPTIMIZERS, PARAMETRIZATIONS, type RunSpec } from '@widthwise/core';

/** How wide the measured network is where nobody says. */
export const MEASURED_WIDTH = 512;
const DEPTH = 3;
const BATCH = 128;
const WARM_UP_MS = 150;
const TRIAL_MS = 250;

/** The step that is measured, in words. */
export function measuredStep(width: number): string {
  return `a step of gradient descent, ${DEPTH} hidden layers of ${width} units, batch ${BATCH}`;
}

/**
 * Operations of products that an engine does in a second, in GFLOP/s, tried for less than half a second or two steps: of
 * processor time, as other programs make nothing slower then, and of the clock where a GPU works.
 */
export function engineSpeed(
  engine: Engine,
  { device, width }: { readonly device: 'cpu' | 'gpu'; readonly width: number },
): number {
  const data = mixtureDataset({ classes: width, dim: width, samples: BATCH, seed: 0 });
  const { input, hidden, output } = PARAMETRIZATIONS.mup;
  const spec: RunSpec = {
    version: 1,
    net: { inputDim: width, width, depth: DEPTH, outputDim: width, activation: 'tanh' },
    exponents: { input, hidden, output },
    optimizer: OPTIMIZERS.sgd,
    constants: { baseWidth: width, initStd: 1, learningRate: 1e-6 },
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
    rows: width,
    cols: width,
    data: new Float64Array(width * width).fill(1 / width),
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
  const gigaflop = (BATCH * width * width * (6 * (DEPTH + 1) - 2)) / 1e9;
  const speed = 1000 * gigaflop * stepsPerMs(TRIAL_MS);
  session.dispose();
  return speed;
}
