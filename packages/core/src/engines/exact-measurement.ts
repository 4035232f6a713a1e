import type { Dataset } from '../data/dataset.ts';
import type { Multiply } from '../linalg/gemm.ts';
import type { Matrix } from '../linalg/matrix.ts';
import type { RunSpec } from '../run/run-spec.ts';
import type { BatchGradients, EngineSession } from './engine.ts';
import { openReference } from './reference/reference-engine.ts';

/** What an engine of float32 measures at its weights, in float64. */
export class ExactMeasurement {
  readonly #spec: RunSpec;
  readonly #multiply: Multiply;
  readonly #params: () => readonly Matrix[];
  #data: Dataset | undefined;
  #probe: EngineSession | undefined;
  #whole: EngineSession | undefined;

  /** @param params the weights now */
  constructor(spec: RunSpec, multiply: Multiply, params: () => readonly Matrix[]) {
    this.#spec = spec;
    this.#multiply = multiply;
    this.#params = params;
  }

  setData(data: Dataset): void {
    this.#data = data;
    this.moved();
  }

  /** The weights are others now. */
  moved(): void {
    this.#probe?.dispose();
    this.#whole?.dispose();
    this.#probe = undefined;
    this.#whole = undefined;
  }

  features(layer: number, which: 'preactivation' | 'activation'): Matrix {
    return this.#probed().features(layer, which);
  }

  outputs(): Matrix {
    return this.#probed().outputs();
  }

  batch(): BatchGradients {
    return this.#all().batch();
  }

  tangentKernel(rates: readonly number[]): Matrix {
    return this.#all().tangentKernel(rates);
  }

  #probed(): EngineSession {
    this.#probe ??= this.#open(firstSamples(this.#data, this.#spec.probe.samples));
    return this.#probe;
  }

  #all(): EngineSession {
    this.#whole ??= this.#open(this.#data);
    return this.#whole;
  }

  #open(data: Dataset | undefined): EngineSession {
    if (data === undefined) throw new TypeError('Engine: expected setData before this call, got none');
    const { batch: _, ...spec } = this.#spec;
    const session = openReference(spec, this.#multiply);
    session.setData(data);
    session.setParams(this.#params());
    return session;
  }
}

function firstSamples(data: Dataset | undefined, samples: number): Dataset | undefined {
  if (data === undefined) return undefined;
  const { inputDim, outputDim } = data;
  const inputs = data.inputs.subarray(0, samples * inputDim);
  const targets = data.targets.subarray(0, samples * outputDim);
  return { samples, inputDim, outputDim, inputs, targets };
}
