import { extname } from 'node:path';
import { type ReadLimit, readFileOf } from '../files/read-file.ts';
import { decodeSource, type Source } from './decode-source.ts';

/** No model that people write is longer; what is, was generated. */
const LIMIT: ReadLimit = { bytes: 4_000_000, of: 'model code' };

/** The text of a source file, or why it is not read. */
export async function readSource(file: string): Promise<Source> {
  if (extname(file) === '.ipynb') {
    return {
      why: 'is a notebook, and notebooks are not read: jupyter nbconvert --to script makes a .py of it',
    };
  }
  const read = await readFileOf(file, LIMIT);
  return 'why' in read ? { why: read.why } : decodeSource(read.bytes);
}
