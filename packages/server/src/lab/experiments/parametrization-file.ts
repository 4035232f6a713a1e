import { type Parametrization, parseParametrization } from '@widthwise/core';
import { type ReadLimit, readFileOf } from '../../files/read-file.ts';
import { InputError } from '../../input/input-error.ts';

const LIMIT: ReadLimit = { bytes: 1_000_000, of: 'a parametrization' };

/** Who names a file of exponents. */
export interface FileNaming {
  readonly field: string;
  /** The file as it is named there. */
  readonly part: string;
  /** What exponents are called that have no name of their own. */
  readonly fallbackName: string;
}

/**
 * Reads a file of exponents.
 *
 * @param path absolute
 * @throws InputError for one that cannot be used
 */
export async function readParametrization(
  path: string,
  { field, part, fallbackName }: FileNaming,
): Promise<Parametrization> {
  const read = await readFileOf(path, LIMIT);
  if ('why' in read) throw new InputError(field, read.why, part);
  try {
    return parseParametrization(JSON.parse(read.bytes.toString('utf8')), fallbackName);
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError(field, `not JSON: ${error.message}`, part);
    if (error instanceof RangeError) throw new InputError(field, error.message, part);
    throw error;
  }
}
