import { randomUUID } from 'node:crypto';
import { link, open, readdir, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { canonicalHash, type RunResult } from '@widthwise/core';
import { makeFolder } from '../../files/make-folder.ts';
import { readFileOf } from '../../files/read-file.ts';
import { decodeResult, encodeResult, type ResultFile } from './result-file.ts';

/** Results by the hash of their spec, one file each; many processes may share the folder. */
export interface Store {
  readonly directory: string;
  /** The result of a run, or null where none is whole. */
  read(hash: string): Promise<RunResult | null>;
  /** Puts a result in place, whole or not at all. One that already stands there and says the same stays. */
  publish(result: RunResult): Promise<void>;
  /** The hashes of what is there, in no order. */
  list(): Promise<readonly string[]>;
}

const RESULT_FILE = /^([0-9a-f]{64})\.json$/;
const TEMPORARY_FILE = /^\.[0-9a-f]{64}\.[0-9a-f-]+\.tmp$/;
const ABANDONED_MS = 3_600_000;
/** A run of a thousand layers leaves a sixth of it. */
const MOST_BYTES = 16_000_000;

/**
 * Opens a store and makes its folder.
 *
 * @param note hears once of files that cannot be used, and once of those that hold another result than they should
 * @throws the file system's error where the folder cannot be made
 */
export async function openStore(
  directory: string,
  note: (sentence: string) => void = () => {},
): Promise<Store> {
  await makeStoreFolder(directory);
  await removeAbandoned(directory);
  const [noteUnusable, noteReplaced] = [onceOnly(note), onceOnly(note)];
  return {
    directory,
    async read(hash) {
      const file = await readResult(directory, hash);
      if (file === null) return null;
      if ('result' in file) return file.result;
      noteUnusable(`${hash}.json ${file.why}: it is computed again, as is any other that cannot be used`);
      return null;
    },
    publish: async (result) => {
      const temporary = await writeTemporary(directory, result);
      try {
        if (await linkExclusively(temporary, fileOf(directory, result.hash))) return;
        const standing = await readResult(directory, result.hash);
        const whole = standing !== null && 'result' in standing;
        if (whole && canonicalHash(standing.result) === canonicalHash(result)) return;
        if (whole)
          noteReplaced(
            `${result.hash}.json differs from what the run gives now and is replaced, as is any other that does`,
          );
        await replace(temporary, fileOf(directory, result.hash));
      } finally {
        await rm(temporary, { force: true });
        await syncFolder(directory);
      }
    },
    list: async () => (await readdir(directory)).flatMap((name) => RESULT_FILE.exec(name)?.[1] ?? []),
  };
}

/** Hands on the first sentence: where many files are damaged, they are in the same way. */
function onceOnly(note: (sentence: string) => void): (sentence: string) => void {
  let said = false;
  return (sentence) => {
    if (!said) note(sentence);
    said = true;
  };
}

/** A folder .widthwise that is made for the store tells git to leave it alone; one that was there is its owner's. */
async function makeStoreFolder(directory: string): Promise<void> {
  const first = makeFolder(directory);
  const own = [directory, dirname(directory)].find((folder) => basename(folder) === '.widthwise');
  if (first === undefined || own === undefined || relative(resolve(first), resolve(own)).startsWith('..'))
    return;
  await writeFile(join(own, '.gitignore'), '*\n');
}

function fileOf(directory: string, hash: string): string {
  return join(directory, `${hash}.json`);
}

/** Null where no file stands. */
async function readResult(directory: string, hash: string): Promise<ResultFile | null> {
  const file = await readFileOf(fileOf(directory, hash), { bytes: MOST_BYTES, of: 'a result' });
  if ('bytes' in file) return decodeResult(file.bytes.toString('utf8'), hash);
  return file.code === 'ENOENT' ? null : file;
}

async function writeTemporary(directory: string, result: RunResult): Promise<string> {
  const path = join(directory, `.${result.hash}.${randomUUID()}.tmp`);
  const file = await open(path, 'wx');
  try {
    try {
      await file.writeFile(encodeResult(result));
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
  return path;
}

/** False where a file stands there already. A file system without hard links gets a rename, whole as well. */
async function linkExclusively(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code ?? '')) throw error;
    await rename(from, to);
    return true;
  }
}

/** Takes the place of whatever stands there, of a folder only where it is empty. */
async function replace(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EISDIR') throw error;
    await rmdir(to);
    await rename(from, to);
  }
}

/** Makes the new name durable; Windows keeps its folders itself and refuses to open one. */
async function syncFolder(directory: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(directory, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Clears temporary files that a killed process left; younger ones may belong to a living one. */
async function removeAbandoned(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!TEMPORARY_FILE.test(name)) continue;
    const path = join(directory, name);
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    );
    if (age > ABANDONED_MS) await rm(path, { force: true });
  }
}
