import { realpathSync } from 'node:fs';
import { type Files, type FoundModule, findModule, type Place } from '@widthwise/analysis';
import { statusNow } from '../../files/read-file-now.ts';
import { liesWithin } from '../../files/real-path.ts';
import { TextDigests } from './asked-workspace.ts';
import { CallerIndex, entriesOf } from './caller-index.ts';
import type { JobPlace } from './file-analyser.ts';
import { slashed } from './slashed.ts';
import { sourceNow, stampOf } from './source-now.ts';

/** So many characters of modules are kept, so that the next file that imports them need not read them. */
const MOST_KEPT = 4_000_000;

interface KeptText {
  /** As the file system has it: when it was changed, and how long it is. */
  readonly stamp: string;
  readonly text: string | undefined;
}

/**
 * The modules of a workspace, for a process that analyses one file after the other.
 *
 * What is where is asked once as long as nothing is said to have changed; what a module holds is looked at each time.
 */
export class WorkspaceFiles {
  readonly digests: TextDigests = new TextDigests();
  private readonly texts = new Map<string, KeptText>();
  private readonly callers = new CallerIndex();
  private length = 0;
  private kinds = new Map<string, 'file' | 'folder' | null>();
  /** The modules that were looked at since then. */
  private seen = new Set<string>();
  private folders = new Map<string, readonly string[]>();
  private found = new Map<string, FoundModule | undefined>();
  private version = -1;

  /** The surroundings of one file. */
  placeOf({ path, root, version, isStill = false, unsaved }: JobPlace): Place {
    if (version !== this.version) {
      this.seen = new Set();
      this.kinds = new Map();
      this.folders = new Map();
      this.found = new Map();
      this.version = version;
    }
    const files: Files = {
      roots: [slashed(root)],
      isFile: (one) => this.kindOf(one, root) === 'file',
      isDirectory: (one) => this.kindOf(one, root) === 'folder',
      foldersIn: (one) => this.foldersIn(one),
      textOf: (one) => unsaved?.get(one) ?? this.read(one, isStill),
    };
    const find = (name: string, from: string) => this.find(files, name, from);
    return {
      path: slashed(path),
      isStill,
      workspace: {
        find,
        callers: (one, models) => this.callers.of({ path: one, root, models, version, isStill }, find),
        users: (one, name) => this.callers.users({ path: one, root, models: [name], version, isStill }, find),
        read: (one) => {
          if (one.endsWith('/')) return '';
          return unsaved?.get(one) ?? this.read(one, isStill);
        },
      },
    };
  }

  private find(files: Files, name: string, from: string): FoundModule | undefined {
    // Files of one folder mean the same by a name.
    const key = `${files.roots.join()} ${from.slice(0, from.lastIndexOf('/'))} ${name}`;
    if (!this.found.has(key)) this.found.set(key, findModule(files, name, from));
    return this.found.get(key);
  }

  private kindOf(path: string, root: string): 'file' | 'folder' | null {
    const known = this.kinds.get(path);
    if (known !== undefined) return known;
    const kind = kindAt(path, root);
    this.kinds.set(path, kind);
    return kind;
  }

  private foldersIn(path: string): readonly string[] {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    const folders = foldersAt(path);
    this.folders.set(path, folders);
    return folders;
  }

  private read(path: string, isStill: boolean): string | undefined {
    const known = this.texts.get(path);
    if (known !== undefined && isStill && this.seen.has(path)) return known.text;
    this.seen.add(path);
    const stamp = stampOf(path);
    if (known?.stamp === stamp) return known.text;
    if (known !== undefined) this.drop(path, known);
    const text = sourceNow(path);
    this.texts.set(path, { stamp, text });
    this.length += text?.length ?? 0;
    for (const [oldest, kept] of this.texts) {
      if (this.length <= MOST_KEPT || oldest === path) break;
      this.drop(oldest, kept);
    }
    return text;
  }

  private drop(path: string, { text }: KeptText): void {
    this.length -= text?.length ?? 0;
    this.texts.delete(path);
  }
}

/** A link that leads out of the workspace leads to nothing. */
function kindAt(path: string, root: string): 'file' | 'folder' | null {
  const status = statusNow(path);
  if (status === null || !staysWithin(path, root)) return null;
  if (status.isFile()) return 'file';
  return status.isDirectory() ? 'folder' : null;
}

/** More folders beside one another than code is spread over: data is. */
const MOST_FOLDERS = 48;
/** What scripts do not import from. */
const BESIDE_CODE = /^\.|^(?:tests?|docs?|build|dist|node_modules|__pycache__|v?env)$/;

function foldersAt(path: string): readonly string[] {
  const folders = entriesOf(path).filter((one) => one.isDirectory() && !BESIDE_CODE.test(one.name));
  return folders.length > MOST_FOLDERS ? [] : folders.map(({ name }) => name);
}

function staysWithin(path: string, root: string): boolean {
  try {
    return liesWithin(realpathSync(root), realpathSync(path));
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
