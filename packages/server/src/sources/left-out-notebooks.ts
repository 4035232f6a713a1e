import { Configurations } from './config/configurations.ts';
import { isExcluded } from './config/excluded.ts';
import type { FoundFiles, Unread } from './find-files.ts';

/** That folders hold notebooks, in one line for all; nothing of those that are named, which are refused, or excluded. */
export async function leftOutNotebooks({ files, notebooks }: FoundFiles): Promise<readonly Unread[]> {
  const named = new Set(files.map(({ absolute }) => absolute));
  // A configuration that no file rests on is not told to be unusable.
  const configurations = new Configurations();
  const left: string[] = [];
  for (const { path, absolute, root } of notebooks) {
    if (named.has(absolute)) continue;
    const { folder, configuration } = await configurations.of(absolute);
    if (!isExcluded(absolute, folder ?? root, configuration.exclude ?? [])) left.push(path);
  }
  const [first, ...others] = left;
  if (first === undefined) return [];
  const also = others.length === 0 ? '' : `, as ${left.length} files are`;
  return [
    {
      file: first,
      why: `is a notebook${also}, and notebooks are not read: jupyter nbconvert --to script makes a .py of one`,
    },
  ];
}
