import { sep } from 'node:path';

/** A path as analysis writes it. */
export function slashed(path: string): string {
  return sep === '/' ? path : path.replaceAll(sep, '/');
}
