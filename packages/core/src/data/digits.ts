import { matrix } from '../linalg/matrix.ts';
import { classesInTurn } from './classes-in-turn.ts';
import { readCsv } from './csv-records.ts';
import { DataError } from './data-error.ts';
import type { Dataset } from './dataset.ts';
import { centeredOneHot } from './one-hot.ts';
import { standardizeColumns } from './standardize.ts';

const PIXELS = 64;
const CLASSES = 10;

/**
 * The handwritten digits: classes in turn 0 … 9, 0 … 9, each in file order, pixels standardized over the whole
 * file and divided by √64, targets one-hot − 1/10. A class that runs out is passed over.
 *
 * @param csv rows of 64 pixels and the digit, without a header
 * @param samples how many, from 1 to the number of rows
 * @throws DataError for more samples than there are, or a file that is not the digits
 */
export function digitsDataset(csv: string, samples: number): Dataset {
  const rows = readCsv(csv).map(({ fields }) => fields.map(Number));
  if (rows.length === 0 || rows.some((row) => row.length !== PIXELS + 1 || !row.every(Number.isFinite))) {
    throw new DataError(`digits: the file is not rows of ${PIXELS} pixels and a digit`);
  }
  if (!(Number.isInteger(samples) && samples >= 1 && samples <= rows.length)) {
    throw new DataError(`digits: expected between 1 and ${rows.length} samples, got ${samples}`);
  }
  const labels = rows.map((row) => row[PIXELS]);
  const pixels = matrix(rows.length, PIXELS, Float64Array.from(rows.flatMap((row) => row.slice(0, PIXELS))));
  standardizeColumns(pixels, 1 / Math.sqrt(PIXELS));

  const chosen = classesInTurn(labels, CLASSES).slice(0, samples);
  const inputs = new Float64Array(samples * PIXELS);
  chosen.forEach((row, i) => {
    inputs.set(pixels.data.subarray(row * PIXELS, (row + 1) * PIXELS), i * PIXELS);
  });
  const targets = centeredOneHot(
    chosen.map((row) => labels[row]),
    CLASSES,
  );
  return { inputs, targets, samples, inputDim: PIXELS, outputDim: CLASSES };
}
