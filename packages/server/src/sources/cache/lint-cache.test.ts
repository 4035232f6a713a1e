import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { userCacheFolder } from '../../files/cache-folder.ts';
import { buildDigest } from './build-digest.ts';
import { lintCache } from './lint-cache.ts';

const BUILT = new URL('../../../dist/', import.meta.url);

test('an analyser that runs from its sources keeps nothing', () => {
  expect(buildDigest()).toBeNull();
  expect(lintCache({ env: {}, cwd: '/' })).toBeNull();
});

test('a build has a digest', () => {
  expect(buildDigest(BUILT)).toMatch(/^[0-9a-f]{64}$/);
});

test('caches lie where the user wants them, and never where a command is called', () => {
  expect(userCacheFolder({ XDG_CACHE_HOME: join(homedir(), 'kept') })).toBe(join(homedir(), 'kept'));
  expect(userCacheFolder({ XDG_CACHE_HOME: 'kept' })).toBe(userCacheFolder({}));
  expect(userCacheFolder({}).startsWith(homedir())).toBe(true);
});
