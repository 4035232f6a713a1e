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
    if (last?.key === key && last.stamps === (await stampsOf(importedBy(last.reading)))) return last.reading;
    const reading = withoutModels(await analyser.analyse(job, signal));
    if (reading.kind === 'cancelled') return reading;
    known.set(job.file, { key, reading, stamps: await stampsOf(importedBy(reading)) });
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

function keyOf({ text, options, place }: AnalysisJob): string {
  const unsaved = [...(place?.unsaved ?? [])];
  const all = JSON.stringify([text, options, place?.root, place?.version, unsaved]);
  return createHash('sha256').update(all).digest('base64');
}

function importedBy(reading: Reading): readonly string[] {
  return reading.kind === 'read' ? reading.analysis.imported : [];
}

async function stampsOf(paths: readonly string[]): Promise<string> {
  const stamps = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        ({ mtimeMs, size }) => `${mtimeMs} ${size}`,
        () => 'gone',
      ),
    ),
  );
  return stamps.join();
}

function withoutModels(reading: Reading): Reading {
  return reading.kind === 'read'
    ? { kind: 'read', analysis: { ...reading.analysis, models: [], trained: [], notes: [] } }
    : reading;
}
