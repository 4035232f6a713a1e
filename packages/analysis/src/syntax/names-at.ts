import type { Expression, FunctionStatement, PythonModule, Statement } from './ast.ts';
import { statementsIn } from './statements-in.ts';

/**
 * The names that code at an offset may use and that mean one thing there: what it binds twice is left out, and what its
 * function binds later, or on some way alone.
 */
export function namesIn({ body, rebound }: PythonModule): (offset: number) => ReadonlySet<string> {
  const known = new Map<Scope, ReadonlySet<string>>();
  const definitions = new Map<readonly Statement[], readonly Statement[]>();
  const inside = (scope: readonly Statement[]) => {
    const found = definitions.get(scope) ?? definitionsIn(scope);
    definitions.set(scope, found);
    return found;
  };
  return (offset) => {
    const scopes: readonly Scope[] = [body, ...functionsAround(body, { offset, inside })];
    const innermost = scopes.at(-1) ?? body;
    const names = known.get(innermost) ?? boundOnce(scopes, rebound);
    known.set(innermost, names);
    const before = boundBefore(bodyOf(innermost), offset);
    const own = boundIn(innermost);
    const parameters = 'kind' in innermost ? innermost.parameters.map(({ name }) => name) : [];
    return new Set(
      [...names].filter((name) => !own.has(name) || before.has(name) || parameters.includes(name)),
    );
  };
}

function bodyOf(scope: Scope): readonly Statement[] {
  return 'kind' in scope ? scope.body : scope;
}

/** The names that statements surely bind before code comes to an offset. */
function boundBefore(body: readonly Statement[], offset: number): ReadonlySet<string> {
  const before = body.filter(({ span }) => span.start <= offset);
  return new Set(
    before.flatMap((one) => (offset < one.span.end ? boundAround(one, offset) : boundAfter(one))),
  );
}

/** What a statement binds for code in it. */
function boundAround(statement: Statement, offset: number): readonly string[] {
  const inside = blocksOf(statement).filter((block) => encloses(block, offset));
  const own = statement.kind === 'loop' && inside.length > 0 ? boundBy(statement) : [];
  return [...own, ...inside.flatMap((block) => [...boundBefore(block, offset)])];
}

/** What a statement binds for code behind it: a loop may have no round. */
function boundAfter(statement: Statement): readonly string[] {
  if (statement.kind === 'loop') return [];
  const inside = statement.kind === 'block' ? statement.body.flatMap(boundAfter) : [];
  return [...boundBy(statement), ...inside];
}

function encloses(block: readonly Statement[], offset: number): boolean {
  const [first, last] = [block.at(0), block.at(-1)];
  return first !== undefined && last !== undefined && first.span.start <= offset && offset < last.span.end;
}

/** What binds names: a file's statements, or a function. */
type Scope = readonly Statement[] | FunctionStatement;

/** The names of scopes, one in the other, that the innermost to have them binds once. */
function boundOnce(scopes: readonly Scope[], rebound: ReadonlySet<string>): ReadonlySet<string> {
  const seen = new Map(scopes.flatMap((scope) => [...boundIn(scope)]));
  return new Set([...seen].flatMap(([name, times]) => (times === 1 && !rebound.has(name) ? [name] : [])));
}

interface Looking {
  readonly offset: number;
  readonly inside: (scope: readonly Statement[]) => readonly Statement[];
}

/** The functions that enclose an offset, from the outside in. What a class binds, its methods do not see. */
function functionsAround(
  body: readonly Statement[],
  { offset, inside }: Looking,
): readonly FunctionStatement[] {
  const around = inside(body).find(({ span }) => span.start <= offset && offset < span.end);
  if (around?.kind === 'function') return [around, ...functionsAround(around.body, { offset, inside })];
  return around?.kind === 'class' ? functionsAround(around.body, { offset, inside }) : [];
}

/** How often a scope binds each of its names. */
function boundIn(scope: Scope): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  const bind = (name: string): void => void times.set(name, (times.get(name) ?? 0) + 1);
  const body = bodyOf(scope);
  if ('kind' in scope) for (const { name } of scope.parameters) bind(name);
  for (const statement of statementsIn(body, blocksOf)) for (const name of boundBy(statement)) bind(name);
  return times;
}

function boundBy(statement: Statement): readonly string[] {
  switch (statement.kind) {
    case 'assign':
      return statement.value === null ? [] : statement.targets.flatMap(namesOf);
    case 'augmented':
      return namesOf(statement.target);
    case 'loop':
      return statement.target === null ? [] : namesOf(statement.target);
    case 'function':
    case 'class':
      return [statement.name];
    case 'import':
      return statement.bindings.map(({ local }) => local).filter((local) => local !== '*');
    default:
      return [];
  }
}

function namesOf(target: Expression): readonly string[] {
  if (target.kind === 'name') return [target.name];
  if (target.kind === 'sequence') return target.items.flatMap(namesOf);
  return target.kind === 'starred' ? namesOf(target.value) : [];
}

/** Definitions among statements, also those under a condition. */
function definitionsIn(body: readonly Statement[]): readonly Statement[] {
  return statementsIn(body, blocksOf).filter(({ kind }) => kind === 'function' || kind === 'class');
}

/** The blocks of a statement; the bodies of functions and classes are scopes of their own. */
function blocksOf(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'if':
      return [statement.body, statement.otherwise];
    case 'loop':
    case 'block':
      return [statement.body];
    case 'try':
      return [statement.body, ...statement.handlers, statement.after];
    default:
      return [];
  }
}
