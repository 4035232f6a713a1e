import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, stat } from 'node:fs/promises';

/** How much of a file is read at most, and of what: `a configuration`. */
export interface ReadLimit {
  readonly bytes: number;
  readonly of: string;
}

/** Why a file is not read. */
export interface NotRead {
  /** One clause behind the file's name. */
  readonly why: string;
  /** The file system's, `ENOENT`; null where the file is not one to be read. */
  readonly code: string | null;
}

/** What a file holds, or why it is not read. */
export type ReadFile = { readonly bytes: Buffer } | NotRead;

/**
 * Reads a file that a stranger wrote: a regular one, as it is when it is opened and while it is read. Nothing else is
 * waited for, and no more than the limit comes into memory, whatever a file says of its size.
 */
export async function readFileOf(path: string, limit: ReadLimit): Promise<ReadFile> {
  try {
    // A pipe that is opened and left is an end of file to who writes to it: so it is looked at first.
    const kind = kindOf(await stat(path));
    return kind ?? (await readOpened(path, limit));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { why: `cannot be read (${code})`, code: code ?? null };
  }
}

/** Opens without waiting for a writer, if it has become a pipe since; Windows has no such flag. */
const FLAGS = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);

async function readOpened(path: string, limit: ReadLimit): Promise<ReadFile> {
  const file = await open(path, FLAGS);
  try {
    const status = await file.stat();
    const kind = kindOf(status);
    if (kind !== null) return kind;
    const bytes = status.size > limit.bytes ? null : await readUpTo(file, status.size, limit.bytes);
    return bytes === null ? tooLarge(limit) : { bytes };
  } finally {
    await file.close();
  }
}

/** Null for a regular file. */
function kindOf(status: Stats): NotRead | null {
  if (status.isFile()) return null;
  if (status.isDirectory()) return { why: 'is a folder', code: null };
  if (status.isFIFO()) return { why: 'is a pipe, and only regular files are read', code: null };
  if (status.isSocket()) return { why: 'is a socket, and only regular files are read', code: null };
  return { why: 'is a device, and only regular files are read', code: null };
}

export function tooLarge({ bytes, of }: ReadLimit): NotRead {
  return { why: `is larger than ${bytes / 1e6} MB, the most that is read of ${of}`, code: null };
}

const CHUNK = 65_536;

/** Null where there is more than the limit: some files grow, others hold more than they say. */
async function readUpTo(file: FileHandle, said: number, most: number): Promise<Buffer | null> {
  let buffer = Buffer.alloc(Math.min(said, most) + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length);
    length += bytesRead;
    if (bytesRead === 0) return buffer.subarray(0, length);
    if (length > most) return null;
    if (length === buffer.length) {
      const larger = Buffer.alloc(Math.min(Math.max(2 * length, CHUNK), most + 1));
      buffer.copy(larger);
      buffer = larger;
    }
  }
}
