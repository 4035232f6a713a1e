import { hasDecorator } from '../interpret/machine/classes.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import type { FunctionStatement, Statement } from '../syntax/ast.ts';
import { everyBlock, statementsIn } from '../syntax/statements-in.ts';
import { wordsIn } from '../syntax/words-in.ts';

/** By what code comes to how weights start, or to what a forward pass does; what ends in `_` changes a tensor. */
const CHANGES =
  /^(?:(?:named_)?modules|(?:named_)?children|apply|__(?!name__|init__|version__)\w+__|register_\w+|\w*forward|data|weights?|bias|(?:add|get|set)_\w*module|reset_parameters|\w*base_?shapes?|(?!(?:clip_grad|requires_grad)_)\w*[^_\W]_)$/i;

const SETS_ANY: ReadonlySet<string> = new Set(['setattr', 'exec', 'eval', 'vars', 'globals', 'locals']);

/**
 * Whether code of a module that was not read may make models others than their classes say: it names what comes to their
 * weights, sets an attribute by a name that they use, or names what is not read and may do so.
 */
export function namesChanges(
  body: readonly Statement[],
  isModel: (one: Statement) => boolean,
  { libraries, budget }: Interpreter,
): boolean {
  const imports = new Map(
    statementsIn(body, everyBlock).flatMap((one) =>
      one.kind === 'import' ? one.bindings.map(({ local, qualified }) => [local, qualified] as const) : [],
    ),
  );
  const functions = new Map(
    body.flatMap((one) => (one.kind === 'function' ? [[one.name, one] as const] : [])),
  );
  const withCalled = (parts: readonly Statement[]): ReadonlySet<Statement> => {
    const all = new Set(parts);
    for (const part of all) {
      const words = wordsIn(part);
      budget.spend(words.size);
      for (const word of words) {
        const called = functions.get(word);
        if (called !== undefined) all.add(called);
      }
    }
    return all;
  };
  const ofModels = withCalled(body.filter(isModel));
  const used = new Set([...ofModels].flatMap((one) => [...wordsIn(one)]));
  const unread = withCalled(body.filter((one) => one.kind !== 'import' && !ofModels.has(one)));
  const { names, attributes, set } = named([...unread].filter((one) => !isModel(one)));
  const isForeign = (name: string) => {
    const qualified = imports.get(name);
    if (qualified === undefined) return false;
    const isUnknown = !libraries.covers(qualified) && libraries.leavesModel(qualified) === null;
    return (qualified.includes('.') && isUnknown) || (name !== 'data' && CHANGES.test(name));
  };
  return (
    [...attributes].some((name) => CHANGES.test(name)) ||
    [...names].some((name) => SETS_ANY.has(name) || isForeign(name)) ||
    [...set].some((name) => used.has(name))
  );
}

interface Named {
  readonly names: Set<string>;
  readonly attributes: Set<string>;
  /** The attributes of others that are given values, or items. */
  readonly set: Set<string>;
}

/** A part of the syntax tree, and what the method that it is in calls its own object; null outside of methods. */
interface Part {
  readonly node: unknown;
  readonly own: string | null;
  /** Whether it stands in the body of a class. */
  readonly isMember: boolean;
}

/** What parts of the syntax tree name. */
function named(parts: readonly object[]): Named {
  const found: Named = { names: new Set(), attributes: new Set(), set: new Set() };
  const ahead: Part[] = parts.map((node) => ({ node, own: null, isMember: false }));
  for (let part = ahead.pop(); part !== undefined; part = ahead.pop()) {
    const { node } = part;
    if (typeof node !== 'object' || node === null) continue;
    const own = ownIn(part);
    // A list of statements stands where what it is a list of stands.
    const isMember = Array.isArray(node) ? part.isMember : isClass(node);
    addNamed(node as Record<string, unknown>, own, found);
    for (const one of Object.values(node)) ahead.push({ node: one, own, isMember });
  }
  return found;
}

/** The first parameter of a method, which functions inside know, too. */
function ownIn({ node, own, isMember }: Part): string | null {
  if (isClass(node)) return null;
  if (!isFunction(node) || !isMember) return own;
  return hasDecorator(node, 'staticmethod') ? null : (node.parameters[0]?.name ?? null);
}

function isClass(node: unknown): boolean {
  return (node as { readonly kind?: unknown }).kind === 'class';
}

function isFunction(node: unknown): node is FunctionStatement {
  return (node as { readonly kind?: unknown }).kind === 'function';
}

function addNamed(
  { kind, name, attribute, targets, target }: Record<string, unknown>,
  own: string | null,
  found: Named,
): void {
  if (kind === 'name' && typeof name === 'string') found.names.add(name);
  if (kind === 'attribute' && typeof attribute === 'string') found.attributes.add(attribute);
  if (kind === 'assign' || kind === 'augmented' || kind === 'loop')
    for (const one of [targets ?? target].flat()) addSet(one, own, found.set);
}

function addSet(target: unknown, own: string | null, set: Set<string>): void {
  if (typeof target !== 'object' || target === null) return;
  const { kind, attribute, object, items } = target as Record<string, unknown>;
  const { name } = (object ?? {}) as { readonly name?: unknown };
  const isOwn = own !== null && name === own;
  if (kind === 'attribute' && typeof attribute === 'string' && !isOwn) set.add(attribute);
  if (kind === 'subscript') addSet(object, own, set);
  if (Array.isArray(items)) for (const one of items) addSet(one, own, set);
}
