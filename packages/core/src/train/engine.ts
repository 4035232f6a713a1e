import type { Dataset } from '../data/dataset.ts';
import type { Matrix } from '../linalg/matrix.ts';
import type { RunSpec } from './run-spec.ts';

/** Executes runs of one spec: whole steps rather than single operations, so that an engine may fuse what it likes. */
export interface Engine {
  readonly name: string;
  /** Raised when the same spec would give other numbers. */
  readonly numerics: number;
  open(spec: RunSpec): EngineSession;
}

/** One network being trained. Weights are the effective W^l = n^−a·w^l wherever they cross this interface. */
export interface EngineSession {
  setData(data: Dataset): void;
  /** Takes w^l of every layer, shape [fanOut, fanIn]; copied. */
  setParams(weights: readonly Matrix[]): void;
  getParams(): readonly Matrix[];
  /** Runs `count` full-batch updates; learningRates[l−1] is the rate on w^l. Losses are those before each update. */
  step(count: number, learningRates: readonly number[]): Float64Array;
  /** The loss at the current weights. */
  loss(): number;
  /** Preactivation h^l or activation x^l of the probe samples, [probe, width]; caller must not mutate. */
  features(layer: number, which: 'preactivation' | 'activation'): Matrix;
  /** f of the probe samples, [probe, outputDim]. */
  outputs(): Matrix;
  dispose(): void;
}
