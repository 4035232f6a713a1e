import type { Statement } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import { type FoundModule, importedName } from '../../workspace/workspace.ts';
import { moduleFrame } from '../machine/classes.ts';
import type { Interpreter } from '../machine/interpreter.ts';
import type { ModuleScope } from '../machine/module-scope.ts';
import type { CallingModule, Imports, ScriptSeen } from '../machine/other-modules.ts';
import { traced } from '../machine/trace.ts';
import { asWritten, noteFieldsSet } from '../machine/written.ts';
import { eachOption, either } from '../values/either.ts';
import type { Heap } from '../values/heap.ts';
import { UNKNOWN, type Value } from '../values/value.ts';
import { CallingModules } from './calling-modules.ts';
import { type LoadedModule, LoadedModules, MOST_DEPTH, type Surroundings } from './loaded-modules.ts';
import { noteWritesIn } from './noted-writes.ts';
import { noteReplaced } from './replaced-names.ts';

/** More modules than one takes over all names of. */
const MOST_STARS = 32;

const PACKAGE = '__init__.py';

/** The work that finding out what one name of a module stands for may take, beside what it imports. */
const MOST_WORK = 200_000;

/** What the code of a file sees of other files: nothing is read before a name of it is used. */
export class ImportedModules implements Imports {
  /** The names of the file that is analysed by which others know what it has. */
  readonly usedElsewhere: Set<string> = new Set();
  private readonly interpreter: Interpreter;
  private readonly around: Surroundings;
  private readonly modules: LoadedModules;
  private readonly answers = new Map<ModuleScope, Map<string, Value | null>>();
  private readonly calling: CallingModules;
  private readonly fromStars = new Map<string, Value | null>();
  /** The module that sees less of others than there is. */
  private narrow: { readonly scope: ModuleScope; readonly names: readonly string[] } | null = null;
  private depth = 0;

  constructor(interpreter: Interpreter, around: Surroundings, heap: Heap) {
    this.interpreter = interpreter;
    this.around = around;
    this.modules = new LoadedModules(interpreter, around, heap);
    this.calling = new CallingModules(around, this.modules, ({ scope, body }) =>
      this.noteWritten(body, scope),
    );
  }

  get paths(): ReadonlySet<string> {
    return this.modules.paths;
  }

  noteWritten(body: readonly Statement[], module: ModuleScope): void {
    const { modules, interpreter, around } = this;
    const here = around.place?.path;
    noteReplaced(body, module, { modules, interpreter, here });
    if (noteWritesIn(body, module, { modules, file: interpreter.file, here })) this.answers.clear();
  }

  moduleOf(part: { readonly span: Span }): ModuleScope | undefined {
    return this.modules.ofPart(part)?.scope;
  }

  resolved(qualified: string, module: ModuleScope): Value | undefined {
    if (this.narrow?.scope === module && !this.isSeen(qualified, module)) return undefined;
    const answers = this.answers.get(module) ?? new Map<string, Value | null>();
    this.answers.set(module, answers);
    const known = answers.get(qualified);
    if (known !== undefined) return known ?? undefined;
    if (this.isOfLibrary(qualified, module)) {
      answers.set(qualified, null);
      return undefined;
    }
    if (this.depth >= MOST_DEPTH) return undefined;
    const { value, isFinal } = this.deeper(() => this.resolve(qualified, module));
    if (isFinal) answers.set(qualified, value ?? null);
    return value;
  }

  /** Whether a library says what a name means, and no module of the project has its place. */
  private isOfLibrary(qualified: string, module: ModuleScope): boolean {
    return (
      this.interpreter.libraries.covers(qualified) && !this.modules.isInPlaceOfLibrary(qualified, module)
    );
  }

  /** What one level deeper gives; where the work ends there, whoever goes on is where it was. */
  private deeper<Result>(look: () => Result): Result {
    this.depth++;
    try {
      return look();
    } finally {
      this.depth--;
    }
  }

  pathOf(module: ModuleScope): string {
    return this.modules.ofScope(module)?.found.path ?? this.around.place?.path ?? '';
  }

  seenAlone({ found }: CallingModule): ScriptSeen | null {
    const seen = this.around.scripts?.seen(found, this.around) ?? null;
    for (const path of seen?.paths ?? []) if (path !== this.around.place?.path) this.modules.paths.add(path);
    return seen;
  }

  narrowed<Result>({ scope }: CallingModule, names: readonly string[], run: () => Result): Result {
    this.narrow = { scope, names };
    try {
      return run();
    } finally {
      this.narrow = null;
    }
  }

  /** Whether a narrowed module sees a name: of the file, of what libraries describe, or one that it is to see. */
  private isSeen(qualified: string, module: ModuleScope): boolean {
    const imported = importedName(qualified);
    if (imported === undefined || this.narrow?.names.includes(imported.name) === true) return true;
    if (this.modules.describedIn(imported, module) !== undefined) return true;
    return this.modules.find(imported.module, module)?.path === this.around.place?.path;
  }

  private resolve(
    qualified: string,
    module: ModuleScope,
  ): { readonly value: Value | undefined; readonly isFinal: boolean } {
    const imported = importedName(qualified);
    const isOwn = this.modules.isInPlaceOfLibrary(qualified, module);
    const described = isOwn ? undefined : imported && this.modules.describedIn(imported, module);
    const home = imported && (described ?? this.modules.find(imported.module, module));
    if (imported === undefined || home === undefined) {
      const itself =
        this.modules.find(qualified, module)?.name ?? this.interpreter.libraries.copied(qualified);
      return {
        value: itself === undefined ? undefined : { kind: 'reference', qualified: itself },
        isFinal: true,
      };
    }
    const canonical = `${home.name}.${imported.name}`;
    const reference: Value = { kind: 'reference', qualified: canonical };
    if (!isOwn && this.interpreter.libraries.covers(canonical)) return { value: reference, isFinal: true };
    const isFinal = !this.modules.isOpen(home, imported.name);
    return { value: this.valueIn(home, imported.name) ?? (isOwn ? UNKNOWN : reference), isFinal };
  }

  callers(models: readonly string[], of?: ModuleScope): readonly CallingModule[] {
    return this.calling.callers(this.pathOf(of ?? this.interpreter.file), models);
  }

  users(name: string): readonly CallingModule[] {
    return this.calling.users(name);
  }

  wholeName(qualified: string, module: ModuleScope): string | undefined {
    const imported = importedName(qualified);
    const home = imported && this.modules.find(imported.module, module);
    return home === undefined
      ? this.interpreter.libraries.copied(qualified)
      : `${home.name}.${imported?.name}`;
  }

  finds(qualified: string, module: ModuleScope): boolean {
    const imported = importedName(qualified);
    if (this.isOfLibrary(qualified, module)) return false;
    if (imported !== undefined && this.modules.describedIn(imported, module) !== undefined) return true;
    return this.modules.find(imported?.module ?? qualified, module) !== undefined;
  }

  leadsHere(qualified: string, module: ModuleScope): boolean {
    const here = this.around.place?.path ?? '';
    return [qualified, importedName(qualified)?.module].some((name) => {
      const path = name === undefined ? undefined : this.modules.find(name, module)?.path;
      return (
        path === here || (path?.endsWith(PACKAGE) === true && here.startsWith(path.slice(0, -PACKAGE.length)))
      );
    });
  }

  nameIn(module: ModuleScope, name: string): Value | undefined {
    const loaded = this.modules.ofScope(module);
    if (loaded === undefined) return this.starredHere(name);
    if (loaded.known.has(name) || loaded.open.has(name)) return module.globals.get(name);
    const statements = loaded.source.bindings.statementsFor(name);
    // What runs before the module's end may see another value than is left there.
    if (loaded.open.size > 0 && statements.filter(({ kind }) => kind === 'assign').length > 1) return UNKNOWN;
    loaded.open.add(name);
    let value: Value | undefined;
    try {
      value = this.define(loaded, name, statements);
    } finally {
      loaded.open.delete(name);
    }
    loaded.known.add(name);
    if (value !== undefined) module.globals.set(name, value);
    return value;
  }

  private define(
    { source, scope }: LoadedModule,
    name: string,
    statements: readonly Statement[],
  ): Value | undefined {
    if (statements.length === 0) return this.starred(source.bindings.stars, name, scope);
    if (!this.execute(statements, scope)) return UNKNOWN;
    const value = scope.globals.get(name);
    return value && eachOption(value, (option) => this.followed(option, scope));
  }

  private starredHere(name: string): Value | undefined {
    const { stars } = this.around;
    if (stars.length === 0) return undefined;
    const known = this.fromStars.get(name);
    if (known !== undefined) return known ?? undefined;
    const value = this.starred(stars, name, this.interpreter.file);
    this.fromStars.set(name, value ?? null);
    return value;
  }

  private followed(value: Value, scope: ModuleScope): Value {
    return value.kind === 'reference' ? (this.resolved(value.qualified, scope) ?? value) : value;
  }

  /** A name that a module has taken over together with all others of another, which may have it from that module itself. */
  private starred(stars: readonly string[], name: string, module: ModuleScope): Value | undefined {
    if (this.depth >= MOST_DEPTH) return undefined;
    const itself = `${this.modules.ofScope(module)?.found.name}.${name}`;
    return this.deeper(() => {
      for (const star of stars.slice(0, MOST_STARS)) {
        const home = this.modules.find(star, module);
        const value =
          home && this.modules.load(home)?.source.bindings.gives(name) && this.valueIn(home, name);
        const isItself =
          typeof value === 'object' && value.kind === 'reference' && value.qualified === itself;
        if (typeof value === 'object' && !isItself) return value;
      }
      return undefined;
    });
  }

  private valueIn(home: FoundModule, name: string): Value | undefined {
    const { file } = this.interpreter;
    if (home.path === this.around.place?.path) {
      this.usedElsewhere.add(name);
      const own = file.globals.get(name);
      return this.setElsewhere(own && eachOption(own, (option) => this.followed(option, file)), name, file);
    }
    const loaded = this.modules.load(home);
    return loaded && this.setElsewhere(this.nameIn(loaded.scope, name), name, loaded.scope);
  }

  /** What a function of the module sets as well, or other code, may be something else by then. */
  private setElsewhere(value: Value | undefined, name: string, scope: ModuleScope): Value | undefined {
    noteFieldsSet(value, name, scope, this.interpreter.fieldsSet);
    const written = asWritten(value, name, scope);
    return written !== undefined && scope.rebound.has(name) ? either([written, UNKNOWN]) : written;
  }

  /**
   * Runs what decides what a name stands for; answers whether there was work enough for that.
   *
   * @throws OutOfBudget where the work around it ends: of the name nothing is known yet
   */
  private execute(statements: readonly Statement[], scope: ModuleScope): boolean {
    const { interpreter } = this;
    const frame = moduleFrame(interpreter, scope);
    const run = () => traced(interpreter, () => frame.execute(statements)).trace.leftOut;
    const leftOut = this.modules.aside(() => interpreter.budget.within(MOST_WORK, run));
    if (leftOut === undefined) interpreter.budget.spend(0);
    for (const at of leftOut ?? []) interpreter.trace.leftOut.add(at);
    return leftOut !== undefined;
  }
}
