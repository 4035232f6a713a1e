import { type ReadLimit, readFileOf } from '../../files/read-file.ts';
import { InputError } from '../../input/input-error.ts';

/** A file of JSON that a person names. */
export interface JsonFile<Parsed> {
  /** Absolute. */
  readonly path: string;
  readonly field: string;
  /** The file as it is named there. */
  readonly part: string;
  readonly limit: ReadLimit;
  /** Throws a RangeError, one sentence, for JSON that is not what it should be. */
  readonly parse: (json: unknown) => Parsed;
}

/**
 * Reads a file of JSON.
 *
 * @throws InputError for one that cannot be used
 */
export async function readJsonFile<Parsed>(file: JsonFile<Parsed>): Promise<Parsed> {
  const { path, field, part, limit, parse } = file;
  const read = await readFileOf(path, limit);
  if ('why' in read) throw new InputError(field, read.why, part);
  try {
    return parse(JSON.parse(read.bytes.toString('utf8')));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(field, `not JSON: ${error.message}`, part);
    if (error instanceof RangeError) throw new InputError(field, error.message, part);
    throw error;
  }
}
