import type { FoundModule } from '../../workspace/workspace.ts';
import type { CallingModule } from '../machine/other-modules.ts';
import type { LoadedModules, Surroundings } from './loaded-modules.ts';

/** More scripts than one needs to know how a model is trained. */
const MOST_CALLERS = 3;

/** The modules that use what another has, each with all its code, the nearest first. */
export class CallingModules {
  private readonly around: Surroundings;
  private readonly modules: LoadedModules;
  /** Whoever is to see what is opened, once. */
  private readonly onOpened: (module: CallingModule) => void;
  private readonly known = new Map<string, readonly CallingModule[]>();

  constructor(around: Surroundings, modules: LoadedModules, onOpened: (module: CallingModule) => void) {
    this.around = around;
    this.modules = modules;
    this.onOpened = onOpened;
  }

  /** Those that may train models of these names, which a module has that stands there. */
  callers(path: string, models: readonly string[]): readonly CallingModule[] {
    const asked = [path, ...models].join(' ');
    const known = this.known.get(asked);
    if (known !== undefined) return known;
    const found = this.opened(this.around.place?.workspace.callers?.(path, models) ?? []);
    for (const one of found) this.onOpened(one);
    this.known.set(asked, found);
    return found;
  }

  /** Those that import something of this name from the file that is analysed. */
  users(name: string): readonly CallingModule[] {
    const { place } = this.around;
    return this.opened(place?.workspace.users?.(place.path, name) ?? []);
  }

  private opened(found: readonly FoundModule[]): readonly CallingModule[] {
    return found.slice(0, MOST_CALLERS).flatMap((one) => {
      const loaded = this.modules.load(one);
      if (loaded === undefined) return [];
      const body = loaded.source.module.parts.flatMap((part) => part.statements());
      return [{ found: one, scope: loaded.scope, body, isFarther: one.isFarther === true }];
    });
  }
}
