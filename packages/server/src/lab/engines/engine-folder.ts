import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

/** Where `widthwise engines install` puts what an engine needs. */
export function engineFolder(name: 'onnx' | 'tensorflow'): string {
  return join(cacheFolder(), 'widthwise', 'engines', name);
}

/** Where this system wants caches of its user. */
function cacheFolder(): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  if (XDG_CACHE_HOME) return XDG_CACHE_HOME;
  if (process.platform === 'win32' && LOCALAPPDATA) return LOCALAPPDATA;
  return process.platform === 'darwin' ? join(homedir(), 'Library', 'Caches') : join(homedir(), '.cache');
}
