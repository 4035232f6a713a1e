import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { quoted } from '@widthwise/core';
import { makeFolder } from '../../files/make-folder.ts';
import { InputError } from '../../input/input-error.ts';
import { type Destination, destinationOf } from './destination.ts';

/** A file that an option names. */
export interface NamedFile {
  readonly option: string;
  /** As the caller would type it. */
  readonly path: string;
}

/**
 * Refuses a file that cannot be written, as far as that shows before anything is computed; makes its folder.
 *
 * @throws InputError
 */
export async function requireWritable({ option, path }: NamedFile, cwd: string): Promise<void> {
  const destination = await destinationAt({ option, path }, cwd);
  if (destination.kind === 'folder') throw new InputError(option, `${quoted(path)} is a folder, not a file`);
  if (destination.kind !== 'file') return;
  const linked = destination.path !== resolve(cwd, path);
  await requireFolder({ option, path: dirname(linked ? destination.path : path) }, cwd);
}

async function destinationAt({ option, path }: NamedFile, cwd: string): Promise<Destination> {
  try {
    return await destinationOf(resolve(cwd, path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // That a folder above is none is said of the folder.
    if (code === 'ENOTDIR') return { kind: 'file', path: resolve(cwd, path) };
    throw new InputError(option, `${quoted(path)} cannot be written (${code})`);
  }
}

async function requireFolder({ option, path: folder }: NamedFile, cwd: string): Promise<void> {
  const there = resolve(cwd, folder);
  try {
    makeFolder(there);
    await access(there, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const what = code === 'EEXIST' || code === 'ENOTDIR' ? 'be a folder' : 'be written to';
    throw new InputError(option, `${quoted(folder)} cannot ${what} (${code})`);
  }
}
