import { DATA_LENGTH, isDataLength, productOfAll, quotientOf } from '../../growth/product.ts';
import { literal, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import type { Shape } from '../../network/graph.ts';
import { type Layout, UNKNOWN_LAYOUT } from '../../network/layout.ts';
import { withRank } from '../../network/shape.ts';
import type { Group, Pattern } from './pattern.ts';

/** An axis that a pattern names: how long it is, and of which dimension of the tensor it is a factor. */
interface Axis {
  readonly length: Quantity;
  readonly from: readonly number[];
}

/** What a pattern makes of a shape. */
export interface Rearranged {
  readonly layout: Layout;
  /** The lengths of the axes that the result lacks. */
  readonly lost: readonly Quantity[];
}

export function rearranged(
  shape: Shape | null,
  { left, right }: Pattern,
  given: ReadonlyMap<string, Quantity>,
): Rearranged {
  const rest = left.indexOf('...');
  const listed = shape === null || rest >= 0 ? shape : withRank(shape, left.length);
  const axes = axesOf(listed, left, given);
  for (const [name, length] of given) if (!axes.has(name)) axes.set(name, { length, from: [] });
  const kept = new Set(right.flatMap((group) => (group === '...' ? [] : group)));
  const lost = [...axes]
    .filter(([name]) => !kept.has(name) && !/^\d+$/.test(name))
    .map(([, { length }]) => length);
  if (listed === null && right.some((group) => group !== '...' && group.some((name) => !axes.has(name)))) {
    return { layout: UNKNOWN_LAYOUT, lost };
  }
  const between = rest < 0 ? [] : restOf(listed, left, rest);
  const cells = right.flatMap((group): readonly Axis[] =>
    group === '...' ? between : [joined(group, axes)],
  );
  return {
    layout: {
      shape: { dims: cells.map(({ length }) => length), open: rest >= 0 && (listed === null || listed.open) },
      from: cells.map(({ from }) => from),
    },
    lost,
  };
}

/** The axes that the left side names, each with its length where the others of its dimension leave only one. */
function axesOf(
  shape: Shape | null,
  left: readonly Group[],
  given: ReadonlyMap<string, Quantity>,
): Map<string, Axis> {
  const axes = new Map<string, Axis>();
  const rest = left.indexOf('...');
  for (const [at, group] of left.entries()) {
    if (group === '...') continue;
    const place = rest >= 0 && at > rest ? (shape?.dims.length ?? 0) - (left.length - at) : at;
    const whole = shape?.dims[place] ?? (shape?.open === true ? DATA_LENGTH : UNKNOWN_QUANTITY);
    const from = place >= 0 && shape !== null ? [place] : [];
    for (const [name, length] of factorsOf(group, whole, given)) axes.set(name, { length, from });
  }
  return axes;
}

/** The lengths of the names that one dimension is made of: of one what the others leave, of several that is not known. */
function factorsOf(
  group: readonly string[],
  whole: Quantity,
  given: ReadonlyMap<string, Quantity>,
): readonly (readonly [string, Quantity])[] {
  const known = group.flatMap(
    (name) => given.get(name) ?? (/^\d+$/.test(name) ? [literal(Number(name))] : []),
  );
  const isOpen = whole.op === 'unknown' || (group.length - known.length > 1 && !isDataLength(whole));
  const rest = isOpen ? UNKNOWN_QUANTITY : remaining(whole, known);
  return group.map((name) => [name, given.get(name) ?? rest]);
}

/** What the known factors of a dimension leave. */
function remaining(whole: Quantity, known: readonly Quantity[]): Quantity {
  if (known.length === 0) return whole;
  return isDataLength(whole) ? DATA_LENGTH : quotientOf(whole, productOfAll(known));
}

function joined(names: readonly string[], axes: ReadonlyMap<string, Axis>): Axis {
  const parts = names.map(
    (name) =>
      axes.get(name) ?? { length: /^\d+$/.test(name) ? literal(Number(name)) : UNKNOWN_QUANTITY, from: [] },
  );
  return {
    length: parts.length === 0 ? literal(1) : productOfAll(parts.map(({ length }) => length)),
    from: [...new Set(parts.flatMap(({ from }) => from))],
  };
}

/** The dimensions that three dots stand for. */
function restOf(shape: Shape | null, left: readonly Group[], rest: number): readonly Axis[] {
  if (shape === null) return [];
  const until = shape.dims.length - (left.length - 1 - rest);
  return shape.dims.slice(rest, Math.max(rest, until)).map((length, at) => ({ length, from: [rest + at] }));
}
