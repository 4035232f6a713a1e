import { readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import process from 'node:process';

/** What a path that is to be written leads to. */
export type Destination =
  /** A regular file, or the name of a new one. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'folder' }
  /** A pipe, a terminal or another device: what is written there cannot be taken back. */
  | { readonly kind: 'device'; readonly path: string }
  /** One of the descriptors that this process was started with, `/dev/stdout` or what `>(jq .)` stands for. */
  | { readonly kind: 'descriptor'; readonly descriptor: number };

const OWN_DESCRIPTOR = new RegExp(`^/(?:dev|proc/(?:self|${process.pid}))/fd/(\\d+)$`);
/** As many as Linux follows. */
const MOST_LINKS = 40;

/**
 * Follows symbolic links to what would be written, whether or not it exists.
 *
 * @throws the file system's error where that cannot be found out
 */
export async function destinationOf(path: string, links: number = 0): Promise<Destination> {
  const descriptor = process.platform === 'win32' ? null : OWN_DESCRIPTOR.exec(path)?.[1];
  if (descriptor) return { kind: 'descriptor', descriptor: Number(descriptor) };
  const target = await linkTarget(path);
  if (target === null) return kindOf(path);
  if (links >= MOST_LINKS) throw Object.assign(new Error(`${path}: too many links`), { code: 'ELOOP' });
  return destinationOf(target, links + 1);
}

/** Where a symbolic link leads; null for what is none. */
async function linkTarget(path: string): Promise<string | null> {
  let target: string;
  try {
    target = await readlink(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // What is no link is EINVAL, on Windows UNKNOWN where it is a folder.
    if (code === 'EINVAL' || code === 'ENOENT' || code === 'UNKNOWN') return null;
    throw error;
  }
  // A relative link starts from the folder that it really lies in.
  const folder = await realpath(dirname(path));
  return join(await realpath(resolve(folder, dirname(target))), basename(target));
}

async function kindOf(path: string): Promise<Destination> {
  try {
    const entry = await stat(path);
    if (entry.isDirectory()) return { kind: 'folder' };
    return { kind: entry.isFile() ? 'file' : 'device', path };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { kind: 'file', path };
    throw error;
  }
}
