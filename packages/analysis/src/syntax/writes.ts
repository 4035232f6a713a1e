import type { Argument, CallExpression, Expression, Statement } from './ast.ts';

/** What a statement writes of something that has a name. */
export interface Write {
  /** `a` and `b` of `a.b.c = 1`; `HERE` stands for the module itself, `ATTRIBUTES` for the dict of what something has. */
  readonly path: readonly string[];
  /** Whether items are set, not attributes. */
  readonly isItem: boolean;
  /** The names or keys that are set, or any of them, `*`. */
  readonly names: readonly string[];
}

/** The module that the code stands in. */
export const HERE = '';

/** By what something has all that it has: `a.__dict__`, `vars(a)`; of the module, `globals()`. */
export const ATTRIBUTES = '__dict__';

const ANY = '*';

export function writtenIn(statement: Statement): readonly Write[] {
  if (statement.kind === 'assign') return statement.targets.flatMap(writtenBy);
  if (statement.kind === 'augmented')
    return [...writtenBy(statement.target), ...mergedInto(statement.target)];
  if (statement.kind === 'loop') return statement.target === null ? [] : writtenBy(statement.target);
  const isCall = statement.kind === 'expression' && statement.value.kind === 'call';
  return isCall ? writtenByCall(statement.value as CallExpression) : [];
}

function writtenBy(target: Expression): readonly Write[] {
  if (target.kind === 'attribute') {
    const isAll = target.attribute === ATTRIBUTES;
    return writeOf(target.object, { isItem: false, names: [isAll ? ANY : target.attribute] });
  }
  if (target.kind === 'subscript')
    return writeOf(target.object, { isItem: true, names: [keyIn(target.index)] });
  return target.kind === 'sequence' ? target.items.flatMap(writtenBy) : [];
}

/** `GIVEN |= {'std': 1}` */
function mergedInto(target: Expression): readonly Write[] {
  return target.kind === 'name' ? writeOf(target, { isItem: true, names: [ANY] }) : [];
}

function writeOf(object: Expression, written: Omit<Write, 'path'>): readonly Write[] {
  const path = pathOf(object);
  return path.length === 0 ? [] : [{ path, ...written }];
}

/** By which keys methods set items. */
const CHANGES: Readonly<Record<string, (args: readonly Argument[]) => readonly string[]>> = {
  update: keysIn,
  setdefault: ([key]) => [keyIn(key?.value)],
  __setitem__: ([key]) => [keyIn(key?.value)],
  append: () => [],
  extend: () => [],
  insert: () => [],
};

/** `setattr(config, 'lr', 1)`, also by a name that is not spelled out, and `GIVEN.update(lr=1)`. */
function writtenByCall({ callee, args }: CallExpression): readonly Write[] {
  const [first, second] = args.map(({ value }) => value);
  const isSetter = callee.kind === 'name' ? callee.name === 'setattr' : isSetterOf(callee) && args.length > 2;
  if (isSetter) return first === undefined ? [] : writeOf(first, { isItem: false, names: [keyIn(second)] });
  if (callee.kind !== 'attribute') return [];
  if (isSetterOf(callee)) return writeOf(callee.object, { isItem: false, names: [keyIn(first)] });
  const keys = Object.hasOwn(CHANGES, callee.attribute) ? CHANGES[callee.attribute] : undefined;
  return keys === undefined ? [] : writeOf(callee.object, { isItem: true, names: keys(args) });
}

function isSetterOf(callee: Expression): boolean {
  return callee.kind === 'attribute' && callee.attribute === '__setattr__';
}

function keyIn(key: Expression | null | undefined): string {
  return (key?.kind === 'text' ? key.value : null) ?? ANY;
}

/** The keys of `update(lr=1)` and `update({'lr': 1})`. */
function keysIn(args: readonly Argument[]): readonly string[] {
  return args.flatMap(({ name, value, spread }) => {
    if (name !== null) return [name];
    return value.kind === 'dict' && !spread ? value.entries.map(({ key }) => keyIn(key)) : [ANY];
  });
}

/** `a.b` as `a` and `b`; empty for what is no such name. */
export function pathOf(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case 'name':
      return [expression.name];
    case 'attribute':
      return within(pathOf(expression.object), expression.attribute);
    case 'subscript':
      return isHere(expression.object, expression.index) ? [HERE] : [];
    case 'call':
      return dictOf(expression);
    default:
      return [];
  }
}

/** `vars(a)`, and `globals()`. */
function dictOf({ callee, args: [only, ...more] }: CallExpression): readonly string[] {
  if (callee.kind !== 'name' || more.length > 0) return [];
  if (callee.name === 'globals' && only === undefined) return [HERE, ATTRIBUTES];
  return callee.name === 'vars' && only !== undefined ? within(pathOf(only.value), ATTRIBUTES) : [];
}

/** `sys.modules[__name__]` */
function isHere(modules: Expression, name: Expression | null): boolean {
  return (
    modules.kind === 'attribute' &&
    modules.attribute === 'modules' &&
    name?.kind === 'name' &&
    name.name === '__name__'
  );
}

function within(before: readonly string[], name: string): readonly string[] {
  return before.length === 0 ? [] : [...before, name];
}
