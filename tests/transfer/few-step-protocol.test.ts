import { PARAMETRIZATIONS, type ParametrizationId, type Slope } from '@widthwise/core';
import { logLogSlope } from '@widthwise/core/theory';
import { describe, expect, test } from 'vitest';
import {
  collect,
  DEPTH,
  initialSizes,
  type PointsByMeasure,
  scalingMeasures,
  scalingSpec,
  signedGaussians,
  trained,
} from './scaling-run.ts';

const WIDTHS: readonly number[] = [128, 256, 512, 1024, 2048];
const FEW_STEPS = { steps: 4, learningRate: 0.5, reduction: 'sum' } as const;
const SEEDS = 8;
/** The output at initialization is one random number a seed, and needs only a forward pass. */
const SEEDS_OF_OUTPUT = 16;
const DATA_SEED = 0;

interface Theory {
  readonly f0: number;
  readonly df: number;
  /** Of Δh¹ … Δh³, then of h² and h³ at initialization. */
  readonly dh: readonly number[];
  readonly h: readonly number[];
  /** Of λ_min(x²), λ_min(x³), at initialization and after training. */
  readonly lambdaMin: readonly number[];
  /** Of the joint λ_min of layers 1 … 3. */
  readonly joint: readonly number[];
}

/** Exponents e of what is predicted to behave like n^e. */
const THEORY: readonly (readonly [ParametrizationId, Theory])[] = [
  ['sp', { f0: 0, df: 0, dh: [-1.5, -0.5, -0.5], h: [0, 0], lambdaMin: [0, 0], joint: [-3, -1, -1] }],
  ['ntp', { f0: 0, df: 0, dh: [-0.5, -0.5, -0.5], h: [0, 0], lambdaMin: [0, 0], joint: [-1, -1, -1] }],
  ['ip', { f0: -1.5, df: -1, dh: [-1, -0.5, -1], h: [-0.5, -1], lambdaMin: [-1, -2], joint: [-2, -3, -4] }],
  ['mup', { f0: -0.5, df: 0, dh: [0, 0, 0], h: [0, 0], lambdaMin: [0, 0], joint: [0, 0, 0] }],
];

/** Beyond the interval over seeds: at these widths, terms of the next order in 1/n still bend the power laws. */
const FINITE_WIDTH_MARGIN = 0.1;
/** A joint λ_min is the square of a small change, and depends on the data as well. */
const JOINT_MARGIN = 0.3;

interface Prediction {
  readonly measure: string;
  readonly exponent: number;
  readonly margin: number;
}

function predictions({ f0, df, dh, h, lambdaMin, joint }: Theory): readonly Prediction[] {
  const list = [
    { measure: 'f0', exponent: f0 },
    { measure: 'Δf', exponent: df },
    ...dh.map((exponent, index) => ({ measure: `Δh${index + 1}`, exponent })),
    ...h.map((exponent, index) => ({ measure: `h${index + 2} at init`, exponent })),
    ...lambdaMin.flatMap((exponent, index) => [
      { measure: `λ_min x${index + 2} at init`, exponent },
      { measure: `λ_min x${index + 2} trained`, exponent },
    ]),
  ].map((prediction) => ({ ...prediction, margin: FINITE_WIDTH_MARGIN }));
  const joints = joint.map((exponent, index) => ({
    measure: `joint λ_min ${index + 1}`,
    exponent,
    margin: JOINT_MARGIN,
  }));
  return [...list, ...joints];
}

function measure(id: ParametrizationId): PointsByMeasure {
  const dataset = signedGaussians(DATA_SEED);
  const points: PointsByMeasure = new Map();
  for (const width of WIDTHS) {
    for (let seed = 0; seed < SEEDS_OF_OUTPUT; seed++) {
      const spec = scalingSpec(PARAMETRIZATIONS[id], dataset, { ...FEW_STEPS, width, seed });
      const initial = initialSizes(spec, dataset);
      collect(points, 'f0', { width, value: initial.output });
      if (seed >= SEEDS) continue;
      const measures = scalingMeasures(trained(spec, dataset), initial);
      for (const [name, value] of Object.entries(measures)) collect(points, name, { width, value });
    }
  }
  return points;
}

function row({ measure: name, exponent }: Prediction, { value, low, high }: Slope): string {
  const cells = [value, low, high].map((slope) => (slope === null ? '?' : slope.toFixed(3)).padStart(8));
  return `  ${name.padEnd(22)} theory ${exponent.toFixed(1).padStart(5)}   slope ${cells[0]}   95 % ${cells[1]} …${cells[2]}`;
}

describe('four steps of training, from width 128 to 2048', () => {
  test.for(THEORY)('scale with width as theory says under %s', ([id, theory]) => {
    const points = measure(id);
    const found = predictions(theory).map((prediction) => ({
      ...prediction,
      slope: logLogSlope(points.get(prediction.measure) ?? []),
    }));
    console.log([`${id}, ${DEPTH} hidden layers:`, ...found.map((each) => row(each, each.slope))].join('\n'));

    const outside = found.filter(({ exponent, margin, slope }) => {
      const { low, high } = slope;
      return low === null || high === null || exponent < low - margin || exponent > high + margin;
    });
    expect(outside.map((each) => row(each, each.slope))).toEqual([]);
  });
});
