import type { Dataset } from '../src/data/dataset.ts';
import { datasetHash } from '../src/data/dataset-hash.ts';
import { type Matrix, matrix } from '../src/linalg/matrix.ts';
import { OPTIMIZERS } from '../src/model/optimizer.ts';
import { MUP_FORMS } from '../src/parametrization/forms.ts';
import type { Parametrization } from '../src/parametrization/parametrization.ts';
import { PARAMETRIZATIONS } from '../src/parametrization/table.ts';
import type { RunSpec } from '../src/run/run-spec.ts';
import oracle from './oracles/coordinates.json' with { type: 'json' };

/** The formula of the oracle: √3(2u − 1) with u a square modulo a prime. */
function formula(rows: number, cols: number, number: number): Matrix {
  const entries = matrix(rows, cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) {
      const root = 7919 * (i + 1) + 104729 * (j + 1) + 1299709 * (number + 1); // its square is below 2^53
      entries.data[i * cols + j] = Math.sqrt(3) * ((2 * ((root * root) % 65537)) / 65537 - 1);
    }
  }
  return entries;
}

/** w¹ … w^{L+1} of the oracle, at the standard deviations given. */
export function oracleWeights(width: number, stds: readonly number[]): readonly Matrix[] {
  const { inputDim, classes, depth } = oracle;
  return stds.map((std, index) => {
    const rows = index === depth ? classes : width;
    const w = formula(rows, index === 0 ? inputDim : width, index + 1);
    return matrix(
      w.rows,
      w.cols,
      w.data.map((entry) => std * entry),
    );
  });
}

function formulaData(): Dataset {
  const { inputDim, classes, samples } = oracle;
  const inputs = formula(samples, inputDim, 0);
  const targets = matrix(samples, classes);
  for (let sample = 0; sample < samples; sample++) {
    const row = inputs.data.subarray(sample * inputDim, (sample + 1) * inputDim);
    const norm = Math.hypot(...row);
    for (let i = 0; i < inputDim; i++) row[i] /= norm;
    targets.data[sample * classes + (sample % classes)] = 1;
  }
  return { inputs: inputs.data, targets: targets.data, samples, inputDim, outputDim: classes };
}

export const oracleData: Dataset = formulaData();

/**
 * A run of the oracle in our terms. PyTorch averages the square over outputs, too; at base width n₀ our rates are
 * η/n₀, the package's are its own.
 */
export function oracleSpec(parametrization: Parametrization, width: number, seed = 0): RunSpec {
  const { inputDim, classes, samples, depth, baseWidth, learningRate } = oracle;
  const { input, hidden, output, optimizer } = parametrization;
  return {
    version: 1,
    net: { inputDim, width, depth, outputDim: classes, activation: 'tanh' },
    exponents: { input, hidden, output },
    optimizer: OPTIMIZERS[optimizer],
    constants: { baseWidth, initStd: 1, learningRate: (learningRate / classes) * baseWidth },
    loss: { kind: 'square', reduction: 'mean' },
    data: { kind: 'formula', hash: datasetHash(oracleData) },
    steps: 3,
    probe: { samples, steps: [0, 1, 2, 3], measures: 'coordinates' },
    seed,
    engine: { name: 'reference', numerics: 1 },
  };
}

/** What the oracle recorded, and the parametrization that it is in our table. */
export const ORACLE_NETWORKS: readonly {
  readonly name: string;
  readonly parametrization: Parametrization;
  readonly recorded: typeof oracle.mup;
}[] = [
  { name: 'mup on PyTorch', parametrization: MUP_FORMS[1], recorded: oracle.mup },
  {
    name: "PyTorch's own rates",
    parametrization: PARAMETRIZATIONS['sp-constant'],
    recorded: oracle.torch,
  },
];
