import { createHash } from 'node:crypto';
import type { FoundModule, Place } from '@widthwise/analysis';

type Workspace = Place['workspace'];

/** What no path and no name has in it. */
const NONE = '\0';

/** Something that an analysis asked of the files around its text, and what it was answered, a text's answer as its digest. */
export interface Question {
  readonly kind: 'find' | 'callers' | 'users' | 'read';
  /** The path that it is about. */
  readonly path: string;
  /** The name that it is about: of a module, of models; of `read` none. */
  readonly name: string;
  readonly answer: string;
}

/** The files around a text, of which it is noted what is asked. It is all that an analysis knows beside text and options. */
export class AskedWorkspace implements Required<Workspace> {
  private readonly asked = new Map<string, Question>();
  private readonly workspace: Workspace;
  private readonly digests: TextDigests;
  private isSteady = true;

  constructor(workspace: Workspace, digests: TextDigests) {
    this.workspace = workspace;
    this.digests = digests;
  }

  /** All that was asked; null where something was answered in two ways, as files changed meanwhile. */
  get questions(): readonly Question[] | null {
    return this.isSteady ? [...this.asked.values()] : null;
  }

  find(name: string, from: string): FoundModule | undefined {
    const found = this.workspace.find(name, from);
    this.note('find', from, { name, answer: foundText(found) });
    return found;
  }

  callers(path: string, models: readonly string[]): readonly FoundModule[] {
    const found = this.workspace.callers?.(path, models) ?? [];
    this.note('callers', path, { name: models.join(NONE), answer: allText(found) });
    return found;
  }

  users(path: string, name: string): readonly FoundModule[] {
    const found = this.workspace.users?.(path, name) ?? [];
    this.note('users', path, { name, answer: allText(found) });
    return found;
  }

  read(path: string): string | undefined {
    const text = this.workspace.read(path);
    this.note('read', path, { name: '', answer: this.digests.of(path, text) });
    return text;
  }

  private note(
    kind: Question['kind'],
    path: string,
    { name, answer }: Pick<Question, 'name' | 'answer'>,
  ): void {
    const key = `${kind}${NONE}${path}${NONE}${name}`;
    const before = this.asked.get(key);
    if (before === undefined) this.asked.set(key, { kind, path, name, answer });
    else if (before.answer !== answer) this.isSteady = false;
  }
}

/** The answer that a workspace gives now, as it is noted; what it reads is said by whoever knows digests. */
export function answerNow(
  { kind, path, name }: Question,
  workspace: Workspace,
  digestOf: (path: string) => string,
): string {
  switch (kind) {
    case 'find':
      return foundText(workspace.find(name, path));
    case 'callers':
      return allText(workspace.callers?.(path, name === '' ? [] : name.split(NONE)) ?? []);
    case 'users':
      return allText(workspace.users?.(path, name) ?? []);
    case 'read':
      return digestOf(path);
  }
}

function foundText(found: FoundModule | undefined): string {
  return found === undefined ? '' : `${found.name}${NONE}${found.path}`;
}

function allText(found: readonly FoundModule[]): string {
  return found.map(foundText).join(NONE);
}

/** The digest of a text; empty for one that cannot be read. */
export function digestOfText(text: string | undefined): string {
  return text === undefined ? '' : createHash('sha256').update(text).digest('base64');
}

/** So many characters of texts are kept to be known again. */
const MOST_KEPT = 4_000_000;

/** Digests of the modules that one analysis after the other reads. */
export class TextDigests {
  private readonly known = new Map<string, { readonly text: string; readonly digest: string }>();
  private length = 0;

  of(path: string, text: string | undefined): string {
    if (text === undefined) return digestOfText(text);
    const before = this.known.get(path);
    if (before?.text === text) return before.digest;
    const digest = digestOfText(text);
    this.drop(path);
    this.known.set(path, { text, digest });
    this.length += text.length;
    for (const oldest of this.known.keys()) {
      if (this.length <= MOST_KEPT || oldest === path) break;
      this.drop(oldest);
    }
    return digest;
  }

  private drop(path: string): void {
    this.length -= this.known.get(path)?.text.length ?? 0;
    this.known.delete(path);
  }
}
