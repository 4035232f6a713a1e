import { type Matrix, matrix } from '../linalg/matrix.ts';
import { didYouMean } from '../words/did-you-mean.ts';
import { quoted, shownText } from '../words/shown-text.ts';
import type { CsvReading } from './csv-reading.ts';
import { type CsvRecord, LONGEST_FIELD, readCsv, separatorOf } from './csv-records.ts';
import { DataError } from './data-error.ts';
import type { Dataset } from './dataset.ts';
import { centeredOneHot } from './one-hot.ts';
import { standardizeColumns } from './standardize.ts';

/** Integer labels of at most so many values are classes. */
const MAX_CLASSES = 20;
/** As many columns as a sentence may name. */
const MOST_NAMED = 10;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const DECIMAL_COMMA = /^[+-]?\d*,\d+(e[+-]?\d+)?$/i;

/**
 * A table of numbers as a data set: columns standardized over all rows and divided by √d, one column the target.
 *
 * Fields are separated by commas, semicolons or tabs. A first row without any number is a header, and so is one of at
 * least three columns that only counts them, from 0 or 1. Integer labels of at most 20 values are classes, in ascending
 * order, with targets one-hot − 1/k; so are texts, in the order of their characters. Any other label is a regression
 * target, standardized.
 *
 * @param label name of the label's column, or its 1-based number; the last one unless given
 * @throws DataError naming line and column for what is no finite number, for ragged rows, fewer than two rows or
 *   columns, an unknown label, or a table without any variation
 */
export function csvDataset(
  text: string,
  { label }: { readonly label?: string } = {},
): { readonly dataset: Dataset; readonly reading: CsvReading } {
  const separator = separatorOf(text);
  const records = readCsv(text, separator);
  if (records.length === 0) throw new DataError('the file is empty');
  const header = headerKind(records[0].fields);
  const names = header === 'none' ? undefined : records[0].fields;
  const rows = header === 'none' ? records : records.slice(1);
  const columns = records[0].fields.length;
  if (columns < 2) {
    throw new DataError(
      'expected at least two columns separated by commas, semicolons or tabs, one of them the label, got 1',
    );
  }
  const labelColumn = label === undefined ? columns - 1 : columnOf(label, names, columns);
  requireColumns(rows, columns);
  const inputs = numbersOf(rows, columnsBut(labelColumn, columns));
  if (rows.length < 2) throw new DataError(`expected at least two rows of numbers, got ${rows.length}`);
  const madeOpposite = distinctRows(inputs) === 2;
  standardizeColumns(inputs, 1 / Math.sqrt(inputs.cols));
  if (inputs.data.every((value) => value === 0)) throw new DataError('every input column is constant');
  const target = targetsOf(rows, labelColumn);
  return {
    dataset: { inputs: inputs.data, inputDim: inputs.cols, ...target.targets, samples: rows.length },
    reading: {
      separator,
      header,
      inputs: inputs.cols,
      label: { column: labelColumn + 1, name: names?.[labelColumn] ?? null },
      target: target.reading,
      madeOpposite,
    },
  };
}

function isNumber(field: string): boolean {
  return NUMBER.test(field);
}

function headerKind(fields: readonly string[]): CsvReading['header'] {
  if (!fields.some((field) => isNumber(field) || DECIMAL_COMMA.test(field))) return 'named';
  const counts = (from: number): boolean => fields.every((field, index) => field === String(index + from));
  return fields.length >= 3 && (counts(0) || counts(1)) ? 'numbered' : 'none';
}

function columnOf(label: string, names: readonly string[] | undefined, columns: number): number {
  const named = names?.indexOf(label) ?? -1;
  if (named !== -1) return named;
  if (/^\d+$/.test(label)) {
    const index = Number(label);
    if (index >= 1 && index <= columns) return index - 1;
    throw new DataError(
      `label: expected a column from 1 to ${columns}, got ${shownText(label, LONGEST_FIELD)}`,
    );
  }
  if (names !== undefined) throw new DataError(unknownColumn(label, names));
  throw new DataError(
    `label: the file has no header, so the column must be a number from 1 to ${columns}, got ${quoted(label)}`,
  );
}

function unknownColumn(column: string, names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  const some = names.slice(0, MOST_NAMED).map((name) => shownText(name, LONGEST_FIELD));
  return `label: no column is named ${quoted(column)}${didYouMean(column, names)}; there are ${some.join(', ')}${more}`;
}

function columnsBut(without: number, columns: number): readonly number[] {
  return Array.from({ length: columns }, (_, column) => column).filter((column) => column !== without);
}

function requireColumns(rows: readonly CsvRecord[], columns: number): void {
  for (const { line, fields } of rows) {
    if (fields.length !== columns) {
      throw new DataError(`line ${line}: expected ${columns} columns, got ${fields.length}`);
    }
  }
}

function numbersOf(rows: readonly CsvRecord[], columns: readonly number[]): Matrix {
  const table = matrix(rows.length, columns.length);
  rows.forEach(({ line, fields }, row) => {
    columns.forEach((column, to) => {
      table.data[row * columns.length + to] = numberAt(fields[column], `line ${line}, column ${column + 1}`);
    });
  });
  return table;
}

function numberAt(field: string, place: string): number {
  const value = Number(field);
  if (isNumber(field) && Number.isFinite(value)) return value;
  if (field === '') throw new DataError(`${place}: the field is empty`);
  if (DECIMAL_COMMA.test(field)) {
    throw new DataError(
      `${place}: ${quoted(field, LONGEST_FIELD)} has a decimal comma; write numbers with a decimal point`,
    );
  }
  const finite = isNotFinite(field) || isNumber(field) ? 'finite ' : '';
  throw new DataError(`${place}: ${quoted(field, LONGEST_FIELD)} is not a ${finite}number`);
}

function isNotFinite(field: string): boolean {
  return /^[+-]?(nan|inf(inity)?)$/i.test(field);
}

function distinctRows({ rows, cols, data }: Matrix): number {
  const seen = new Set<string>();
  for (let row = 0; row < rows && seen.size < 3; row++) {
    seen.add(data.subarray(row * cols, (row + 1) * cols).join());
  }
  return seen.size;
}

interface Target {
  readonly targets: Pick<Dataset, 'targets' | 'outputDim'>;
  readonly reading: CsvReading['target'];
}

function targetsOf(rows: readonly CsvRecord[], column: number): Target {
  const labels = rows.map(({ fields }) => fields[column]);
  if (labels.every(isClassName)) return classesOf(labels, [...new Set(labels)].sort(), column);
  const { data } = numbersOf(rows, [column]);
  const values = [...new Set(data)].sort((a, b) => a - b);
  // Floats beyond 2⁵³ are integers all of them, and count nothing.
  const integers = values.every(Number.isSafeInteger);
  if (values.length === 1 || (values.length <= MAX_CLASSES && integers)) {
    return classesOf([...data], values, column);
  }
  const target = matrix(rows.length, 1, data);
  standardizeColumns(target, 1);
  return {
    targets: { targets: target.data, outputDim: 1 },
    reading: { kind: 'regression', integers: integers ? values.length : null },
  };
}

/** A text that was not meant for a number. */
function isClassName(label: string): boolean {
  return label !== '' && !isNumber(label) && !isNotFinite(label) && !DECIMAL_COMMA.test(label);
}

function classesOf<Label>(labels: readonly Label[], values: readonly Label[], column: number): Target {
  if (values.length === 1)
    throw new DataError(
      `the label in column ${column + 1} is always ${shownText(String(values[0]), LONGEST_FIELD)}`,
    );
  if (values.length === labels.length && values.length > MAX_CLASSES) {
    throw new DataError(
      `the label in column ${column + 1} is another text in every row, so it names no classes`,
    );
  }
  const place = new Map(values.map((value, index) => [value, index]));
  // SAFETY: the values are those of the labels, each once.
  const classes = labels.map((label) => place.get(label) as number);
  return {
    targets: { targets: centeredOneHot(classes, values.length), outputDim: values.length },
    reading: { kind: 'classes', classes: values.length },
  };
}
