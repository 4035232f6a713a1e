import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Counted } from './tally.ts';

const FOLDER = join(import.meta.dirname, '../../../.cache/fuzz');

/** A long run of one kind, as far as it has come. */
export interface Progress extends Counted {
  /** The commits that it was run at, in their order. */
  readonly commits: readonly string[];
}

/** A long run's place between its slices. */
export class KeptProgress {
  readonly #path: string;
  readonly #commits: readonly string[];
  /** What was counted before this slice. */
  readonly before: Progress | undefined;

  constructor(kind: string, { seed, commit, resume }: { seed: number; commit: string; resume: boolean }) {
    this.#path = join(FOLDER, `long-${kind}-${seed}.json`);
    if (!resume) rmSync(this.#path, { force: true });
    this.before = readProgress(this.#path);
    this.#commits = [...new Set([...(this.before?.commits ?? []), commit])];
  }

  get commits(): readonly string[] {
    return this.#commits;
  }

  keep(counted: Counted): void {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(this.#path, JSON.stringify({ ...counted, commits: this.#commits }));
  }
}

function readProgress(path: string): Progress | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Progress;
  } catch (error) {
    // Nothing was begun yet.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
