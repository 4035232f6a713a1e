import type { SourceModules } from '../workspace/source-modules.ts';
import type { FoundModule, Place, Workspace } from '../workspace/workspace.ts';

/** Where the code of a file looks for other modules. */
export interface Elsewhere {
  readonly place: Place | null;
  readonly modules: Pick<SourceModules, 'parsed' | 'around'>;
}

/** Something that was asked of the files around, and whether the answer is still the same. */
type Question = (now: Elsewhere) => boolean;

/** Notes what is asked of the files around a file, so that it can be asked again. */
export class Questions {
  private readonly asked: Question[] = [];

  /** The same files, of which it is noted what is asked. */
  heard({ place, modules }: Elsewhere): Elsewhere {
    return {
      place: place && { path: place.path, workspace: this.heardWorkspace(place.workspace) },
      modules: this.heardModules(modules),
    };
  }

  /** Whether all has the answers that it had. */
  isAnsweredAlike(now: Elsewhere): boolean {
    return this.asked.every((question) => question(now));
  }

  private heardWorkspace(workspace: Workspace): Workspace {
    return {
      find: (name, from) => {
        const found = workspace.find(name, from);
        this.asked.push(({ place }) => isSame(place?.workspace.find(name, from), found));
        return found;
      },
      read: (path) => {
        const text = workspace.read(path);
        this.asked.push(({ place }) => place?.workspace.read(path) === text);
        return text;
      },
      callers: (path, models) => {
        const found = workspace.callers?.(path, models) ?? [];
        this.asked.push(({ place }) => areSame(place?.workspace.callers?.(path, models) ?? [], found));
        return found;
      },
      users: (path, name) => {
        const found = workspace.users?.(path, name) ?? [];
        this.asked.push(({ place }) => areSame(place?.workspace.users?.(path, name) ?? [], found));
        return found;
      },
    };
  }

  private heardModules(modules: Elsewhere['modules']): Elsewhere['modules'] {
    return {
      parsed: (found, text) => {
        const parsed = modules.parsed(found, text);
        // A module that was read anew has other spans.
        this.asked.push((now) => now.modules.parsed(found, text) === parsed);
        return parsed;
      },
      around: (span) => modules.around(span),
    };
  }
}

function areSame(some: readonly FoundModule[], others: readonly FoundModule[]): boolean {
  return some.length === others.length && some.every((one, at) => isSame(one, others[at]));
}

function isSame(one: FoundModule | undefined, other: FoundModule | undefined): boolean {
  return one?.path === other?.path && one?.name === other?.name;
}
