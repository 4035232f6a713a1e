import { dirname, isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The path of a document; null for one that is not saved, or of another scheme. */
export function fileOf(uri: string): string | null {
  return URL.canParse(uri) && new URL(uri).protocol === 'file:' ? fileURLToPath(uri) : null;
}

/** The folder that a file is in. */
export function folderOf(file: string): string {
  return dirname(file);
}

/** Whether a file lies below a folder, given by its URI. */
export function isInside(file: string, folder: string): boolean {
  const path = relative(fileURLToPath(folder), file);
  return path !== '' && !path.startsWith('..') && !isAbsolute(path);
}
