import { readFileNow, statusNow } from '../../files/read-file-now.ts';
import { decodeSource } from '../decode-source.ts';

/** No module that people write is longer. */
const MOST_BYTES = 2_000_000;

/** The text of a module, while nothing else can happen; undefined where it cannot be read. */
export function sourceNow(path: string): string | undefined {
  const bytes = readFileNow(path, MOST_BYTES);
  const source = bytes && decodeSource(bytes);
  return source !== null && 'text' in source ? source.text : undefined;
}

/** As the file system has a file: when it was changed, and how long it is. */
export function stampOf(path: string): string {
  const status = statusNow(path);
  return `${status?.mtimeMs} ${status?.size} ${status?.ino}`;
}
