import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { AnalysisJob, FileAnalyser, Reading } from './file-analyser.ts';

/** What came of a job, for as long as everything that it was made of stands as it did. */
interface Remembered {
  readonly key: string;
  readonly reading: Reading;
  /** Of the files that it rests on. */
  readonly stamps: string;
}

/** So many files are remembered, those that were done last. */
const MOST_KEPT = 10_000;
/** By so much a file system's clock may be behind. */
const CLOCK_MS = 50;

/**
 * One job after the other, and none that was done already: what was found is kept, without models. It leaves the other
 * processes of an analyser to whoever asks for a file that they look at.
 */
export function rememberingAnalyser(analyser: FileAnalyser): FileAnalyser {
  const known = new Map<string, Remembered>();
  let before: Promise<unknown> = Promise.resolve();
  const analyse = async (job: AnalysisJob, signal?: AbortSignal): Promise<Reading> => {
    if (signal?.aborted === true) return { kind: 'cancelled' };
    const key = keyOf(job);
    const last = known.get(job.file);
    // An editor goes on with its texts meanwhile.
    const unsaved: Unsaved = new Map(job.place?.unsaved);
    if (last?.key === key && last.stamps === (await stampsOf(importedBy(last.reading), unsaved)))
      return last.reading;
    known.delete(job.file);
    const began = Date.now() - CLOCK_MS;
    const asked = job.place === null ? job : { ...job, place: { ...job.place, unsaved } };
    const reading = withoutModels(await analyser.analyse(asked, signal));
    // Another try may read what was late or killed this time.
    if (reading.kind !== 'read') return reading;
    const paths = importedBy(reading);
    const stamps = await stampsOf(paths, unsaved);
    // What was saved meanwhile may not be what was read.
    if (
      await haveStoodSince(
        began,
        paths.filter((path) => !unsaved.has(path)),
      )
    )
      known.set(job.file, { key, reading, stamps });
    const [oldest] = known.keys();
    if (known.size > MOST_KEPT && oldest !== undefined) known.delete(oldest);
    return reading;
  };
  return {
    analyse(job, signal) {
      const next = before.then(() => analyse(job, signal));
      before = next.catch(() => {});
      return next;
    },
  };
}

/** Texts that an editor has and their files have not, by path. */
type Unsaved = ReadonlyMap<string, string>;

function keyOf({ text, options, place }: AnalysisJob): string {
  return digestOf(JSON.stringify([text, options, place?.root, place?.version]));
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function importedBy(reading: Reading): readonly string[] {
  return reading.kind === 'read' ? reading.analysis.imported : [];
}

async function stampsOf(paths: readonly string[], unsaved: Unsaved): Promise<string> {
  const stamps = await Promise.all(
    paths.map((path) => {
      const text = unsaved.get(path);
      return text === undefined ? stampOf(path) : digestOf(text);
    }),
  );
  return stamps.join();
}

function stampOf(path: string): Promise<string> {
  return stat(path).then(
    ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
    () => 'gone',
  );
}

/** Whether none of some files that are there was written from a time on. */
async function haveStoodSince(time: number, paths: readonly string[]): Promise<boolean> {
  const changes = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ ctimeMs }) => ctimeMs,
        () => 0,
      ),
    ),
  );
  return changes.every((changed) => changed < time);
}

function withoutModels(reading: Reading): Reading {
  return reading.kind === 'read'
    ? { kind: 'read', analysis: { ...reading.analysis, models: [], trained: [], notes: [] } }
    : reading;
}
