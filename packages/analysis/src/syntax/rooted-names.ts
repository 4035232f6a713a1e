import { grouped } from '../grouped.ts';
import type { Expression } from './ast.ts';
import { type Node, nodesIn } from './nodes-in.ts';

const KNOWN = new WeakMap<object, ReadonlySet<string>>();

/** How many names a value may go through before an initializer is given it. */
const MOST_HANDS = 3;

/**
 * The attributes whose root divides what a definition gives an initializer, as a width multiplier's does; looked for once:
 * `normal_(weight, std=spread / math.sqrt(config.ratio))`.
 */
export function rootedNames(definition: Node): ReadonlySet<string> {
  const known = KNOWN.get(definition);
  if (known !== undefined) return known;
  const nodes = [...nodesIn(definition)];
  const values = valuesIn(nodes);
  const found = new Set<string>();
  const waiting: Reached[] = givenToStarts(nodes).map((part) => ({ part, isRooted: false, hands: 0 }));
  // A list is gone through to its end, what is added on the way included.
  for (const one of waiting) {
    if (one.isRooted && one.part.kind === 'attribute') found.add(one.part.attribute);
    waiting.push(...behind(one, values));
  }
  KNOWN.set(definition, found);
  return found;
}

/** What a name or an attribute of that name is given. */
type Values = ReadonlyMap<string, readonly Expression[]>;

function valuesIn(nodes: readonly Node[]): Values {
  const given = nodes.flatMap((node) => {
    if (node.kind !== 'assign' || node.value === null) return [];
    const { value } = node;
    return node.targets.map((target) => ({ name: lastName(target), value }));
  });
  const byName = grouped(given, ({ name }) => name);
  return new Map([...byName].map(([name, all]) => [name, all.map(({ value }) => value)]));
}

function givenToStarts(nodes: readonly Node[]): readonly Expression[] {
  return nodes.flatMap((node) =>
    node.kind === 'call' && STARTS.test(lastName(node.callee)) ? node.args.map(({ value }) => value) : [],
  );
}

/** A part of what an initializer is given. */
interface Reached {
  readonly part: Expression;
  /** Whether a root is taken of it. */
  readonly isRooted: boolean;
  /** The names that it went through. */
  readonly hands: number;
}

function behind({ part, isRooted, hands }: Reached, values: Values): readonly Reached[] {
  if (part.kind === 'name' || part.kind === 'attribute') {
    const given = hands < MOST_HANDS ? (values.get(lastName(part)) ?? []) : [];
    return given.map((value) => ({ part: value, isRooted, hands: hands + 1 }));
  }
  if (part.kind === 'conditional')
    return [part.whenTrue, part.whenFalse].map((way) => ({ part: way, isRooted, hands }));
  const root = rootIn(part);
  if (root !== undefined) return [{ part: root, isRooted: true, hands }];
  return part.kind === 'binary'
    ? [part.left, part.right].map((side) => ({ part: side, isRooted, hands }))
    : [];
}

/** What torch calls the initializers that are told how far entries are spread. */
const STARTS = /(?:normal|uniform)_$/;

/** What an expression may be the root of: `math.sqrt(x)`, by whatever name, `x ** 0.5`, `x ** -0.5`. */
function rootIn(part: Expression): Expression | undefined {
  if (part.kind === 'call') return part.args.length === 1 ? part.args[0]?.value : undefined;
  if (part.kind !== 'binary' || part.operator !== '**') return undefined;
  const exponent = part.right.kind === 'unary' ? part.right.operand : part.right;
  const isHalf =
    (exponent.kind === 'number' && exponent.value === 1 / 2) ||
    (exponent.kind === 'binary' && exponent.operator === '/');
  return isHalf ? part.left : undefined;
}

function lastName(part: Expression): string {
  if (part.kind === 'attribute') return part.attribute;
  return part.kind === 'name' ? part.name : '';
}
