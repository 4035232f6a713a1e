import { AnalyserPool } from '../sources/analyser/analyser-pool.ts';
import type { FileAnalyser } from '../sources/analyser/file-analyser.ts';

/** Analyses with at most so many processes, which end with what is done. */
export async function withAnalyser<Result>(
  processes: number,
  use: (analyser: FileAnalyser) => Promise<Result>,
): Promise<Result> {
  const pool = new AnalyserPool({ processes });
  pool.warmUp();
  try {
    return await use(pool);
  } finally {
    pool.close();
  }
}
