import { randomUUID } from 'node:crypto';
import { constants, write } from 'node:fs';
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import process from 'node:process';
import { promisify } from 'node:util';
import type { CommandIo } from '../command.ts';
import { type Destination, destinationOf } from './destination.ts';

type Writing = Pick<CommandIo, 'stdout' | 'stderr' | 'interruption'>;

/**
 * Writes a text to where a path leads, as `cp` would: a pipe or a device gets it as it stands, and a link stays a link.
 * A regular file gets it whole or not at all.
 *
 * @param path absolute
 * @throws the file system's error
 */
export async function writeTo(path: string, text: string, io: Writing): Promise<void> {
  const destination = await destinationOf(path);
  switch (destination.kind) {
    case 'file':
      return io.interruption.during(() => replaceFile(destination.path, text));
    case 'folder':
      throw Object.assign(new Error(`${path} is a folder`), { code: 'EISDIR' });
    case 'device':
      return writeDevice(destination.path, text);
    case 'descriptor':
      return writeDescriptor(destination, text, io);
  }
}

/** Never leaves half a file, nor half of the one that stood there; that one's permissions stay. */
async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, 'wx');
    try {
      await keepPermissions(file, path);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function keepPermissions(file: FileHandle, path: string): Promise<void> {
  const standing = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (standing === null || process.platform === 'win32') return;
  // Who may write as anybody should not take a file away from its owner.
  if (process.getuid?.() === 0) await file.chown(standing.uid, standing.gid);
  await file.chmod(standing.mode & 0o7777);
}

/** Neither makes nor truncates anything. */
async function writeDevice(path: string, text: string): Promise<void> {
  const device = await open(path, constants.O_WRONLY);
  try {
    await device.writeFile(text);
  } finally {
    await device.close();
  }
}

/** Goes on where the descriptor stands; standard output and error have streams, which wait for a slow reader. */
async function writeDescriptor(
  { descriptor }: Extract<Destination, { kind: 'descriptor' }>,
  text: string,
  { stdout, stderr }: Writing,
): Promise<void> {
  const stream = { 1: stdout, 2: stderr }[descriptor];
  if (stream !== undefined) {
    stream.write(text);
    return;
  }
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length; ) {
    written += (await promisify(write)(descriptor, bytes, written)).bytesWritten;
  }
}
