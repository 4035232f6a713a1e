import type { Expression, IfStatement, ModulePart, OpenedModule, Statement } from '../syntax/ast.ts';
import { statementsIn } from '../syntax/statements-in.ts';

/** What at the top of a module gives its names their values. */
export interface Bindings {
  /** The statements that may decide what a name stands for in the end, in order; empty for a name that the module has not. */
  statementsFor(name: string): readonly Statement[];
  /** The modules of which it takes over all names, the last first. */
  readonly stars: readonly string[];
  /** Whether a star takes a name over: where the module lists what it gives, whether that is in the list. */
  gives(name: string): boolean;
}

/** Which statements of a module decide what a name of it stands for. */
export function bindingsOf({ parts }: OpenedModule): Bindings {
  const binding = new Map<string, ModulePart[]>();
  const mentioning = new Map<string, Statement[]>();
  const others = parts.flatMap((part) => (part.defines === null ? part.statements() : []));
  for (const part of parts) for (const name of namesOf(part)) add(binding, name, part);
  for (const statement of others) {
    if (mayChange(statement)) for (const name of namesIn(statement)) add(mentioning, name, statement);
  }
  const given = listedNames(others);
  return {
    statementsFor(name) {
      const own = (binding.get(name) ?? []).flatMap((part) =>
        part.statements().filter((one) => binds(one, name)),
      );
      if (own.every(({ kind }) => kind === 'function' || kind === 'class' || kind === 'import')) return own;
      const all = new Set([...own, ...(mentioning.get(name) ?? [])]);
      if (own.length === all.size) return own;
      return parts.flatMap((part) =>
        part.defines === null || part.defines === name ? part.statements().filter((one) => all.has(one)) : [],
      );
    },
    stars: starsIn(others),
    gives: (name) => (given === null ? !name.startsWith('_') : given.has(name)),
  };
}

/** The names that a part of a module binds; that of a definition is known before it is lowered. */
function namesOf(part: ModulePart): Iterable<string> {
  return part.defines === null ? new Set(part.statements().flatMap(boundIn)) : [part.defines];
}

function binds(statement: Statement, name: string): boolean {
  return boundIn(statement).includes(name);
}

function add<Item>(lists: Map<string, Item[]>, name: string, item: Item): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [item]);
  else list.push(item);
}

/** The name under which an import stands that takes over all names of a module. */
const STAR = '*';

/** The modules of which a module takes over all names, the last first. */
export function starsIn(body: readonly Statement[]): readonly string[] {
  const ran = (statement: Statement) =>
    statement.kind === 'if' && isForTypesAlone(statement) ? [statement.otherwise] : blocksOf(statement);
  return statementsIn(body, ran)
    .flatMap((statement) => (statement.kind === 'import' ? statement.bindings : []))
    .flatMap(({ local, qualified }) => (local === STAR ? [qualified] : []))
    .reverse();
}

/** `if TYPE_CHECKING:`, which never holds where the code runs. */
function isForTypesAlone({ condition }: IfStatement): boolean {
  const name =
    condition.kind === 'name' ? condition.name : condition.kind === 'attribute' ? condition.attribute : '';
  return name === 'TYPE_CHECKING';
}

/** `__all__` where it is spelled out; null where it is not there or computed. */
function listedNames(body: readonly Statement[]): ReadonlySet<string> | null {
  const names = new Set<string>();
  let isListed = false;
  for (const statement of body) {
    if (!boundIn(statement).includes('__all__')) continue;
    const listed = statement.kind === 'assign' ? textsIn(statement.value) : null;
    if (listed === null) return null;
    isListed = true;
    for (const name of listed) names.add(name);
  }
  return isListed ? names : null;
}

function textsIn(value: Expression | null): readonly string[] | null {
  if (value?.kind !== 'sequence') return null;
  const texts = value.items.flatMap((item) =>
    item.kind === 'text' && item.value !== null ? [item.value] : [],
  );
  return texts.length === value.items.length ? texts : null;
}

/** The names that a statement at the top of a module binds, in its blocks, too. */
function boundIn(statement: Statement): readonly string[] {
  return statementsIn([statement], blocksOf).flatMap((one) => {
    switch (one.kind) {
      case 'assign':
        return one.value === null ? [] : one.targets.flatMap(rootsOf);
      case 'augmented':
        return rootsOf(one.target);
      case 'loop':
        return one.target === null ? [] : rootsOf(one.target);
      case 'function':
      case 'class':
        return [one.name];
      case 'import':
        return one.bindings.map(({ local }) => local).filter((local) => local !== STAR);
      default:
        return [];
    }
  });
}

/** The names whose values a target changes: `a` of `a, b[0] = …` and of `a.x = …`. */
function rootsOf(target: Expression): readonly string[] {
  switch (target.kind) {
    case 'name':
      return [target.name];
    case 'sequence':
      return target.items.flatMap(rootsOf);
    case 'starred':
      return rootsOf(target.value);
    case 'attribute':
    case 'subscript':
      return rootsOf(target.object);
    default:
      return [];
  }
}

function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
      return [statement.body, statement.otherwise];
    case 'loop':
      return [statement.body, statement.otherwise];
    case 'block':
      return [statement.body];
    case 'try':
      return [statement.body, ...statement.handlers, statement.otherwise, statement.after];
    default:
      return [];
  }
}

/** Whether a statement may change what names stand for that it does not bind: `presets.append(…)`, a loop that fills a dict. */
function mayChange({ kind }: Statement): boolean {
  return kind === 'expression' || kind === 'loop' || kind === 'if' || kind === 'block' || kind === 'try';
}

/** Every name that stands in a part of the tree. */
function namesIn(part: object): ReadonlySet<string> {
  const names = new Set<string>();
  const ahead: unknown[] = [part];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (Array.isArray(node)) ahead.push(...(node as unknown[]));
    else if (typeof node === 'object' && node !== null && !('start' in node)) {
      if ('kind' in node && node.kind === 'name' && 'name' in node) names.add(String(node.name));
      ahead.push(...Object.values(node as object));
    }
  }
  return names;
}
