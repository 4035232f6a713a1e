import type { Statement } from '../../syntax/ast.ts';
import { statementsIn, topLevelBlocks } from '../../syntax/statements-in.ts';
import { writtenNames } from '../../syntax/written-names.ts';
import { DESCRIBED, type FoundModule, importedName } from '../../workspace/workspace.ts';
import type { Interpreter } from '../machine/interpreter.ts';
import type { ModuleScope } from '../machine/module-scope.ts';
import type { LoadedModules } from './loaded-modules.ts';

/** More imports than a module has that others run. */
const MOST_IMPORTS = 64;

/** A text that may give a class of layers another method. */
const REPLACES = /\.(?:__init__|reset_parameters|forward|__call__)\s*=[^=]/;

interface Around {
  readonly modules: LoadedModules;
  readonly interpreter: Interpreter;
  /** The path of the file that is analysed. */
  readonly here: string | undefined;
}

/** Notes the methods of a library's layers that a module of the project replaces where it is imported: all layers made after it have these. */
export function noteReplacedMethods(body: readonly Statement[], module: ModuleScope, around: Around): void {
  const { modules, interpreter } = around;
  for (const home of importedBy(body, module, around)) {
    if (!REPLACES.test(modules.textOf(home) ?? '')) continue;
    const statements = modules.load(home)?.source.module.parts.flatMap((part) => part.statements()) ?? [];
    const run = statements.filter(({ kind }) => kind !== 'function' && kind !== 'class');
    for (const { owner, name, isImported } of writtenNames(run))
      if (isImported && name !== null && interpreter.libraries.covers(owner))
        interpreter.patched.add(`${owner}.${name}`);
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
