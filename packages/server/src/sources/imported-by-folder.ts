import { access, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type ReadLimit, readFileOf } from '../files/read-file.ts';
import { decodeSource } from './decode-source.ts';

/** More files of one folder are not looked through, and more parts names of modules rarely have. */
const MOST_FILES = 64;
const MOST_PARTS = 8;
const LIMIT: ReadLimit = { bytes: 200_000, of: 'imports' };
/** `from a.b import c`, `import a.b` and `from ..b import c`, at the start of a line; each character is looked at once. */
const IMPORT = /^[ \t]*(?:from[ \t]+(\.*)(\w[\w.]*)|import[ \t]+(\w[\w.]*))/gm;

/**
 * The outermost folder that the imports of a folder's files need: the one above a folder around it by whose name they
 * import a module that is there, or the one that dots lead up to. It is for packages without `__init__.py`.
 */
export async function importedFrom(folder: string): Promise<string> {
  let outermost = folder;
  for (const { dots, name } of await importsOf(folder)) {
    const found = dots > 0 ? await upTo(name, above(folder, dots - 1)) : await aboveFolderOf(name, folder);
    if (found !== undefined && found.length < outermost.length) outermost = found;
  }
  return outermost;
}

interface Import {
  readonly dots: number;
  readonly name: string;
}

async function importsOf(folder: string): Promise<readonly Import[]> {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.py')).sort();
  const texts = await Promise.all(files.slice(0, MOST_FILES).map((name) => textOf(join(folder, name))));
  const found = new Map<string, Import>();
  for (const text of texts) {
    for (const [, dots = '', from, plain = ''] of text.matchAll(IMPORT)) {
      const name = from ?? plain;
      found.set(dots + name, { dots: dots.length, name });
    }
  }
  return [...found.values()];
}

async function textOf(path: string): Promise<string> {
  const read = await readFileOf(path, LIMIT);
  const source = 'bytes' in read ? decodeSource(read.bytes) : null;
  return source !== null && 'text' in source ? source.text : '';
}

/** That folder, if it has the module that a name begins with. */
async function upTo(name: string, folder: string): Promise<string | undefined> {
  const [first = ''] = name.split('.');
  return (await hasModule(folder, first)) ? folder : undefined;
}

/** Of `a.b.c` the folder above the folder `a` that is around this one and has `b`. */
async function aboveFolderOf(name: string, folder: string): Promise<string | undefined> {
  const [first, second] = name.split('.');
  if (second === undefined) return undefined;
  for (let steps = 0; steps < MOST_PARTS; steps++) {
    const at = above(folder, steps);
    if (basename(at) === first && (await hasModule(at, second))) return dirname(at);
  }
  return undefined;
}

async function hasModule(folder: string, name: string): Promise<boolean> {
  const paths = [join(folder, `${name}.py`), join(folder, name)];
  const there = await Promise.all(
    paths.map((path) =>
      access(path).then(
        () => true,
        () => false,
      ),
    ),
  );
  return there.includes(true);
}

function above(folder: string, steps: number): string {
  let at = folder;
  for (let step = 0; step < Math.min(steps, MOST_PARTS); step++) at = dirname(at);
  return at;
}
