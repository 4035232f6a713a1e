import { createHash } from 'node:crypto';
import type { Unread } from '@widthwise/analysis';
import { isWithin } from '../../files/real-path.ts';
import type { AnalysisJob, FileAnalyser, JobPlace, Read, Reading } from '../analyser/file-analyser.ts';
import { AnswersNow } from './answers-now.ts';
import { entryBytes, entryOf } from './entry.ts';
import { EntryStore } from './entry-store.ts';

/** Another one where entries are written in another way. */
const FORMAT = 1;

export interface CacheOptions {
  /** Where entries are kept. */
  readonly folder: string;
  /** What the analyser is, by which its answers are told from those of others. */
  readonly build: string;
}

/** An analyser that keeps what it finds. */
export interface CachingAnalyser extends FileAnalyser {
  /** Nothing more is asked of it. */
  close(): void;
}

/**
 * An analyser that keeps what it finds from one command to the next. What is kept stands as long as the text, how it is to
 * be read, the analyser and every answer that the files around gave it are the same: the same analysis would come of it.
 */
export function cachingAnalyser(analyser: FileAnalyser, { folder, build }: CacheOptions): CachingAnalyser {
  const store = new EntryStore(folder);
  const now = new AnswersNow();
  const mayKeep = placesThatMayKeep(folder);
  return {
    async analyse(job, signal) {
      const { place } = job;
      if (signal?.aborted || place === null || !(await mayKeep(place))) return analyser.analyse(job, signal);
      const key = keyOf(job, build);
      const bytes = store.read(key);
      const kept = bytes && entryOf(bytes);
      if (kept !== null && now.areAlike(kept.questions, place))
        return { kind: 'read', analysis: kept.analysis };
      const reading = await analyser.analyse({ ...job, tellsQuestions: true }, signal);
      if (mayBeKept(reading)) {
        const { analysis, questions } = reading;
        const entry = entryBytes({ analysis, questions });
        if (entry !== null) store.write(key, entry);
      }
      return reading;
    },
    close: () => store.close(),
  };
}

/** Whether code could put entries into a folder, as one that is part of its project. */
function placesThatMayKeep(folder: string): (place: JobPlace) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>();
  return ({ root }) => {
    const before = known.get(root) ?? isWithin(root, folder).then((isInside) => !isInside);
    known.set(root, before);
    return before;
  };
}

function keyOf({ text, options, place }: AnalysisJob, build: string): string {
  const read = JSON.stringify([FORMAT, build, place?.path, place?.root, options]);
  return createHash('sha256').update(`${read}\0`).update(text).digest('hex');
}

/** What another run may find otherwise: what took too long on a busy machine, and what a bug of ours has left. */
const BY_CHANCE: ReadonlySet<Unread['kind']> = new Set(['time', 'failed', 'rule']);

function mayBeKept(
  reading: Reading,
): reading is Read & { readonly questions: NonNullable<Read['questions']> } {
  if (reading.kind !== 'read' || !reading.questions) return false;
  return !reading.analysis.unread.some(({ kind }) => BY_CHANCE.has(kind));
}
