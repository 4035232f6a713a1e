import { classesInTurn } from './classes-in-turn.ts';
import { DataError } from './data-error.ts';
import type { Dataset } from './dataset.ts';
import { centeredOneHot } from './one-hot.ts';

const PIXELS = 3072;
const RECORD = PIXELS + 1;
const CLASSES = 10;

/**
 * Images of CIFAR-10 in the binary layout of its authors: a byte of the class, then 3,072 of red, green and blue planes.
 *
 * Classes in turn, each in file order; every pixel minus its mean, divided by its standard deviation over the whole file,
 * and by √3072; targets one-hot − 1/10.
 *
 * @param samples how many, from 1 to the number of images
 * @throws DataError for a file of another layout, and for more samples than it has
 * @see Krizhevsky 2009, "Learning Multiple Layers of Features from Tiny Images"
 */
export function cifarDataset(bytes: Uint8Array, samples: number): Dataset {
  const images = bytes.length / RECORD;
  const labels = Array.from({ length: Math.floor(images) }, (_, image) => bytes[image * RECORD]);
  if (images === 0 || !Number.isInteger(images) || labels.some((label) => label >= CLASSES)) {
    throw new DataError(`is not CIFAR-10's binary layout: records of a class 0 … 9 and ${PIXELS} bytes`);
  }
  if (!(Number.isInteger(samples) && samples >= 1 && samples <= images)) {
    throw new DataError(`expected between 1 and ${images} samples, got ${samples}`);
  }
  const chosen = classesInTurn(labels, CLASSES).slice(0, samples);
  const inputs = new Float64Array(samples * PIXELS);
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    const { mean, deviation } = momentsOf(bytes, pixel);
    for (let i = 0; i < samples; i++) {
      const value = bytes[chosen[i] * RECORD + 1 + pixel];
      inputs[i * PIXELS + pixel] = deviation === 0 ? 0 : (value - mean) / (deviation * Math.sqrt(PIXELS));
    }
  }
  const targets = centeredOneHot(
    chosen.map((image) => labels[image]),
    CLASSES,
  );
  return { inputs, targets, samples, inputDim: PIXELS, outputDim: CLASSES };
}

/** Of one pixel over all images; sums of whole numbers are exact. */
function momentsOf(bytes: Uint8Array, pixel: number): { readonly mean: number; readonly deviation: number } {
  const images = bytes.length / RECORD;
  let [sum, squares] = [0, 0];
  for (let at = 1 + pixel; at < bytes.length; at += RECORD) {
    sum += bytes[at];
    squares += bytes[at] * bytes[at];
  }
  const mean = sum / images;
  return { mean, deviation: Math.sqrt(Math.max(0, squares / images - mean * mean)) };
}
