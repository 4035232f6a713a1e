import { extname } from 'node:path';
import { type ReadFile, type ReadLimit, readFileOf, tooLarge } from '../files/read-file.ts';
import { decodeSource, type Source } from './decode-source.ts';
import { NOTEBOOK } from './find-files.ts';

/** No model that people write is longer; what is, was generated. */
const LIMIT: ReadLimit = { bytes: 4_000_000, of: 'model code' };

/** The text of a source file, or why it is not read. */
export async function readSource(file: string): Promise<Source> {
  if (extname(file) === NOTEBOOK) {
    return {
      why: 'is a notebook, and notebooks are not read: jupyter nbconvert --to script makes a .py of it',
    };
  }
  const read = await readSourceBytes(file);
  return 'why' in read ? { why: read.why } : decodeSource(read.bytes);
}

/** What a source file holds as it is now. */
export function readSourceBytes(file: string): Promise<ReadFile> {
  return readFileOf(file, LIMIT);
}

/** The text of source that comes in pieces, or why it is not read: no more than the limit is kept. */
export async function sourceOf(pieces: AsyncIterable<Uint8Array>): Promise<Source> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > LIMIT.bytes) return { why: tooLarge(LIMIT).why };
    chunks.push(piece);
  }
  return decodeSource(Buffer.concat(chunks));
}
