import { readFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import {
  cifarDataset,
  csvDataset,
  csvReadingText,
  type DataIdentity,
  type Dataset,
  datasetHash,
  didYouMean,
  digitsDataset,
  mixtureDataset,
  quoted,
} from '@widthwise/core';
import { type ReadLimit, readFileOf } from '../../files/read-file.ts';
import { InputError } from '../../input/input-error.ts';
import { decodeTable } from './decode-table.ts';

/** Data as a run reads it, and what to call it. */
export interface LoadedDataset {
  readonly dataset: Dataset;
  readonly identity: DataIdentity;
  /** For file names, `digits`. */
  readonly name: string;
  /** For people, `digits, 64 samples`. */
  readonly title: string;
  /** How a file was read, so that a person can object: inputs, classes or regression, header; null where nothing was guessed. */
  readonly reading: string | null;
}

export interface DataOptions {
  /** Where a relative FILE starts. */
  readonly cwd: string;
  /** Of the mixture. */
  readonly dataSeed: number;
}

type Loader = (
  argument: string | undefined,
  options: DataOptions,
) => Promise<Omit<LoadedDataset, 'identity'>>;

const LOADERS: Readonly<Record<string, { readonly form: string; readonly load: Loader }>> = {
  digits: { form: 'digits[:P]', load: loadDigits },
  mixture: { form: 'mixture[:k,d,P]', load: loadMixture },
  csv: { form: 'csv:FILE[:label=COLUMN]', load: loadCsv },
  cifar10: { form: 'cifar10:FILE[:P]', load: loadCifar },
};

/** The parameter that says what to train on, in every experiment. */
const FIELD = 'data';
const DIGITS = 1797;
const MOST_ENTRIES = 2 ** 27;

/**
 * Reads `digits[:P]`, `mixture[:k,d,P]`, `csv:FILE[:label=COLUMN]` or `cifar10:FILE[:P]`.
 *
 * @throws InputError for a kind that does not exist and data that cannot be used
 */
export async function loadData(description: string, options: DataOptions): Promise<LoadedDataset> {
  const colon = description.indexOf(':');
  const kind = colon < 0 ? description : description.slice(0, colon);
  const argument = colon < 0 ? undefined : description.slice(colon + 1);
  if (!Object.hasOwn(LOADERS, kind)) {
    const forms = Object.values(LOADERS).map(({ form }) => form);
    throw new InputError(
      FIELD,
      `${quoted(kind)} does not exist${didYouMean(kind, Object.keys(LOADERS))}; there are ${forms.join(', ')}`,
    );
  }
  const loaded = await LOADERS[kind]!.load(argument, options);
  return { ...loaded, identity: { kind, hash: datasetHash(loaded.dataset) } };
}

async function loadDigits(argument: string | undefined): Promise<Omit<LoadedDataset, 'identity'>> {
  const samples = argument === undefined ? 64 : wholeNumber(argument, 'digits:P', 1, DIGITS);
  const text = (await promisify(gunzip)(await readShipped('digits.csv.gz'))).toString('utf8');
  return {
    dataset: digitsDataset(text, samples),
    name: 'digits',
    title: `digits, ${samples} samples`,
    reading: null,
  };
}

/** The bundle has its data beside it; the sources have it at the root of the package. */
async function readShipped(file: string): Promise<Buffer> {
  try {
    return await readFile(new URL(`./data/${file}`, import.meta.url));
  } catch {
    return readFile(new URL(`../../../data/${file}`, import.meta.url));
  }
}

function loadMixture(
  argument: string | undefined,
  { dataSeed }: DataOptions,
): Promise<Omit<LoadedDataset, 'identity'>> {
  const numbers = (argument ?? '10,64,64').split(',');
  if (numbers.length !== 3) {
    throw new InputError(FIELD, `expected mixture:k,d,P, three numbers, got 'mixture:${argument}'`);
  }
  const [classes, dim, samples] = [
    wholeNumber(numbers[0]!, 'mixture:k,d,P, k', 2, 10_000),
    wholeNumber(numbers[1]!, 'mixture:k,d,P, d', 1, MOST_ENTRIES),
    wholeNumber(numbers[2]!, 'mixture:k,d,P, P', 2, MOST_ENTRIES),
  ];
  if (dim * Math.max(classes, samples) > MOST_ENTRIES) {
    throw new InputError(FIELD, `mixture:${argument} is too large: at most ${MOST_ENTRIES} numbers`);
  }
  return Promise.resolve({
    dataset: mixtureDataset({ classes, dim, samples, seed: dataSeed }),
    name: 'mixture',
    title: `mixture of ${classes} Gaussians in ${dim} dimensions, ${samples} samples`,
    reading: null,
  });
}

/** What `FILE[:label=COLUMN]` names. */
function csvSource(argument: string): { readonly file: string; readonly label: string | undefined } {
  const [, file = '', label] = /^(.*?)(?::label=(.*))?$/s.exec(argument) ?? [];
  return { file, label };
}

/** The file that a description of data reads; null for data that needs none. */
export function dataFile(description: string): string | null {
  if (description.startsWith(CSV)) return csvSource(description.slice(CSV.length)).file;
  return description.startsWith(CIFAR) ? cifarSource(description.slice(CIFAR.length)).file : null;
}

const CSV = 'csv:';
const CIFAR = 'cifar10:';

async function loadCsv(
  argument: string | undefined,
  { cwd }: DataOptions,
): Promise<Omit<LoadedDataset, 'identity'>> {
  const { file, label } = csvSource(argument ?? '');
  if (file === '') throw new InputError(FIELD, "'csv' needs a file: csv:FILE[:label=COLUMN]");
  const text = await readText(resolve(cwd, file), file);
  const { dataset, reading } = usable(file, () => csvDataset(text, label === undefined ? {} : { label }));
  const title = `${basename(file)}, ${dataset.samples} samples`;
  return { dataset, name: fileStem(file), title, reading: csvReadingText(reading) };
}

/** What `FILE[:P]` names. */
function cifarSource(argument: string): { readonly file: string; readonly samples: string } {
  const [, file = '', samples = '64'] = /^(.*?)(?::(\d+))?$/s.exec(argument) ?? [];
  return { file, samples };
}

/** A batch of the set's authors has 30.7 MB, all of training 154. */
const IMAGES: ReadLimit = { bytes: 200_000_000, of: 'a file of images' };

async function loadCifar(
  argument: string | undefined,
  { cwd }: DataOptions,
): Promise<Omit<LoadedDataset, 'identity'>> {
  const { file, samples } = cifarSource(argument ?? '');
  if (file === '') throw new InputError(FIELD, "'cifar10' needs a file: cifar10:FILE[:P]");
  const bytes = await readBytes(resolve(cwd, file), { shown: file, limit: IMAGES });
  const dataset = usable(file, () => cifarDataset(bytes, Number(samples)));
  return { dataset, name: 'cifar10', title: `CIFAR-10, ${dataset.samples} samples`, reading: null };
}

/** A longer one is no text that JavaScript can hold. */
const TABLE: ReadLimit = { bytes: 500_000_000, of: 'a table' };

async function readText(path: string, shown: string): Promise<string> {
  const text = decodeTable(await readBytes(path, { shown, limit: TABLE }));
  if (text === null) throw new InputError(FIELD, 'holds NUL bytes, so it is no text', shown);
  return text;
}

async function readBytes(
  path: string,
  { shown, limit }: { readonly shown: string; readonly limit: ReadLimit },
): Promise<Buffer> {
  const read = await readFileOf(path, limit);
  if ('bytes' in read) return read.bytes;
  throw new InputError(FIELD, read.code === 'ENOENT' ? 'there is no such file' : read.why, shown);
}

/** What a file holds as data; that it cannot be used is what the caller may mend. */
function usable<Data>(file: string, read: () => Data): Data {
  try {
    return read();
  } catch (error) {
    throw new InputError(FIELD, (error as Error).message, file);
  }
}

/** A file's name without folder and ending, in characters that every file system takes. */
function fileStem(file: string): string {
  return basename(file, extname(file)).replaceAll(/[^\w.-]+/g, '-') || 'csv';
}

function wholeNumber(text: string, what: string, low: number, high: number): number {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new InputError(
    FIELD,
    `expected a whole number from ${low} to ${high} in ${what}, got ${quoted(text)}`,
  );
}
