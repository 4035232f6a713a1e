import type { Argument, FunctionStatement } from './ast.ts';

const KNOWN = new WeakMap<object, Uses>();

/** Methods of a dict after which it holds what it was given, but for what their first argument spells out. */
const LEAVES: ReadonlySet<string> = new Set(['get', 'pop', 'setdefault']);

/**
 * Whether all that a constructor spreads into the constructor of its base are its own *args and **kwargs, and no line of it
 * can have put something else into them than what it spells out by name.
 */
export function handsOverOwn(definition: FunctionStatement): boolean {
  return isOwn('toBases', definition);
}

/** The same of all that a function spreads into any call. */
export function spreadsOwn(definition: FunctionStatement): boolean {
  return isOwn('toAny', definition);
}

/** Whether a function spreads some of its own *args and **kwargs into a call, or anything into the constructor of its base. */
export function spreadsSome(definition: FunctionStatement): boolean {
  const own = collectedBy(definition);
  const { toBases, toAny } = usesOf(definition);
  return toBases.length > 0 || toAny.some(({ value }) => value.kind === 'name' && own.has(value.name));
}

/** Whether no line of a function can have put something else into its own *args and **kwargs than what it spells out by name. */
export function leavesOwn(definition: FunctionStatement): boolean {
  return usesOf(definition).other === 0;
}

/** The names under which a function has what it is given and does not name: its *args and **kwargs. */
export function collectedBy({ parameters }: FunctionStatement): ReadonlySet<string> {
  return new Set(parameters.flatMap(({ name, collects }) => (collects ? [name] : [])));
}

function usesOf(definition: FunctionStatement): Uses {
  const uses = KNOWN.get(definition) ?? usesIn(definition.body, collectedBy(definition));
  KNOWN.set(definition, uses);
  return uses;
}

function isOwn(to: 'toBases' | 'toAny', definition: FunctionStatement): boolean {
  const own = collectedBy(definition);
  const uses = usesOf(definition);
  const spread = uses[to];
  return (
    spread.length > 0 &&
    spread.every(({ value }) => value.kind === 'name' && own.has(value.name)) &&
    uses.other === 0
  );
}

interface Uses {
  /** What is spread into constructors of bases, and into any call. */
  readonly toBases: readonly Argument[];
  readonly toAny: readonly Argument[];
  /** How often one of the names stands where it may be given other items. */
  readonly other: number;
}

function usesIn(part: object, own: ReadonlySet<string>): Uses {
  const toBases: Argument[] = [];
  const toAny: Argument[] = [];
  let other = 0;
  const ahead: unknown[] = [part];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null || 'end' in node) continue;
    const parts = node as Parts;
    if (parts.kind === 'name' && own.has(parts.name ?? '')) other++;
    const spread = parts.args?.filter((one) => one.spread) ?? [];
    toAny.push(...spread);
    if (isConstructor(parts.callee)) toBases.push(...spread);
    const left = leftIn(parts);
    ahead.push(...Object.values(node).filter((value) => value !== undefined && value !== left));
  }
  return { toBases, toAny, other };
}

/** What nodes of the tree have of which some ask. */
interface Parts {
  readonly kind?: string;
  readonly name?: string | null;
  readonly callee?: Parts;
  readonly args?: readonly Argument[];
  readonly object?: Parts;
  readonly attribute?: string;
  readonly index?: Parts | null;
  readonly operators?: readonly string[];
  readonly operands?: readonly Parts[];
  readonly spread?: boolean;
  readonly value?: Parts;
}

function isConstructor(callee: Parts | undefined): boolean {
  return callee?.kind === 'attribute' && callee.attribute === '__init__';
}

/** What a node has that only reads of what its name stands for, or writes an item that it spells out. */
function leftIn(node: Parts): unknown {
  if (node.spread === true) return nameIn(node.value);
  if (node.kind === 'subscript') return node.index?.kind === 'text' ? nameIn(node.object) : undefined;
  if (node.kind === 'attribute') return LEAVES.has(node.attribute ?? '') ? nameIn(node.object) : undefined;
  const asksWhether = node.operators?.every((one) => one === 'in' || one === 'not in');
  return asksWhether && node.operands?.every((one) => one.kind === 'name' || one.kind === 'text')
    ? node.operands
    : undefined;
}

function nameIn(part: Parts | undefined): Parts | undefined {
  return part?.kind === 'name' ? part : undefined;
}
