import { isAbsolute, relative, resolve } from 'node:path';

/** The paths that the input of a tool names: its files and folders, without the class behind one. */
export function pathsAsked(input: object): readonly string[] {
  const named = [Reflect.get(input, 'paths'), Reflect.get(input, 'file'), Reflect.get(input, 'graph')];
  return named.flat().filter((path): path is string => typeof path === 'string');
}

/** Those that lie in none of some folders. */
export function pathsOutside(
  paths: readonly string[],
  folders: readonly string[],
  cwd: string,
): readonly string[] {
  return paths.filter((path) => {
    const absolute = resolve(cwd, path);
    return !folders.some((folder) => {
      const below = relative(folder, absolute);
      return below === '' || !(below.startsWith('..') || isAbsolute(below));
    });
  });
}
