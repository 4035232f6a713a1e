import {
  COMPARISON,
  CONVERGENCE_CHECK,
  COORDINATE_CHECK,
  type Experiment,
  LIMIT,
  type RunSetting,
  type UnprobedParams,
} from '@widthwise/core';

export const PLAN_ENGINES = ['wasm', 'onnx', 'reference'] as const;

export type PlanEngine = (typeof PLAN_ENGINES)[number];

/** What an experiment is asked for; the values are those of its fields. */
export interface Plan {
  readonly name: string;
  readonly experiment: Pick<Experiment<UnprobedParams, RunSetting, unknown>, 'name'>;
  readonly asked: Readonly<Record<string, string | number | readonly (string | number)[]>>;
  /** So many that a command takes some seconds: what it says of them is whole ones. */
  readonly seeds: Readonly<Record<PlanEngine, number>>;
}

const WIDE = [128, 256, 512];
const TWO = ['sp', 'mup'];

export const PLANS: readonly Plan[] = [
  { name: 'demo', experiment: COMPARISON, asked: {}, seeds: { wasm: 10, onnx: 6, reference: 3 } },
  {
    name: 'narrow',
    experiment: COMPARISON,
    asked: { widths: [32, 64, 128] },
    seeds: { wasm: 60, onnx: 20, reference: 40 },
  },
  {
    name: 'deep',
    experiment: COMPARISON,
    asked: { widths: [64, 128, 256], depth: 8 },
    seeds: { wasm: 20, onnx: 8, reference: 12 },
  },
  {
    name: 'long',
    experiment: COMPARISON,
    asked: { widths: [64, 128, 256], steps: 200, parametrizations: TWO },
    seeds: { wasm: 20, onnx: 12, reference: 6 },
  },
  {
    name: 'adam',
    experiment: COMPARISON,
    asked: { widths: WIDE, optimizer: 'adam', steps: 40, learningRate: 0.01 },
    seeds: { wasm: 8, onnx: 6, reference: 2 },
  },
  {
    name: 'batches',
    experiment: COMPARISON,
    asked: { widths: WIDE, data: 'digits:512', batch: 32, steps: 100, parametrizations: TWO },
    seeds: { wasm: 10, onnx: 8, reference: 2 },
  },
  {
    name: 'samples',
    experiment: COMPARISON,
    asked: { widths: WIDE, data: 'digits:1024', parametrizations: TWO },
    seeds: { wasm: 8, onnx: 8, reference: 2 },
  },
  {
    name: 'wide coordinates',
    experiment: COORDINATE_CHECK,
    asked: { parametrization: 'mup', widths: [256, 512, 1024, 2048], steps: 3 },
    seeds: { wasm: 6, onnx: 4, reference: 2 },
  },
  {
    name: 'bounds',
    experiment: CONVERGENCE_CHECK,
    asked: { parametrization: 'mup', data: 'digits:24' },
    seeds: { wasm: 6, onnx: 4, reference: 2 },
  },
  {
    name: 'limit',
    experiment: LIMIT,
    asked: { widths: WIDE },
    seeds: { wasm: 12, onnx: 8, reference: 3 },
  },
];

/** What a plan was to take and took, in seconds. */
export interface Told {
  readonly foretold: number;
  readonly taken: number;
}

/** The command that asks for it, without engine and seeds. */
export function commandOf({ experiment, asked }: Plan): readonly string[] {
  const flags = Object.entries(asked).flatMap(([name, value]) => [
    name === 'learningRate' ? '--lr' : `--${name}`,
    String(value),
  ]);
  return [experiment.name, ...flags];
}
