import type { Statement } from '../../syntax/ast.ts';
import type { Span } from '../../syntax/span.ts';
import type { FoundModule } from '../../workspace/workspace.ts';
import type { Value } from '../values/value.ts';
import type { Variables } from '../values/variables.ts';
import type { ModuleScope } from './module-scope.ts';

/** A module that is run as a script. */
export interface CallingModule {
  readonly found: FoundModule;
  readonly scope: ModuleScope;
  readonly body: readonly Statement[];
  /** Whether it is run only where no other trains the models. */
  readonly isFarther: boolean;
}

/** A function of a script that takes more work than there is. */
export interface GivenUp {
  /** The words by which it may come to models. */
  readonly named: ReadonlySet<string>;
  /** Whether it may come to what it does not name. */
  readonly isOpen: boolean;
  /** What its module imports of that which it names, as far as no more is known of it. */
  readonly imported: readonly string[];
}

/** What running a script by itself shows. */
export interface ScriptSeen {
  /** Of one that takes more work than any may, the settings alone that it gave until then. */
  readonly shown: ScriptShown;
  readonly units: number;
  /** The paths of the modules that were asked for. */
  readonly paths: readonly string[];
}

/** What a script does to the files that its code comes to, by their paths. */
export interface ScriptShown {
  /** The files whose models it makes, or gives settings. */
  readonly makes: ReadonlySet<string>;
  /** The files with functions that an optimizer is made in, or that may start the weights of models that it makes. */
  readonly trains: ReadonlySet<string>;
  /** Whether it makes a model and an optimizer in one run. */
  readonly isTraining: boolean;
  readonly givenUp: readonly GivenUp[];
}

/** What the code of a file sees of other files. */
export interface Imports {
  /** The paths of the modules that were asked for. */
  readonly paths: ReadonlySet<string>;
  /** The names of the file that is analysed that others have used. */
  readonly usedElsewhere: ReadonlySet<string>;
  /** Notes what code of a module, or of the file that is analysed, sets of what it imports and of its own classes. */
  noteWritten(body: readonly Statement[], module: ModuleScope): void;
  /** What a name of a module stands for that has not been looked for yet; undefined where the module has none. */
  nameIn(module: ModuleScope, name: string): Value | undefined;
  /** What an imported name stands for where a module uses it; undefined where no more is known than the name. */
  resolved(qualified: string, module: ModuleScope): Value | undefined;
  /** The modules that may train models of these names, which the file has, or a module. */
  callers(models: readonly string[], of?: ModuleScope): readonly CallingModule[];
  /** The modules that import something of this name from the file. */
  users(name: string): readonly CallingModule[];
  /** Where the file that is analysed stands, or a module. */
  pathOf(module: ModuleScope): string;
  /** What running a script by itself shows; null where it is run for each file. */
  seenAlone(caller: CallingModule): ScriptSeen | null;
  /** What a run gives in which a module sees of others the file that is analysed alone, and these names. */
  narrowed<Result>(caller: CallingModule, names: readonly string[], run: () => Result): Result;
  /** A name that a module imports relative to itself, by its package; undefined where that is not known. */
  wholeName(qualified: string, module: ModuleScope): string | undefined;
  /** Whether there is more to know of an imported name than the name. */
  finds(qualified: string, module: ModuleScope): boolean;
  /** Whether a name that a module imports may be of the file that is analysed, or of a package around it. */
  leadsHere(qualified: string, module: ModuleScope): boolean;
  /** The module that a part of the code stands in; undefined for the file that is analysed. */
  moduleOf(part: { readonly span: Span }): ModuleScope | undefined;
}

/** The name under which a module holds something. */
export interface HeldByModule {
  readonly globals: Variables<Value>;
  readonly name: string;
}
