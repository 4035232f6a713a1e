import type { FunctionStatement, Statement } from './ast.ts';
import { executedIn } from './executed-text.ts';
import { ownNames } from './own-names.ts';
import { everyBlock, statementsIn, topLevelBlocks } from './statements-in.ts';
import { ATTRIBUTES, HERE, pathOf, type Write, writtenIn } from './writes.ts';

/** What code writes of something that other code reads too. */
export interface WrittenName {
  /** `layers` of `layers.MULT = 2`, by the name that it is imported under: `package.layers`; empty for the module itself. */
  readonly owner: string;
  /** The name that is set, `MULT`, or any of them, `*`; null where items of the owner are set, as in `GIVEN['std'] = 1`. */
  readonly name: string | null;
  /** Whether the owner is imported; else it is one of the names at the top of the module, or something in it. */
  readonly isImported: boolean;
}

type Path = readonly string[];

/**
 * The attributes and items that code gives what it imports, wherever that is, those that functions give what has a name at
 * the top of their module, and the names that code gives the module as a whole, as `globals()['MULT'] = 2` does. What a name
 * is bound to that is also a local is taken for the import all the same.
 */
export function writtenNames(body: readonly Statement[]): readonly WrittenName[] {
  const statements = statementsIn(body, everyBlock);
  const imports = importsOf(statements);
  const hidden = hiddenIn(statements);
  const tops = topsOf(body);
  const isTop = (name: string, statement: Statement) =>
    name === HERE || (tops.has(name) && hidden.get(statement)?.some((own) => own.has(name)) !== true);
  const aliases = aliasesIn(statements, isTop);
  const pathAtTop = ([first = '', ...rest]: Path, statement: Statement): Path | undefined => {
    if (isTop(first, statement)) return [first, ...rest];
    const alias = aliases.get(first);
    return alias && [...alias, ...rest];
  };
  const named = (write: Write, statement: Statement): readonly WrittenName[] => {
    const [first = '', ...rest] = write.path;
    const imported = imports.get(first);
    if (imported !== undefined) return writtenOf([imported, ...rest], write, true);
    const own = pathAtTop(write.path, statement);
    return own === undefined ? [] : ownWritten(own, write, hidden.has(statement));
  };
  const writesOf = (one: Statement) => [...writtenIn(one), ...(hidden.has(one) ? executedIn(one) : [])];
  return statements.flatMap((statement) => writesOf(statement).flatMap((write) => named(write, statement)));
}

/** What a write sets of the module's own: of what has a name at its top only where a function does, which runs later. */
function ownWritten(path: Path, write: Write, isLater: boolean): readonly WrittenName[] {
  if (path[0] === HERE && path.length <= 2) return writtenOf(path.slice(1), write, false);
  return isLater ? writtenOf(path, write, false) : [];
}

/** What a write sets of what stands under a path. Setting items of the dict of what something has sets attributes. */
function writtenOf(path: Path, { isItem, names }: Write, isImported: boolean): readonly WrittenName[] {
  const isOfAttributes = isItem && path.at(-1) === ATTRIBUTES;
  const owner = (isOfAttributes ? path.slice(0, -1) : path).join('.');
  const items = isImported && isItem && !isOfAttributes ? [{ owner, name: null, isImported }] : [];
  return [...items, ...names.map((name) => ({ owner, name, isImported }))];
}

/** Of the statements of functions: the names that these have for themselves. */
function hiddenIn(statements: readonly Statement[]): ReadonlyMap<Statement, readonly ReadonlySet<string>[]> {
  const functions = statements.filter((one): one is FunctionStatement => one.kind === 'function');
  const hidden = new Map<Statement, ReadonlySet<string>[]>();
  for (const one of functions) {
    const own = ownNames(one);
    for (const statement of statementsIn(one.body, everyBlock)) {
      const known = hidden.get(statement);
      if (known === undefined) hidden.set(statement, [own]);
      else known.push(own);
    }
  }
  return hidden;
}

/** The names of classes and values at the top of a module. */
function topsOf(body: readonly Statement[]): ReadonlySet<string> {
  const names = statementsIn(body, topLevelBlocks).flatMap((one) => {
    if (one.kind === 'class') return [one.name];
    if (one.kind !== 'assign' || one.value === null) return [];
    return one.targets.flatMap((target) => (target.kind === 'name' ? [target.name] : []));
  });
  return new Set(names);
}

/** What each name stands for that is imported anywhere, or is another name of what is. */
function importsOf(statements: readonly Statement[]): ReadonlyMap<string, string> {
  const imports = new Map(
    statements.flatMap((one) =>
      one.kind === 'import' ? one.bindings.map(({ local, qualified }) => [local, qualified] as const) : [],
    ),
  );
  for (const [name, [first = '', ...rest]] of otherNames(statements)) {
    const imported = imports.get(first);
    if (imported !== undefined) imports.set(name, [imported, ...rest].join('.'));
  }
  return imports;
}

/** The other names that functions have for what has one at the top of the module. */
function aliasesIn(
  statements: readonly Statement[],
  isTop: (name: string, statement: Statement) => boolean,
): ReadonlyMap<string, Path> {
  const aliases = new Map<string, Path>();
  for (const [name, path, statement] of otherNames(statements)) {
    const [first = '', ...rest] = path;
    const before = aliases.get(first);
    if (isTop(first, statement)) aliases.set(name, path);
    else if (before !== undefined) aliases.set(name, [...before, ...rest]);
  }
  return aliases;
}

/** `a = b.c`: a name that is given what has a name already. */
function otherNames(
  statements: readonly Statement[],
): readonly (readonly [name: string, path: Path, statement: Statement])[] {
  return statements.flatMap((one) => {
    const path = one.kind === 'assign' && one.value !== null ? pathOf(one.value) : [];
    if (one.kind !== 'assign' || path.length === 0) return [];
    return one.targets.flatMap((target) =>
      target.kind === 'name' ? [[target.name, path, one] as const] : [],
    );
  });
}
