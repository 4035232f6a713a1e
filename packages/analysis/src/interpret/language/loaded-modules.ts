import type { Span } from '../../syntax/span.ts';
import { writtenNames } from '../../syntax/written-names.ts';
import {
  isHere,
  moduleIndexOf,
  type SourceModule,
  type SourceModules,
} from '../../workspace/source-modules.ts';
import { DESCRIBED, type FoundModule, type ImportedName, type Place } from '../../workspace/workspace.ts';
import type { Interpreter } from '../machine/interpreter.ts';
import type { ModuleScope } from '../machine/module-scope.ts';
import type { ScriptSeen } from '../machine/other-modules.ts';
import type { Heap } from '../values/heap.ts';
import { Variables } from '../values/variables.ts';

/** Of a model that stands somewhere, trained by an optimizer that may work on whole matrices or by none such. */
export type TrainingMatters = (model: Span, byMatrices: boolean) => boolean;

/** Where a file stands, and the modules that earlier analyses have read. */
export interface Surroundings {
  /** Null where it stands nowhere: then only modules that libraries describe are known. */
  readonly place: Place | null;
  readonly modules: Pick<SourceModules, 'parsed' | 'around'>;
  /** The modules of which the file takes over all names, the last first. */
  readonly stars: readonly string[];
  /** Null where the file makes no optimizer; else whether it matters how it trains a model that stands there. */
  readonly trains: TrainingMatters | null;
  /** What scripts show that are run once by themselves for all files that they use; null where each is run for the file. */
  readonly scripts?: ScriptsAround | null;
}

/** Knows scripts by having run each by itself. */
export interface ScriptsAround {
  seen(script: FoundModule, around: Surroundings): ScriptSeen | null;
}

/** Modules that import from one another in a chain; a name further away is not followed. */
export const MOST_DEPTH = 24;

/** More modules than the definition of a model is spread over, and more text. */
const MOST_MODULES = 64;
const MOST_TEXT = 2_000_000;

/** How many characters of a module are read for a unit of work. */
const CHARACTERS = 8;

/** The work that reading all of them may take before it counts for what comes to them. */
const MOST_ASIDE = 1_200_000;

/** The work of asking for a module. */
const LOOK = 20;

/** A text that may set names of its own by a computed name. */
const SETS_OWN = /\bglobals\s*\(\)|\bmodules\[__name__\]/;

/** The names that a module gives itself other than by assigning them, `*` for any. */
function setOfItself({ module: { parts } }: SourceModule): readonly string[] {
  const written = writtenNames(parts.flatMap((part) => part.statements()));
  return written.flatMap(({ owner, name }) => (owner === '' && name !== null ? [name] : []));
}

/** A module that has been read, of which some names have been looked for. */
export interface LoadedModule {
  readonly found: FoundModule;
  readonly source: SourceModule;
  readonly scope: ModuleScope;
  /** The names that are being found out. */
  readonly open: Set<string>;
  /** The names that have been looked for. */
  readonly known: Set<string>;
}

/** The modules around a file, each read when something of it is asked for. */
export class LoadedModules {
  /** The modules that were asked for, by their paths. */
  readonly paths: Set<string> = new Set();
  private readonly interpreter: Interpreter;
  private readonly around: Surroundings;
  /** What the modules have made. */
  private readonly heap: Heap;
  private readonly byPath = new Map<string, LoadedModule | null>();
  private readonly byIndex = new Map<number, LoadedModule>();
  private readonly byScope = new Map<ModuleScope, LoadedModule>();
  /** Whether a module of the project has the place of a package, by its name. */
  private readonly inPlace = new Map<string, boolean>();
  private read = 0;
  private isAside = false;
  private readAside = 0;

  constructor(interpreter: Interpreter, around: Surroundings, heap: Heap) {
    this.interpreter = interpreter;
    this.around = around;
    this.heap = heap;
  }

  /** The one that the names of a scope are of; undefined for the file that is analysed. */
  ofScope(scope: ModuleScope): LoadedModule | undefined {
    return this.byScope.get(scope);
  }

  /** The one that a part of the code stands in; undefined for the file that is analysed. */
  ofPart({ span }: { readonly span: Span }): LoadedModule | undefined {
    return isHere(span) ? undefined : this.byIndex.get(moduleIndexOf(span));
  }

  /** Whether a name of a module is being found out. */
  isOpen({ path }: FoundModule, name: string): boolean {
    return this.byPath.get(path)?.open.has(name) ?? false;
  }

  /** The description of a module, if it has this name in it. */
  describedIn({ module: wanted, name }: ImportedName, module: ModuleScope): FoundModule | undefined {
    const { libraries } = this.interpreter;
    const canonical = this.find(wanted, module)?.name ?? libraries.copied(wanted) ?? wanted;
    if (libraries.described(canonical) === undefined) return undefined;
    const found = { path: `${DESCRIBED}${canonical}`, name: canonical };
    const bindings = this.load(found)?.source.bindings;
    return bindings && bindings.statementsFor(name).length > 0 ? found : undefined;
  }

  /**
   * Whether a name that a library has is one of a single module of the project, as `mup.MuAdam` is beside a `mup.py`; a
   * package of that name is the library itself, whose code is at hand.
   */
  isInPlaceOfLibrary(qualified: string, module: ModuleScope): boolean {
    const [root = ''] = qualified.split('.', 1);
    const { libraries } = this.interpreter;
    const isOfLibrary = libraries.covers(qualified) || libraries.described(root) !== undefined;
    if (root === '' || root === qualified || !isOfLibrary) return false;
    const known = this.inPlace.get(root);
    if (known !== undefined) return known;
    const isOwn = this.find(root, module)?.path.endsWith(`/${root}.py`) === true;
    this.inPlace.set(root, isOwn);
    return isOwn;
  }

  /** Where a module is that another one names. */
  find(name: string, module: ModuleScope): FoundModule | undefined {
    const { place } = this.around;
    this.interpreter.budget.spend(LOOK);
    const from = this.byScope.get(module)?.found.path ?? place?.path;
    if (place === null || from === undefined || from.startsWith(DESCRIBED)) return undefined;
    return place.workspace.find(name, from);
  }

  /** Reads a module; undefined where it cannot be, and beyond what one model is spread over. */
  load(found: FoundModule): LoadedModule | undefined {
    const known = this.byPath.get(found.path);
    if (known !== undefined) return known ?? undefined;
    const loaded = this.opened(found);
    this.byPath.set(found.path, loaded ?? null);
    if (loaded === undefined) return undefined;
    this.byIndex.set(loaded.source.index, loaded);
    this.byScope.set(loaded.scope, loaded);
    return loaded;
  }

  /** Something that reads a module: it does not count for what comes to it, as another may have come to it before. */
  aside<Result>(read: () => Result): Result {
    const { budget } = this.interpreter;
    if (this.isAside || this.readAside > MOST_ASIDE) return read();
    const before = budget.spent;
    this.isAside = true;
    try {
      return budget.aside(read);
    } finally {
      this.isAside = false;
      this.readAside += budget.spent - before;
    }
  }

  private opened(found: FoundModule): LoadedModule | undefined {
    if (this.byIndex.size >= MOST_MODULES) return undefined;
    const text = this.textOf(found);
    if (text === undefined || this.read + text.length > MOST_TEXT) return undefined;
    this.read += text.length;
    if (!found.path.startsWith(DESCRIBED)) this.interpreter.budget.ofOthersToo();
    this.aside(() => this.interpreter.budget.spend(text.length / CHARACTERS));
    const source = this.around.modules.parsed(found, text);
    if (source === undefined) return undefined;
    const scope = this.scopeOf(found, source);
    if (SETS_OWN.test(text)) for (const name of setOfItself(source)) scope.written.add(name);
    return { found, source, scope, open: new Set(), known: new Set() };
  }

  /** The text of a module; undefined where it cannot be read. */
  textOf({ path, name }: FoundModule): string | undefined {
    if (path.startsWith(DESCRIBED)) return this.interpreter.libraries.described(name);
    this.paths.add(path);
    return path.endsWith('/') ? '' : this.around.place?.workspace.read(path);
  }

  private scopeOf({ path, name }: FoundModule, { module: { rebound } }: SourceModule): ModuleScope {
    const short = name.slice(name.lastIndexOf('.') + 1);
    const isDescribed = path.startsWith(DESCRIBED);
    return {
      globals: new Variables([['__name__', { kind: 'text', text: name }]]),
      rebound,
      written: new Set(),
      heap: this.heap,
      symbol: { name: short, owner: null, ...(isDescribed ? {} : { isModule: true }) },
    };
  }
}
