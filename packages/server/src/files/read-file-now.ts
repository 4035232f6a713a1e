import { closeSync, constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';

/** Opens without waiting for a writer, if it has become a pipe since it was looked at; Windows has no such flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

/**
 * What a regular file holds, while nothing else can happen: for a process that does this alone. Null for what is no such
 * file, is larger, or changes while it is read.
 */
export function readFileNow(path: string, mostBytes: number): Buffer | null {
  if (!isRegular(statusNow(path), mostBytes)) return null;
  try {
    const file = openSync(path, FLAGS);
    try {
      const status = fstatSync(file);
      return isRegular(status, mostBytes) ? readWhole(file, status.size) : null;
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (isOfFileSystem(error)) return null;
    throw error;
  }
}

/** What stands at a path, or where a link leads; null for what is absent, or not to be looked at. */
export function statusNow(path: string): Stats | null {
  try {
    return statSync(path, { throwIfNoEntry: false }) ?? null;
  } catch (error) {
    if (isOfFileSystem(error)) return null;
    throw error;
  }
}

function isOfFileSystem(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}

function isRegular(status: Stats | null, mostBytes: number): boolean {
  return status?.isFile() === true && status.size <= mostBytes;
}

/** Null where there is more or less than was said: some files grow, others hold more than they say. */
function readWhole(file: number, size: number): Buffer | null {
  const buffer = Buffer.alloc(size + 1);
  let length = 0;
  for (;;) {
    const count = readSync(file, buffer, length, buffer.length - length, null);
    length += count;
    if (count === 0) return length === size ? buffer.subarray(0, length) : null;
    if (length > size) return null;
  }
}
