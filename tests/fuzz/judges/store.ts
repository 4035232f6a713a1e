import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { encodeResult } from '../../../packages/server/src/lab/store/result-file.ts';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { openStore } from '../../../packages/server/src/lab/store/store.ts';
// @boundaries-ignore what is judged is what a package is made of, not what it shows
import { resultOf } from '../../../packages/server/src/lab/store/stored-result.fixture.ts';
import type { Input, Judgement, Problem } from '../harness/kind.ts';

/** What was done to the file of a result. */
export type Tampering =
  | {
      readonly how: 'bytes';
      readonly changes: readonly { at: number; drop: number; put: readonly number[] }[];
    }
  /** Values at places of the JSON, a place given by the numbers of the keys on the way. */
  | { readonly how: 'values'; readonly changes: readonly { way: readonly number[]; put: unknown }[] }
  | { readonly how: 'text'; readonly text: string }
  | { readonly how: 'link'; readonly to: string }
  | { readonly how: 'pipe' | 'folder' | 'another run' };

/** A result that is not what was computed is never read as one, and computing it again heals the store. */
export async function judgeStore(input: Input): Promise<Judgement> {
  const directory = await mkdtemp(join(tmpdir(), 'widthwise-fuzz-store-'));
  try {
    const notes: string[] = [];
    const store = await openStore(directory, (sentence) => void notes.push(sentence));
    await store.publish(GENUINE);
    const path = join(directory, `${GENUINE.hash}.json`);
    await tamper(path, input as Tampering);
    const read = await store.read(GENUINE.hash);
    const problems: Problem[] = [];
    if (read !== null && !isDeepStrictEqual(read, GENUINE)) {
      problems.push({ kind: 'believed', what: 'what was read is not what was computed' });
    }
    if (notes.some((note) => note.length > 500)) problems.push({ kind: 'words', what: 'a note is too long' });
    await store.publish(GENUINE);
    const healed = await store.read(GENUINE.hash);
    if (!isDeepStrictEqual(healed, GENUINE))
      problems.push({ kind: 'not healed', what: 'computed again, it is not read' });
    return { problems, cpuMs: null };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function tamper(path: string, tampering: Tampering): Promise<void> {
  const bytes = await readFile(path);
  await rm(path);
  switch (tampering.how) {
    case 'bytes':
      return writeFile(path, tampering.changes.reduce(changed, bytes));
    case 'values': {
      const value: unknown = JSON.parse(bytes.toString('utf8'));
      for (const { way, put } of tampering.changes) place(value, way, put);
      return writeFile(path, JSON.stringify(value));
    }
    case 'text':
      return writeFile(path, tampering.text);
    case 'link':
      return symlink(tampering.to, path);
    case 'folder':
      return void (await mkdir(path));
    case 'pipe':
      return void execFileSync('mkfifo', [path]);
    case 'another run':
      return writeFile(path, encodeResult(resultOf(1)));
  }
}

function changed(
  bytes: Buffer,
  { at, drop, put }: { at: number; drop: number; put: readonly number[] },
): Buffer {
  const from = at % (bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, from), Buffer.from(put), bytes.subarray(from + drop)]);
}

function place(value: unknown, [step = 0, ...way]: readonly number[], put: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const keys = Object.keys(value);
  if (keys.length === 0) return;
  const key = keys[step % keys.length]!;
  // SAFETY: `key` is one of the object's own.
  const holder = value as Record<string, unknown>;
  const inside = holder[key];
  if (way.length === 0 || typeof inside !== 'object' || inside === null) holder[key] = put;
  else place(inside, way, put);
}

const GENUINE = resultOf(0);
