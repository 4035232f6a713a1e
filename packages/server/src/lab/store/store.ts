import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import process from 'node:process';
import { type RunResult, runHash } from '@widthwise/core';

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

/**
 * Opens a store and makes its folder.
 *
 * @param note hears of files that cannot be used, one sentence each
 * @throws the file system's error where the folder cannot be made
 */
export async function openStore(
  directory: string,
  note: (sentence: string) => void = () => {},
): Promise<Store> {
  await makeFolder(directory);
  await removeAbandoned(directory);
  return {
    directory,
    read: (hash) => readResult(directory, hash, note),
    publish: async (result) => {
      const temporary = await writeTemporary(directory, result);
      try {
        if (await linkExclusively(temporary, fileOf(directory, result.hash))) return;
        const standing = await readResult(directory, result.hash, () => {});
        if (standing !== null && JSON.stringify(standing) === JSON.stringify(result)) return;
        if (standing !== null)
          note(`${result.hash}.json differs from what the run gives now and is replaced`);
        await rename(temporary, fileOf(directory, result.hash));
      } finally {
        await rm(temporary, { force: true });
        await syncFolder(directory);
      }
    },
    list: async () => (await readdir(directory)).flatMap((name) => RESULT_FILE.exec(name)?.[1] ?? []),
  };
}

/** A folder .widthwise that is made for the store tells git to leave it alone; one that was there is its owner's. */
async function makeFolder(directory: string): Promise<void> {
  const first = await mkdir(directory, { recursive: true });
  const own = [directory, dirname(directory)].find((folder) => basename(folder) === '.widthwise');
  if (first === undefined || own === undefined || relative(resolve(first), resolve(own)).startsWith('..'))
    return;
  await writeFile(join(own, '.gitignore'), '*\n');
}

function fileOf(directory: string, hash: string): string {
  return join(directory, `${hash}.json`);
}

async function readResult(
  directory: string,
  hash: string,
  note: (sentence: string) => void,
): Promise<RunResult | null> {
  let text: string;
  try {
    text = await readFile(fileOf(directory, hash), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    note(`${hash}.json cannot be read (${(error as NodeJS.ErrnoException).code}) and is computed again`);
    return null;
  }
  const result = parseResult(text, hash);
  if (result === null) note(`${hash}.json is not a whole result of that run and is computed again`);
  return result;
}

function parseResult(text: string, hash: string): RunResult | null {
  try {
    const value = JSON.parse(text) as RunResult;
    const whole =
      value.schema === 'widthwise/run' &&
      value.version === 1 &&
      value.hash === hash &&
      Array.isArray(value.layers) &&
      Array.isArray(value.series) &&
      runHash(value.spec) === hash;
    return whole ? value : null;
  } catch {
    return null;
  }
}

async function writeTemporary(directory: string, result: RunResult): Promise<string> {
  const path = join(directory, `.${result.hash}.${randomUUID()}.tmp`);
  const file = await open(path, 'wx');
  try {
    try {
      await file.writeFile(JSON.stringify(result));
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
