import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { describe, expect, onTestFinished, test } from 'vitest';
import { analyserInProcess } from '../../../test/analyser-in-process.ts';
import { FILES } from '../../../test/changing-projects.ts';
import { folderOf } from '../../../test/folder-of.ts';
import { lintJsonText } from '../../cli/render/lint-json.ts';
import { lintSarif } from '../../cli/render/lint-sarif.ts';
import { type Linted, lintFiles } from '../analyse-files.ts';
import type { Question } from '../analyser/asked-workspace.ts';
import type { FileAnalyser, Reading } from '../analyser/file-analyser.ts';
import { loadAnalyserFromDisk } from '../load-analyser.ts';
import { type CacheOptions, cachingAnalyser } from './caching-analyser.ts';

const loading = loadAnalyserFromDisk();

/** What is found in a project, by a process that has seen nothing of it before. */
async function found(cwd: string, wrapped: (analyser: FileAnalyser) => FileAnalyser = (one) => one) {
  const analyser = wrapped(analyserInProcess(loading));
  const linted = await lintFiles(
    ['.'],
    {},
    { cwd, signal: new AbortController().signal, analyser, isStill: true },
  );
  return { linted, printed: await printed(linted) };
}

async function printed(linted: Linted): Promise<string> {
  return `${lintJsonText({ linted, known: null })}${await lintSarif({ linted, root: '/', cwd: '/' } as never)}`;
}

/** Counts what is analysed and not known. */
function counting(analyser: FileAnalyser): { readonly analyser: FileAnalyser; readonly texts: string[] } {
  const texts: string[] = [];
  return {
    texts,
    analyser: {
      analyse(job, signal) {
        texts.push(job.text);
        return analyser.analyse(job, signal);
      },
    },
  };
}

async function cacheOf(build = 'this one'): Promise<CacheOptions> {
  const folder = await mkdtemp(join(tmpdir(), 'widthwise-cache-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return { folder, build };
}

/** What a cached run finds, and how many texts it has analysed for it. */
async function foundAgain(cwd: string, cache: CacheOptions) {
  let analysed: readonly string[] = [];
  const again = await found(cwd, (analyser) => {
    const counted = counting(analyser);
    analysed = counted.texts;
    return cachingAnalyser(counted.analyser, cache);
  });
  return { ...again, analysed };
}

async function set(cwd: string, name: string, text: string | null): Promise<void> {
  const path = join(cwd, name);
  if (text === null) return rm(path, { force: true });
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

const names = Object.keys(FILES);
const edit = fc
  .constantFrom(...names)
  .chain((name) => fc.tuple(fc.constant(name), fc.constantFrom(...FILES[name]!)));

test('a run with a cache finds what one without finds, whatever was edited, added, renamed or removed before', async () => {
  let hits = 0;
  const edits = fc.array(edit, { minLength: 3, maxLength: 8 });
  const runs = fc.asyncProperty(fc.array(edits, { minLength: 2, maxLength: 5 }), async (rounds) => {
    const [cwd, cache] = await Promise.all([folderOf({ '.git/HEAD': '' }), cacheOf()]);
    for (const round of rounds) {
      for (const [name, text] of round) await set(cwd, name, text);
      const [cold, warm] = [await found(cwd), await foundAgain(cwd, cache)];
      expect(warm.printed).toBe(cold.printed);
      expect(warm.linted).toEqual(cold.linted);
      hits += warm.linted.files.length - warm.analysed.length;
    }
  });
  await fc.assert(runs, { numRuns: 12 });
  expect(hits).toBeGreaterThan(0);
});

/** Edits after which a file that was not edited says something else, by the only question that tells. */
const TELLING: readonly (readonly [
  Question['kind'],
  Readonly<Record<string, number>>,
  readonly [string, number],
])[] = [
  ['read', { 'model.py': 0, 'starts.py': 0 }, ['starts.py', 1]],
  ['find', { 'model.py': 2, 'starts.py': 0, 'lib/__init__.py': 1 }, ['lib/starts.py', 1]],
  ['callers', { 'model.py': 0, 'starts.py': 0 }, ['train.py', 4]],
  ['users', { 'model.py': 0, 'starts.py': 0 }, ['presets.py', 1]],
];

describe.each(TELLING)('what an analysis asked with %s', (kind, before, [name, after]) => {
  async function foundByTurns(wrapped: (analyser: FileAnalyser) => FileAnalyser) {
    const cwd = await folderOf({ '.git/HEAD': '', 'widthwise.json': '{"profile": "mup"}' });
    for (const [file, at] of Object.entries(before)) await set(cwd, file, FILES[file]![at]!);
    const cache = await cacheOf();
    const withCache = (analyser: FileAnalyser) => cachingAnalyser(wrapped(analyser), cache);
    await found(cwd, withCache);
    await set(cwd, name, FILES[name]![after]!);
    const [cold, warm] = [await found(cwd), await found(cwd, withCache)];
    const ofModel = ({ linted }: typeof cold) => linted.files.find(({ path }) => path === 'model.py');
    return { cold: ofModel(cold), warm: ofModel(warm) };
  }

  test('is asked again', async () => {
    const { cold, warm } = await foundByTurns((analyser) => analyser);
    expect(warm).toEqual(cold);
  });

  test('would leave a stale answer if it were not noted', async () => {
    const forgetting = (analyser: FileAnalyser): FileAnalyser => ({
      analyse: async (job, signal) => without(kind, await analyser.analyse(job, signal)),
    });
    const { cold, warm } = await foundByTurns(forgetting);
    expect(warm).not.toEqual(cold);
  });
});

function without(kind: Question['kind'], reading: Reading): Reading {
  if (reading.kind !== 'read' || !reading.questions) return reading;
  return { ...reading, questions: reading.questions.filter((question) => question.kind !== kind) };
}

describe('what is kept', () => {
  const project = { '.git/HEAD': '', 'mlp.py': FILES['mlp.py']![1]!, 'notes.py': 'import torch\n' };

  test('is known without an analysis, by the same build and for the same options', async () => {
    const [cwd, cache] = [await folderOf(project), await cacheOf()];
    expect((await foundAgain(cwd, cache)).analysed).toHaveLength(2);
    expect((await foundAgain(cwd, cache)).analysed).toEqual([]);
    expect((await foundAgain(cwd, { ...cache, build: 'another' })).analysed).toHaveLength(2);
    await set(cwd, 'widthwise.json', '{"profile": "mup"}');
    expect((await foundAgain(cwd, cache)).analysed).toHaveLength(2);
    await set(cwd, 'notes.py', 'import torch.nn\n');
    expect((await foundAgain(cwd, cache)).analysed).toEqual(['import torch.nn\n']);
  });

  test('is made anew where its entry is broken', async () => {
    const [cwd, cache] = [await folderOf(project), await cacheOf()];
    const { linted } = await foundAgain(cwd, cache);
    const entries = await readdir(cache.folder, { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((one) => one.isFile())) {
      const path = join(entry.parentPath, entry.name);
      const bytes = await readFile(path);
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(path, bytes);
    }
    const again = await foundAgain(cwd, cache);
    expect(again.analysed).toHaveLength(2);
    expect(again.linted).toEqual(linted);
    expect((await foundAgain(cwd, cache)).analysed).toEqual([]);
  });

  test('is not what ended by time, or by a bug', async () => {
    const [cwd, cache] = [await folderOf(project), await cacheOf()];
    let asked = 0;
    const slow = (analyser: FileAnalyser): FileAnalyser => ({
      analyse: async (job, signal) => {
        asked++;
        const reading = await analyser.analyse(job, signal);
        if (reading.kind !== 'read') return reading;
        return { ...reading, analysis: { ...reading.analysis, unread: [{ kind: 'time', line: 1 }] } };
      },
    });
    for (const count of [2, 4]) {
      await found(cwd, (analyser) => cachingAnalyser(slow(analyser), cache));
      expect(asked).toBe(count);
    }
  });

  test('is nothing of a project that the folder is part of', async () => {
    const cwd = await folderOf(project);
    const cache = { folder: join(cwd, 'kept'), build: 'this one' };
    await foundAgain(cwd, cache);
    expect(await readdir(cwd)).not.toContain('kept');
    expect((await foundAgain(cwd, cache)).analysed).toHaveLength(2);
  });
});
