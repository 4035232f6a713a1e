import { dirname, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isWithin } from '../files/real-path.ts';
import { slashed } from './analyser/slashed.ts';

/** The path of a document; null for one that is not saved, of another scheme, or on no disk of this machine. */
export function fileOf(uri: string): string | null {
  if (!URL.canParse(uri) || new URL(uri).protocol !== 'file:') return null;
  try {
    return fileURLToPath(uri);
  } catch {
    // The URL names another machine, or a name that holds a separator.
    return null;
  }
}

/** The inverse of {@link fileOf}. */
export function uriOf(file: string): string {
  return pathToFileURL(file).toString();
}

/** The folder that a file is in. */
export function folderOf(file: string): string {
  return dirname(file);
}

/** Where a file is, from the folder of another. */
export function pathFrom(file: string, path: string): string {
  return slashed(relative(dirname(file), path));
}

/** Whether a file lies below a folder, given by its URI, by whatever links it is reached. */
export async function isInside(file: string, folder: string): Promise<boolean> {
  const path = fileOf(folder);
  return path !== null && path !== file && (await isWithin(path, file));
}
