import { readFile, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { decodeSource, type Source } from './decode-source.ts';

/** No model that people write is longer; what is, was generated. */
const MAX_BYTES = 4_000_000;

/** The text of a source file, or why it is not read. */
export async function readSource(file: string): Promise<Source> {
  if (extname(file) === '.ipynb') {
    return {
      why: 'is a notebook, and notebooks are not read: jupyter nbconvert --to script makes a .py of it',
    };
  }
  try {
    const { size } = await stat(file);
    if (size > MAX_BYTES)
      return { why: `is larger than ${MAX_BYTES / 1e6} MB, as no model written by hand is` };
    return decodeSource(await readFile(file));
  } catch (error) {
    return { why: `cannot be read (${(error as NodeJS.ErrnoException).code})` };
  }
}
