import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isWithin } from '../../files/real-path.ts';
import { forgetfulStore } from '../../lab/store/forgetful-store.ts';
import { openStore, type Store } from '../../lab/store/store.ts';
import { Refusal } from '../connection/answering.ts';

/** Where an experiment reads its files and keeps its results. */
export interface ExperimentPlace {
  readonly cwd: string;
  readonly store: Store;
}

interface PlaceNeeds {
  /** What the parameters name: these have to lie in the folder. */
  readonly files: readonly string[];
  /** Nobody trusts the folder. */
  readonly restricted: boolean;
  /** Hears of results that cannot be used. */
  readonly note: (sentence: string) => void;
}

/**
 * The folder an experiment is for, which has to be one that the editor has open, and the store in it. Without any,
 * nothing is kept, and neither is it in one that nobody trusts, whose own results and files are not read.
 *
 * @param asked URI of a folder; without it, the first one open
 * @param open URIs of the folders that the editor has open
 */
export async function findPlace(
  asked: string | undefined,
  open: readonly string[],
  { files, restricted, note }: PlaceNeeds,
): Promise<ExperimentPlace> {
  const folder = asked ?? open[0];
  if (folder === undefined) {
    if (files.length > 0) throw new Refusal('invalid-config', 'Open the folder of the files first.');
    return { cwd: '', store: forgetfulStore() };
  }
  if (!open.includes(folder)) throw new Refusal('invalid-config', `${folder} is no folder of the workspace.`);
  const cwd = pathOf(folder);
  if (restricted) {
    const problem = 'is not read in Restricted Mode: trust the folder first.';
    if (files.length > 0) throw new Refusal('invalid-config', `${files[0]} ${problem}`);
    return { cwd, store: forgetfulStore() };
  }
  for (const file of files) await requireInside(cwd, file);
  const store = join(cwd, '.widthwise', 'store');
  await requireInside(cwd, store);
  return { cwd, store: await requireStore(store, note) };
}

function pathOf(folder: string): string {
  try {
    return fileURLToPath(folder);
  } catch {
    throw new Refusal(
      'invalid-config',
      `${folder} is no folder on this machine: results have no place there.`,
    );
  }
}

async function requireStore(directory: string, note: (sentence: string) => void): Promise<Store> {
  try {
    return await openStore(directory, note);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Refusal('invalid-config', `${directory} cannot be a folder of results (${code}).`);
  }
}

/**
 * Refuses a file that lies outside a folder, by whatever links it is reached.
 *
 * @param file absolute, or relative to the folder
 */
export async function requireInside(folder: string, file: string): Promise<void> {
  if (await isWithin(folder, resolve(folder, file))) return;
  throw new Refusal('invalid-config', `${file} lies outside the workspace folder.`);
}
