import { type Dirent, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type FoundModule, mayHandToTraining, mayTrain } from '@widthwise/analysis';
import { isExcluded } from '../config/excluded.ts';
import { isInstalledOrBuilt } from '../installed-or-built.ts';
import { slashed } from './slashed.ts';
import { sourceNow, stampOf } from './source-now.ts';

/** A model file, and which of its classes are models. */
export interface ModelFile {
  readonly path: string;
  readonly root: string;
  readonly models: readonly string[];
  /** Another number where files may have come or gone. */
  readonly version: number;
  /** Whether no file changes as long as the version stands. */
  readonly isStill: boolean;
}

type Find = (name: string, from: string) => FoundModule | undefined;

/** Which files train the models of another. By words first: what a file names is read once, until it changes. */
export class CallerIndex {
  private readonly said = new Map<string, { readonly stamp: string; readonly mentions: Mentions }>();
  /** The files that have a word among what they import. */
  private readonly byWord = new Map<string, Set<string>>();
  /** The files around each folder, with the place of each among them. */
  private nearby = new Map<string, ReadonlyMap<string, number>>();
  private contents = new Map<string, Contents>();
  /** The files that were looked at since the version stands. */
  private seen = new Set<string>();
  private version = -1;

  /**
   * Those that may train its models: that name an optimizer and import the file, or one of its models from a package that it
   * is in; then those that have the models from functions and classes of such files, or call what may train them.
   */
  of(asked: ModelFile, find: Find): readonly FoundModule[] {
    const word = wordOf(asked.path);
    const isModel = ({ name, last }: Import) =>
      name === word || last === word || asked.models.includes(name ?? '');
    const importing = this.importing(asked, find, { words: [word, ...asked.models], mayLead: isModel });
    const found = [...importing, ...this.farther(importing, asked, find)];
    const that = (how: Mentions['trains'], of: readonly FoundModule[]) =>
      of.filter(({ path }) => this.said.get(path)?.mentions.trains === how);
    const direct = that('named', importing);
    const others = [...that('named', found.slice(importing.length)), ...that('called', found)];
    return [...direct, ...others.map((one) => ({ ...one, isFarther: true }))];
  }

  /** Those that import a function or class of files that import the models, and so on. */
  private farther(importing: readonly FoundModule[], asked: ModelFile, find: Find): readonly FoundModule[] {
    const seen = new Set([asked.path, ...importing.map(({ path }) => path)]);
    let level = importing;
    const found: FoundModule[] = [];
    for (let step = 1; step < MOST_STEPS; step++) {
      level = level.slice(0, MOST_MAKERS).flatMap((maker) => {
        const { defines } = this.said.get(maker.path)?.mentions ?? NOTHING;
        const words = [wordOf(maker.path), ...defines];
        const mayLead = ({ last, name }: Import) =>
          name === null ? last === words[0] : name === '*' || words.includes(name);
        return this.importing({ ...asked, path: maker.path }, find, { words, mayLead }).filter(
          ({ path }) => !seen.has(path) && seen.add(path),
        );
      });
      found.push(...level);
    }
    return found;
  }

  /** Those that import one of its models by name, from it or from a package that it is in. */
  users(asked: ModelFile, find: Find): readonly FoundModule[] {
    return this.importing(asked, find, {
      words: asked.models,
      mayLead: ({ name }) => name !== null && asked.models.includes(name),
    });
  }

  /** The files of which an import leads to the model's, among those that may. */
  private importing(asked: ModelFile, find: Find, { words, mayLead }: Sought): readonly FoundModule[] {
    const { path } = asked;
    const nearby = this.lookedAt(asked);
    const naming = new Set(words.flatMap((word) => [...(this.byWord.get(word) ?? [])]));
    const files = [...naming].filter((file) => nearby.has(file) && file !== path);
    files.sort((one, other) => nearby.get(one)! - nearby.get(other)!);
    return files.flatMap((file) => {
      const { imports } = this.said.get(file)?.mentions ?? NOTHING;
      const leads = imports.some(
        (one) => mayLead(one) && leadsTo(path, one, (wanted) => find(wanted, file)?.path),
      );
      return leads ? [{ path: file, name: wordOf(file) }] : [];
    });
  }

  /** The files around a model's, of which is known what they mention now. */
  private lookedAt({ path, root, version, isStill }: ModelFile): ReadonlyMap<string, number> {
    if (version !== this.version) {
      this.nearby = new Map();
      this.contents = new Map();
      this.seen = new Set();
    }
    this.version = version;
    const folder = dirname(path);
    const known = this.nearby.get(folder);
    const files =
      known ??
      new Map(
        nearbyFiles(path, root, (one) => this.contentsOf(one, root)).map((file, at) => [slashed(file), at]),
      );
    this.nearby.set(folder, files);
    if (known === undefined || !isStill) for (const file of files.keys()) this.lookAt(file, isStill);
    return files;
  }

  private contentsOf(folder: string, root: string): Contents {
    const key = `${root}\0${folder}`;
    const contents = this.contents.get(key) ?? contentsOf(folder, root);
    this.contents.set(key, contents);
    return contents;
  }

  private lookAt(path: string, isStill: boolean): void {
    if (isStill && this.seen.has(path)) return;
    this.seen.add(path);
    const stamp = stampOf(path);
    const known = this.said.get(path);
    if (known?.stamp === stamp) return;
    for (const word of wordsOf(known?.mentions ?? NOTHING)) this.byWord.get(word)?.delete(path);
    const mentions = mentionsOf(sourceNow(path) ?? '');
    this.said.set(path, { stamp, mentions });
    for (const word of wordsOf(mentions)) {
      const naming = this.byWord.get(word) ?? new Set();
      this.byWord.set(word, naming.add(path));
    }
  }
}

interface Sought {
  /** What each of them has among its words. */
  readonly words: readonly string[];
  readonly mayLead: (one: Import) => boolean;
}

function wordsOf({ imports }: Mentions): readonly string[] {
  return imports.flatMap(({ last, name }) => (name === null ? [last] : [last, name]));
}

/** Whether an import is of a module, or of a package around it. */
function leadsTo(
  path: string,
  { module, name }: Import,
  find: (name: string) => string | undefined,
): boolean {
  const itself = find(module);
  if (itself === path) return true;
  if (itself?.endsWith(INIT) && path.startsWith(itself.slice(0, -INIT.length))) return true;
  return name !== null && find(module.endsWith('.') ? `${module}${name}` : `${module}.${name}`) === path;
}

const INIT = '__init__.py';

const NOTHING: Mentions = { imports: [], trains: null, defines: [] };

/** How many files a model may come through to the one that trains it, and how many are looked at on each step. */
const MOST_STEPS = 3;
const MOST_MAKERS = 8;

/** More files than are looked at for what trains a model, and deeper than they stand. */
const MOST_FILES = 300;
const MOST_FOLDERS = 200;

interface Import {
  readonly module: string;
  /** The last part of it. */
  readonly last: string;
  readonly name: string | null;
}

/** What a text says of what it imports and whether it trains anything. */
interface Mentions {
  /** Each name that it imports, with where it comes from: `from a.b import c` as `a.b` and `c`. */
  readonly imports: readonly Import[];
  /** Whether it names an optimizer or the like, or calls something that may train what it is handed. */
  readonly trains: 'named' | 'called' | null;
  /** The functions and classes that it has. */
  readonly defines: readonly string[];
}

const IMPORT =
  /^[ \t]*(?:from[ \t]+([.\w]+)[ \t]+import[ \t]*(?:\(([^)]*)\)|([^#\n]*))|import[ \t]+([^#\n]*))/gm;
/** Farther down nobody imports what a script needs. */
const MOST_TEXT = 200_000;

/** Reads what a text imports without parsing it. */
function mentionsOf(text: string): Mentions {
  const imports: Import[] = [];
  for (const [, from, inBrackets, onLine, plain] of text.slice(0, MOST_TEXT).matchAll(IMPORT)) {
    if (from === undefined) {
      for (const module of namesIn(plain ?? '')) imports.push(importOf(module, null));
    } else for (const name of namesIn(inBrackets ?? onLine ?? '')) imports.push(importOf(from, name));
  }
  if (imports.length === 0) return NOTHING;
  const defines = [...text.matchAll(DEFINES)].flatMap(([, name]) => name ?? []);
  return { imports, defines, trains: trainsIn(text) };
}

const DEFINES = /^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)/gm;

function trainsIn(text: string): Mentions['trains'] {
  if (mayTrain(text)) return 'named';
  return mayHandToTraining(text) ? 'called' : null;
}

function importOf(module: string, name: string | null): Import {
  return { module, last: module.slice(module.lastIndexOf('.') + 1), name };
}

/** `a as b, c` as `a` and `c`. */
function namesIn(list: string): readonly string[] {
  return list
    .replace(/#.*/g, '')
    .split(',')
    .flatMap((part) => /^\s*([.\w*]+)/.exec(part)?.[1] ?? []);
}

/** The Python files of a project, the nearest to a path first: of its folder, of those above, then of all others. */
function nearbyFiles(path: string, root: string, contents: (folder: string) => Contents): readonly string[] {
  const above = foldersAbove(path, root);
  const found: string[] = [];
  const ahead = [...above];
  for (let count = 0; count < MOST_FOLDERS && found.length < MOST_FILES; count++) {
    const folder = ahead.shift();
    if (folder === undefined) break;
    const { files, folders } = contents(folder);
    found.push(...files);
    ahead.push(...folders.filter((one) => !above.includes(one)));
  }
  return found.slice(0, MOST_FILES);
}

/** The folder of a file and those above it, up to a root. */
function foldersAbove(path: string, root: string): readonly string[] {
  const above = [dirname(path)];
  for (let at = dirname(path); at !== root && at !== dirname(at); ) {
    at = dirname(at);
    above.push(at);
  }
  return above;
}

/** What people have written in a folder: Python files that are no tests, and folders of such. */
interface Contents {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

function contentsOf(folder: string, root: string): Contents {
  const entries = entriesOf(folder);
  const names = entries.map(({ name }) => name);
  if (folder !== root && isInstalledOrBuilt(folder, names)) return { files: [], folders: [] };
  const pathOf = ({ name }: Dirent) => join(folder, name);
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.py')).map(pathOf);
  return {
    files: files.filter((file) => !isExcluded(file, root, [])),
    folders: entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(pathOf),
  };
}

/** What is in a folder, by name; nothing where it cannot be read. */
export function entriesOf(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((left, right) =>
      left.name < right.name ? -1 : 1,
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error) return [];
    throw error;
  }
}

/** By which word other files name a module: its own, or its package's. */
function wordOf(path: string): string {
  const name = basename(path, '.py');
  return name === '__init__' ? basename(dirname(path)) : name;
}
