import { createHash, randomBytes } from 'node:crypto';
import {
  lstatSync,
  readdirSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { makeFolder } from '../../files/make-folder.ts';
import { readFileNow } from '../../files/read-file-now.ts';

/** The most that all entries take together, and each by itself. */
const MOST_BYTES = 256 * 1024 * 1024;
const MOST_OF_ENTRY = 8 * 1024 * 1024;
/** Of its size on a disk. */
const BLOCK = 4096;
/** Whoever makes room makes some for what comes next, too. */
const FILLED = 0.9;
/** An entry is noted to be in use so often. */
const IN_USE_MS = 24 * 3600 * 1000;
const CHECKSUM_BYTES = 32;

/**
 * Entries in a folder that this user alone may read and write, one a file, by keys in hexadecimal digits. Each is whole or
 * taken for absent. Where the folder cannot be used, or no more, nothing is kept and nothing said.
 */
export class EntryStore {
  private readonly folder: string;
  private readonly most: number;
  private readonly written = new Set<string>();
  private isUsable: boolean | null = null;

  constructor(folder: string, most: number = MOST_BYTES) {
    this.folder = folder;
    this.most = most;
  }

  read(key: string): Buffer | null {
    if (!this.isOwn()) return null;
    const path = this.pathOf(key);
    const bytes = readFileNow(path, MOST_OF_ENTRY);
    if (bytes === null || bytes.length < CHECKSUM_BYTES) return null;
    const content = bytes.subarray(CHECKSUM_BYTES);
    if (!checksum(key, content).equals(bytes.subarray(0, CHECKSUM_BYTES))) return null;
    this.tried(() => noteUse(path));
    return content;
  }

  write(key: string, content: Uint8Array): void {
    if (content.length + CHECKSUM_BYTES > MOST_OF_ENTRY) return;
    const shard = shardOf(key);
    const done = this.tried(() => {
      makeFolder(join(this.folder, shard), 0o700);
      if (this.isUsable === false) this.isUsable = null;
      if (this.isOwn()) writeWhole(this.pathOf(key), [checksum(key, content), content]);
    });
    if (done) this.written.add(shard);
  }

  /** Takes the oldest entries away where there are more than there is room for. */
  close(): void {
    for (const shard of this.written)
      this.tried(() => makeRoom(join(this.folder, shard), this.most / SHARDS));
    this.written.clear();
  }

  private pathOf(key: string): string {
    return join(this.folder, shardOf(key), key);
  }

  /** Whether nobody else can have put anything into the folder. */
  private isOwn(): boolean {
    if (this.isUsable !== null) return this.isUsable;
    let isOwn = false;
    this.tried(() => {
      isOwn = isOwnFolder(this.folder);
    });
    this.isUsable = isOwn;
    return isOwn;
  }

  /** A disk that is full or read-only costs what is kept, and nothing else. */
  private tried(act: () => void): boolean {
    try {
      act();
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error) return false;
      throw error;
    }
  }
}

/** Of so many folders each has its room, so that one that is written to is looked through alone. */
const SHARDS = 16;

function shardOf(key: string): string {
  return key.slice(0, 1);
}

function checksum(key: string, content: Uint8Array): Buffer {
  return createHash('sha256').update(key).update(content).digest();
}

function isOwnFolder(folder: string): boolean {
  const status = lstatSync(folder, { throwIfNoEntry: false });
  if (status?.isDirectory() !== true) return false;
  return process.getuid === undefined || (status.uid === process.getuid() && (status.mode & 0o077) === 0);
}

function noteUse(path: string): void {
  const now = Date.now();
  if (now - statSync(path).mtimeMs > IN_USE_MS) utimesSync(path, now / 1000, now / 1000);
}

function writeWhole(path: string, parts: readonly Uint8Array[]): void {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(unfinished, Buffer.concat(parts), { mode: 0o600, flag: 'wx' });
    renameSync(unfinished, path);
  } catch (error) {
    removeIfThere(unfinished);
    throw error;
  }
}

function removeIfThere(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false }) !== undefined) unlinkSync(path);
}

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly usedMs: number;
}

/** What was left unfinished goes like an entry that nobody asks for. */
function makeRoom(folder: string, most: number): void {
  const entries = readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => entryOf(path, lstatSync(path, { throwIfNoEntry: false })));
  let all = entries.reduce((sum, { size }) => sum + size, 0);
  if (all <= most) return;
  for (const { path, size } of entries.sort((one, other) => one.usedMs - other.usedMs)) {
    if (all <= FILLED * most) return;
    removeIfThere(path);
    all -= size;
  }
}

function entryOf(path: string, status: Stats | undefined): readonly Entry[] {
  if (status?.isFile() !== true) return [];
  return [{ path, size: Math.ceil(status.size / BLOCK) * BLOCK, usedMs: status.mtimeMs }];
}
