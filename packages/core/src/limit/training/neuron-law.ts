import { dot } from '../../linalg/dot.ts';
import type { Matrix } from '../../linalg/matrix.ts';
import type { Activation } from '../../model/activation.ts';
import { BANDED_SAMPLES, quantileBands } from '../../statistics/quantile-bands.ts';
import { type Neurons, randomNeurons } from './neurons.ts';
import { ParticleSystem } from './particle-system.ts';
import type { LimitLaw, LimitTraining } from './training-limit.ts';

/** So many neurons at once: what their readouts were at every step is kept meanwhile. */
const CHUNK = 256;

/**
 * What one neuron becomes where error signals are known: neurons meet in f alone, so each goes its own way.
 *
 * @param chi by step, of every update
 */
export function neuronLaw(training: LimitTraining, of: Activation, chi: readonly Matrix[]): LimitLaw {
  const [one, other] = randomNeurons(training.inputGram, training.targets.cols).map((neurons) =>
    lawOf(training, of, { neurons, chi }),
  );
  return {
    start: meanRows(one.start, other.start),
    trained: meanRows(one.trained, other.trained),
    readout: {
      start: (one.readout.start + other.readout.start) / 2,
      updates: mean(one.readout.updates, other.readout.updates),
    },
    error: Math.max(...numbersOf(one).map((value, at) => Math.abs(value - numbersOf(other)[at]) / 2)),
  };
}

type Sampled = Omit<LimitLaw, 'error'>;

function lawOf(
  training: LimitTraining,
  of: Activation,
  { neurons, chi }: { readonly neurons: Neurons; readonly chi: readonly Matrix[] },
): Sampled {
  const samples = training.inputGram.rows;
  const told = Math.min(BANDED_SAMPLES, samples);
  const columns = (h: Float64Array, count: number): Float64Array[] =>
    Array.from({ length: told }, (_, i) =>
      Float64Array.from({ length: count }, (_, neuron) => h[neuron * samples + i]),
    );
  const trained = Array.from({ length: told }, () => new Float64Array(neurons.count));
  const shares = new Float64Array(chi.length + 1);
  for (let from = 0; from < neurons.count; from += CHUNK) {
    const chunk = chunkOf(neurons, from, { samples, outputs: training.targets.cols });
    const system = new ParticleSystem(training, of, chunk);
    const readouts = [system.v.slice()];
    for (const each of chi) {
      system.update(each);
      readouts.push(system.v.slice());
    }
    for (const [i, column] of columns(system.h, chunk.count).entries()) trained[i].set(column, from);
    for (const [at, part] of partsOf(readouts).entries()) {
      shares[at] += dot(part, system.v) / neurons.count / training.targets.cols;
    }
  }
  const [start, ...updates] = shares;
  return {
    start: columns(neurons.h, neurons.count).map(quantileBands),
    trained: trained.map(quantileBands),
    readout: { start, updates },
  };
}

function chunkOf(
  { count, weights, h, v }: Neurons,
  from: number,
  { samples, outputs }: { readonly samples: number; readonly outputs: number },
): Neurons {
  const to = Math.min(count, from + CHUNK);
  return {
    count: to - from,
    weights: weights.subarray(from, to),
    h: h.subarray(from * samples, to * samples),
    v: v.subarray(from * outputs, to * outputs),
  };
}

/** The start, then what each step added. */
function partsOf(readouts: readonly Float64Array[]): readonly Float64Array[] {
  return readouts.map((after, step) =>
    step === 0 ? after : after.map((value, at) => value - readouts[step - 1][at]),
  );
}

function numbersOf({ start, trained, readout }: Sampled): readonly number[] {
  return [...start.flat(), ...trained.flat(), readout.start, ...readout.updates];
}

function meanRows(
  one: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): readonly (readonly number[])[] {
  return one.map((row, at) => mean(row, other[at]));
}

function mean(one: readonly number[], other: readonly number[]): readonly number[] {
  return one.map((value, at) => (value + other[at]) / 2);
}
