import { type Parametrization, parseParametrization } from '@widthwise/core';
import type { ReadLimit } from '../../files/read-file.ts';
import { readJsonFile } from './json-file.ts';

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
export function readParametrization(
  path: string,
  { field, part, fallbackName }: FileNaming,
): Promise<Parametrization> {
  const parse = (json: unknown) => parseParametrization(json, fallbackName);
  return readJsonFile({ path, field, part, limit: LIMIT, parse });
}
