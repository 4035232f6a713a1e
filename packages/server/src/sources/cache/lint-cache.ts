import { join, resolve } from 'node:path';
import { userCacheFolder } from '../../files/cache-folder.ts';
import { buildDigest } from './build-digest.ts';
import type { CacheOptions } from './caching-analyser.ts';

/** Where `lint` keeps what it found; null where the analyser runs from its sources, which may change while it does. */
export function lintCache({
  env,
  cwd,
}: {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}): CacheOptions | null {
  const build = buildDigest();
  if (build === null) return null;
  const named = env['WIDTHWISE_CACHE_DIR'];
  const folder = named ? resolve(cwd, named) : join(userCacheFolder(env), 'widthwise');
  return { folder: join(folder, 'lint'), build };
}
