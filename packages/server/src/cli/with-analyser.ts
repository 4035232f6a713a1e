import { AnalyserPool } from '../sources/analyser/analyser-pool.ts';
import type { FileAnalyser } from '../sources/analyser/file-analyser.ts';
import { type CacheOptions, cachingAnalyser } from '../sources/cache/caching-analyser.ts';

/** Analyses with at most so many processes, which end with what is done. */
export async function withAnalyser<Result>(
  processes: number,
  use: (analyser: FileAnalyser) => Promise<Result>,
): Promise<Result> {
  return withPool(processes, async (pool) => {
    pool.warmUp();
    return use(pool);
  });
}

/** The same with what was found before, where a cache is given: a process is started for what it has not. */
export async function withCachingAnalyser<Result>(
  processes: number,
  {
    cache,
    use,
  }: { readonly cache: CacheOptions | null; readonly use: (analyser: FileAnalyser) => Promise<Result> },
): Promise<Result> {
  if (cache === null) return withAnalyser(processes, use);
  return withPool(processes, async (pool) => {
    const caching = cachingAnalyser(pool, cache);
    try {
      return await use(caching);
    } finally {
      caching.close();
    }
  });
}

async function withPool<Result>(
  processes: number,
  use: (pool: AnalyserPool) => Promise<Result>,
): Promise<Result> {
  const pool = new AnalyserPool({ processes });
  try {
    return await use(pool);
  } finally {
    pool.close();
  }
}
