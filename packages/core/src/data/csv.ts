import { type Matrix, matrix } from '../linalg/matrix.ts';
import { type CsvRecord, readCsv } from './csv-records.ts';
import { DataError } from './data-error.ts';
import type { Dataset } from './dataset.ts';
import { centeredOneHot } from './one-hot.ts';
import { standardizeColumns } from './standardize.ts';

/** Integer labels of at most so many values are classes. */
const MAX_CLASSES = 20;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A table of numbers as a data set: columns standardized over all rows and divided by √d, one column the target.
 *
 * A first row without any number is a header. Integer labels of at most 20 values are classes, in ascending
 * order, with targets one-hot − 1/k; any other label is a regression target, standardized.
 *
 * @param label name of the label's column, or its 1-based number; the last one unless given
 * @throws DataError naming line and column for what is no finite number, for ragged rows, fewer than two rows or
 *   columns, an unknown label, or a table without any variation
 */
export function csvDataset(text: string, { label }: { readonly label?: string } = {}): Dataset {
  const records = readCsv(text);
  if (records.length === 0) throw new DataError('the file is empty');
  const header = records[0].fields.some(isNumber) ? undefined : records[0];
  const rows = header === undefined ? records : records.slice(1);
  const columns = records[0].fields.length;
  if (columns < 2)
    throw new DataError('expected at least two columns separated by commas, one of them the label, got 1');
  const labelColumn = label === undefined ? columns - 1 : columnOf(label, { header, columns });
  const table = numbersOf(rows, columns);
  if (rows.length < 2) throw new DataError(`expected at least two rows of numbers, got ${rows.length}`);
  return { ...inputsOf(table, labelColumn), ...targetsOf(table, labelColumn), samples: rows.length };
}

function isNumber(field: string): boolean {
  return NUMBER.test(field);
}

function columnOf(
  label: string,
  { header, columns }: { header: CsvRecord | undefined; columns: number },
): number {
  const named = header?.fields.indexOf(label) ?? -1;
  if (named !== -1) return named;
  if (/^\d+$/.test(label)) {
    const index = Number(label);
    if (index >= 1 && index <= columns) return index - 1;
    throw new DataError(`label: expected a column from 1 to ${columns}, got ${label}`);
  }
  throw new DataError(
    header === undefined
      ? `label: the file has no header, so the column must be a number from 1 to ${columns}, got '${label}'`
      : `label: no column is named '${label}'; there are ${header.fields.join(', ')}`,
  );
}

function numbersOf(rows: readonly CsvRecord[], columns: number): Matrix {
  const table = matrix(rows.length, columns);
  rows.forEach(({ line, fields }, row) => {
    if (fields.length !== columns) {
      throw new DataError(`line ${line}: expected ${columns} columns, got ${fields.length}`);
    }
    fields.forEach((field, column) => {
      table.data[row * columns + column] = numberAt(field, `line ${line}, column ${column + 1}`);
    });
  });
  return table;
}

function numberAt(field: string, place: string): number {
  const value = Number(field);
  if (isNumber(field) && Number.isFinite(value)) return value;
  if (field === '') throw new DataError(`${place}: the field is empty`);
  const finite = /^[+-]?(nan|inf(inity)?)$/i.test(field) || isNumber(field) ? 'finite ' : '';
  throw new DataError(`${place}: '${field}' is not a ${finite}number`);
}

function inputsOf(table: Matrix, labelColumn: number): Pick<Dataset, 'inputs' | 'inputDim'> {
  const inputDim = table.cols - 1;
  const inputs = matrix(table.rows, inputDim);
  for (let row = 0, to = 0; row < table.rows; row++) {
    for (let column = 0; column < table.cols; column++) {
      if (column !== labelColumn) inputs.data[to++] = table.data[row * table.cols + column];
    }
  }
  standardizeColumns(inputs, 1 / Math.sqrt(inputDim));
  if (inputs.data.every((value) => value === 0)) throw new DataError('every input column is constant');
  return { inputs: inputs.data, inputDim };
}

function targetsOf(table: Matrix, labelColumn: number): Pick<Dataset, 'targets' | 'outputDim'> {
  const labels = Array.from({ length: table.rows }, (_, row) => table.data[row * table.cols + labelColumn]);
  const values = [...new Set(labels)].sort((a, b) => a - b);
  if (values.length === 1)
    throw new DataError(`the label in column ${labelColumn + 1} is always ${values[0]}`);
  if (values.length <= MAX_CLASSES && values.every(Number.isInteger)) {
    const classes = labels.map((value) => values.indexOf(value));
    return { targets: centeredOneHot(classes, values.length), outputDim: values.length };
  }
  const target = matrix(labels.length, 1, Float64Array.from(labels));
  standardizeColumns(target, 1);
  return { targets: target.data, outputDim: 1 };
}
