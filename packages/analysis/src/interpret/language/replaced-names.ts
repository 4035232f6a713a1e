import type { Statement } from '../../syntax/ast.ts';
import { statementsIn, topLevelBlocks } from '../../syntax/statements-in.ts';
import { writtenNames } from '../../syntax/written-names.ts';
import { DESCRIBED, type FoundModule, importedName } from '../../workspace/workspace.ts';
import type { Interpreter } from '../machine/interpreter.ts';
import type { ModuleScope } from '../machine/module-scope.ts';
import type { LoadedModule, LoadedModules } from './loaded-modules.ts';

/** More imports than a module has that others run. */
const MOST_IMPORTS = 64;

/** A text that sets names of what it imports when it runs, other than switches of PyTorch's backends. */
const SETS = /^(?!torch\.(?:backends\b|_))[A-Za-z_][\w.]*\.\w+\s*=[^=]/m;

interface Around {
  readonly modules: LoadedModules;
  readonly interpreter: Interpreter;
  /** The path of the file that is analysed. */
  readonly here: string | undefined;
}

/**
 * Notes what modules of the project set, where they are imported, of libraries, as methods of layers or functions, and of the
 * classes of the file that is analysed.
 */
export function noteReplaced(body: readonly Statement[], module: ModuleScope, around: Around): void {
  const { modules } = around;
  for (const home of importedBy(body, module, around)) {
    const loaded = SETS.test(modules.textOf(home) ?? '') ? modules.load(home) : undefined;
    if (loaded !== undefined) noteSetBy(loaded, around);
  }
}

function noteSetBy({ source, scope }: LoadedModule, { modules, interpreter, here }: Around): void {
  const statements = source.module.parts.flatMap((part) => part.statements());
  const run = statements.filter(({ kind }) => kind !== 'function' && kind !== 'class');
  for (const { owner, name, isImported } of writtenNames(run)) {
    if (!isImported || name === null) continue;
    const imported = importedName(owner);
    if (interpreter.libraries.covers(owner)) interpreter.patched.add(`${owner}.${name}`);
    else if (imported !== undefined && modules.find(imported.module, scope)?.path === here)
      interpreter.file.written.add(`${imported.name}.${name}`);
  }
}

/** The modules of the project that a module runs by importing them, or names of them. */
function importedBy(
  body: readonly Statement[],
  module: ModuleScope,
  { modules, interpreter: { libraries }, here }: Around,
): readonly FoundModule[] {
  const qualified = statementsIn(body, topLevelBlocks).flatMap((one) =>
    one.kind === 'import' ? one.bindings.map((binding) => binding.qualified) : [],
  );
  return [...new Set(qualified)].slice(0, MOST_IMPORTS).flatMap((whole) => {
    if (libraries.covers(whole)) return [];
    const imported = importedName(whole);
    if (imported !== undefined && modules.describedIn(imported, module) !== undefined) return [];
    const home = modules.find(whole, module) ?? modules.find(imported?.module ?? whole, module);
    if (home === undefined || home.path === here || home.path.startsWith(DESCRIBED)) return [];
    const isDescribed =
      imported !== undefined && libraries.module(`${home.name}.${imported.name}`) !== undefined;
    return isDescribed ? [] : [home];
  });
}
