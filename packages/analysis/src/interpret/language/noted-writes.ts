import type { Statement } from '../../syntax/ast.ts';
import { writtenNames } from '../../syntax/written-names.ts';
import { type FoundModule, importedName } from '../../workspace/workspace.ts';
import type { ModuleScope } from '../machine/module-scope.ts';
import { type LoadedModule, type LoadedModules, MOST_DEPTH } from './loaded-modules.ts';

/** What is written of a name: the name itself, an attribute of what it stands for or an item. */
interface Written {
  readonly name: string;
  readonly ending: string;
}

/** The file that is analysed, and the modules around it. */
interface Around {
  readonly modules: LoadedModules;
  readonly file: ModuleScope;
  readonly here: string | undefined;
}

/** Notes what code of a module sets of its own classes and of what it imports, there where that comes from; answers whether it sets any. */
export function noteWritesIn(body: readonly Statement[], module: ModuleScope, around: Around): boolean {
  const written = writtenNames(body);
  for (const { owner, name, isImported } of written) {
    if (!isImported) module.written.add(owner === '' ? `${name}` : `${owner}.${name}`);
    else noteWrite({ owner, name }, module, around);
  }
  return written.length > 0;
}

/** `owner.name = …` or `owner[…] = …`, where the owner is a module, or what one has. */
function noteWrite(
  { owner, name }: { readonly owner: string; readonly name: string | null },
  module: ModuleScope,
  around: Around,
): void {
  const { modules } = around;
  const itself = name === null ? undefined : modules.find(owner, module);
  if (itself !== undefined && name !== null) noteIn(itself, { name, ending: '' }, around);
  const imported = importedName(owner);
  const home = imported && modules.find(imported.module, module);
  if (imported === undefined || home === undefined) return;
  noteIn(home, { name: imported.name, ending: name === null ? '[]' : `.${name}` }, around);
}

/** Notes it where the name comes from, through all modules that hand it on. */
function noteIn(home: FoundModule, { name, ending }: Written, around: Around, depth = 0): void {
  if (home.path === around.here) {
    around.file.written.add(`${name}${ending}`);
    return;
  }
  const loaded = depth >= MOST_DEPTH ? undefined : around.modules.load(home);
  if (loaded === undefined) return;
  loaded.scope.written.add(`${name}${ending}`);
  if (ending === '') return;
  for (const next of handedOn(loaded, name, around.modules))
    noteIn(next.home, { name: next.name, ending }, around, depth + 1);
}

/** Where a module has a name from. */
function handedOn(
  { source, scope }: LoadedModule,
  name: string,
  modules: LoadedModules,
): readonly { readonly home: FoundModule; readonly name: string }[] {
  const imported = source.bindings
    .statementsFor(name)
    .flatMap((one) => (one.kind === 'import' ? one.bindings : []))
    .flatMap(({ local, qualified }) => (local === name ? (importedName(qualified) ?? []) : []));
  return imported.flatMap((one) => {
    const home = modules.find(one.module, scope);
    return home === undefined ? [] : [{ home, name: one.name }];
  });
}
