import { findModule } from '../src/workspace/find-module.ts';
import type { Place } from '../src/workspace/workspace.ts';

/** Files of a workspace at `/w`, by their paths below it, where one of them stands, and which of them train its models. */
export function placeIn(
  files: Readonly<Record<string, string>>,
  path: string,
  callers: readonly string[] = [],
): Place {
  const texts = new Map(Object.entries(files).map(([name, text]) => [`/w/${name}`, text]));
  const folders = new Set([...texts.keys()].flatMap(foldersOf));
  const found = {
    roots: ['/w'],
    isFile: (one: string) => texts.has(one),
    isDirectory: (one: string) => folders.has(one),
    foldersIn: (one: string) =>
      [...folders].flatMap((folder) => {
        const name = folder.slice(one.length + 1);
        return folder.startsWith(`${one}/`) && !name.includes('/') ? [name] : [];
      }),
    textOf: (one: string) => texts.get(one),
  };
  return {
    path: `/w/${path}`,
    workspace: {
      find: (name, from) => findModule(found, name, from),
      read: (one) => texts.get(one),
      users: (one, name) =>
        [...texts].flatMap(([file, text]) =>
          file !== one && new RegExp(`^from .* import .*\\b${name}\\b`, 'm').test(text)
            ? [{ path: file, name: file.slice('/w/'.length, -'.py'.length) }]
            : [],
        ),
      callers: () => callers.map((name) => ({ path: `/w/${name}`, name })),
    },
  };
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/');
  return parts.slice(1, -1).map((_, index) => parts.slice(0, index + 2).join('/'));
}
