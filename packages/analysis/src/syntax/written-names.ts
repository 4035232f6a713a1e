import type { CallExpression, Expression, Statement } from './ast.ts';
import { everyBlock, statementsIn } from './statements-in.ts';

/** What code writes of something that other code reads too. */
export interface WrittenName {
  /** `layers` of `layers.MULT = 2`, by the name that it is imported under: `package.layers`. */
  readonly owner: string;
  /** The name that is set, `MULT`, or any of them, `*`; null where items of the owner are set, as in `GIVEN['std'] = 1`. */
  readonly name: string | null;
  /** Whether the owner is imported; else it is a class of the module's own. */
  readonly isImported: boolean;
}

/**
 * The attributes and items that code gives what it imports, wherever that is, and those that functions give the classes
 * at the top of their module. What a name is bound to that is also a local is taken for the import all the same.
 */
export function writtenNames(body: readonly Statement[]): readonly WrittenName[] {
  const statements = statementsIn(body, everyBlock);
  const imports = importsOf(statements);
  const classes = new Set(body.flatMap((one) => (one.kind === 'class' ? [one.name] : [])));
  const later = new Set(
    statements.flatMap((one) => (one.kind === 'function' ? statementsIn(one.body, everyBlock) : [])),
  );
  const named = ({ object, name }: Write, isLater: boolean): readonly WrittenName[] => {
    const [first = '', ...rest] = pathOf(object);
    const imported = imports.get(first);
    if (imported !== undefined) return [{ owner: [imported, ...rest].join('.'), name, isImported: true }];
    const isOwn = isLater && rest.length === 0 && name !== null && classes.has(first);
    return isOwn ? [{ owner: first, name, isImported: false }] : [];
  };
  return statements.flatMap((statement) =>
    writtenIn(statement).flatMap((write) => named(write, later.has(statement))),
  );
}

/** What each name stands for that is imported anywhere, or is another name of what is. */
function importsOf(statements: readonly Statement[]): ReadonlyMap<string, string> {
  const imports = new Map(
    statements.flatMap((one) =>
      one.kind === 'import' ? one.bindings.map(({ local, qualified }) => [local, qualified] as const) : [],
    ),
  );
  for (const one of statements) {
    if (one.kind !== 'assign' || one.value === null) continue;
    const [first = '', ...rest] = pathOf(one.value);
    const imported = imports.get(first);
    if (imported === undefined) continue;
    for (const target of one.targets)
      if (target.kind === 'name') imports.set(target.name, [imported, ...rest].join('.'));
  }
  return imports;
}

interface Write {
  readonly object: Expression;
  readonly name: string | null;
}

function writtenIn(statement: Statement): readonly Write[] {
  if (statement.kind === 'assign') return statement.targets.flatMap(writtenBy);
  if (statement.kind === 'augmented') return writtenBy(statement.target);
  const isCall = statement.kind === 'expression' && statement.value.kind === 'call';
  return isCall ? writtenByCall(statement.value as CallExpression) : [];
}

function writtenBy(target: Expression): readonly Write[] {
  if (target.kind === 'attribute') return [{ object: target.object, name: target.attribute }];
  if (target.kind === 'subscript') return [{ object: target.object, name: null }];
  return target.kind === 'sequence' ? target.items.flatMap(writtenBy) : [];
}

const CHANGES: ReadonlySet<string> = new Set([
  'update',
  'setdefault',
  '__setitem__',
  'append',
  'extend',
  'insert',
]);

/** `setattr(config, 'lr', 1)`, also by a name that is not spelled out, and `GIVEN.update(lr=1)`. */
function writtenByCall({ callee, args }: CallExpression): readonly Write[] {
  if (callee.kind === 'attribute')
    return CHANGES.has(callee.attribute) ? [{ object: callee.object, name: null }] : [];
  const [owner, name] = args.map(({ value }) => value);
  if (callee.kind !== 'name' || callee.name !== 'setattr' || owner === undefined) return [];
  return [{ object: owner, name: (name?.kind === 'text' ? name.value : null) ?? '*' }];
}

/** `a.b` as `a` and `b`; empty for what is no such name. */
function pathOf(expression: Expression): readonly string[] {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind !== 'attribute') return [];
  const before = pathOf(expression.object);
  return before.length === 0 ? [] : [...before, expression.attribute];
}
