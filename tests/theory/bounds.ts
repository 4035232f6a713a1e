import { lambdaMin, matrix } from '@widthwise/core';
import { eigvalsh, fillNormal, gradientLossBound, type Matrix, rngFromSeed } from '@widthwise/core/theory';
import type { TheoryRow } from './row.ts';

const CASES = 1000;

/** T10: the gradient–loss bound of random features and errors, which may be larger than the error and never smaller. */
export function boundRow(): TheoryRow {
  const random = rngFromSeed(10);
  let violated = 0;
  let tightest = 0;
  for (let at = 0; at < CASES; at++) {
    const samples = 2 + Math.floor(random.next() * 10);
    const width = samples + Math.floor(random.next() * 40);
    const features = matrix(samples, width);
    fillNormal(features.data, random, 10 ** (4 * random.next() - 2));
    const residuals = matrix(samples, 3);
    fillNormal(residuals.data, random);
    const bound = gradientLossBound({
      features,
      residuals,
      loss: { kind: 'half-square', reduction: 'mean' },
    });
    if (bound.tightness === null) continue;
    tightest = Math.max(tightest, bound.tightness);
    if (bound.tightness > 1 + 1e-12) violated++;
  }
  return {
    id: 'T10',
    states: `‖χ‖ ≤ N‖∇‖/σ_N of ${CASES} random features and errors`,
    expected: 'never violated',
    computed: `${violated} violated, the tightest at ${tightest.toFixed(3)} of its bound`,
    holds: violated === 0,
  };
}

/** T11: λ_min of sigmoid features at depth 4 is lost in a float32 Gram, and kept in a float64 Gram of the same features. */
export function floatRow(): TheoryRow {
  const [samples, width] = [64, 1024];
  const features = sigmoidFeatures({ samples, width, inputs: 20, depth: 4 });
  const single = gramInSinglePrecision(features);
  const least = eigvalsh(single)[samples - 1];
  const truth = lambdaMin(features).value;
  return {
    id: 'T11',
    states: 'λ_min of float32 sigmoid features, L = 4, P = 64, n = 1024: Gram in float32, and in float64',
    expected: 'below 0; some 1e-8',
    computed: `${least.toExponential(1)}; ${truth.toExponential(1)}`,
    holds: least < 0 && truth > 1e-9 && truth < 1e-6,
  };
}

interface Shape {
  readonly samples: number;
  readonly width: number;
  readonly inputs: number;
  readonly depth: number;
}

function sigmoidFeatures({ samples, width, inputs, depth }: Shape): Matrix {
  const random = rngFromSeed(11);
  let x = matrix(samples, inputs);
  fillNormal(x.data, random, 1 / Math.sqrt(inputs));
  for (let layer = 1; layer <= depth; layer++) {
    const weights = matrix(width, x.cols);
    fillNormal(weights.data, random, layer === 1 ? 1 : 1 / Math.sqrt(width));
    const next = matrix(samples, width);
    for (let i = 0; i < samples; i++) {
      for (let unit = 0; unit < width; unit++) {
        let sum = 0;
        for (let k = 0; k < x.cols; k++) sum += weights.data[unit * x.cols + k] * x.data[i * x.cols + k];
        next.data[i * width + unit] = Math.fround(1 / (1 + Math.exp(-sum)));
      }
    }
    x = next;
  }
  return x;
}

function gramInSinglePrecision({ rows, cols, data }: Matrix): Matrix {
  const gram = matrix(rows, rows);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < cols; k++)
        sum = Math.fround(sum + Math.fround(data[i * cols + k] * data[j * cols + k]));
      gram.data[i * rows + j] = gram.data[j * rows + i] = Math.fround(sum / cols);
    }
  }
  return gram;
}
