import { DATA_LENGTH, isOne } from '../growth/product.ts';
import type { Quantity } from '../growth/quantity.ts';
import type { Span } from '../syntax/span.ts';
import type { Tensor } from './graph.ts';
import { productOf } from './made-matrix.ts';
import { fixRank } from './ranks.ts';
import { shapeOf, view } from './tensor.ts';

/** A tensor with a name for each dimension that it lists. */
interface Operand {
  readonly tensor: Tensor;
  readonly names: string;
}

/** As many dimensions may stand for three dots: each has a digit for its name, counted from the last one. */
const MOST_UNDER_DOTS = 10;

const DOTS = '...';

/**
 * einsum by its equation, which shows how many dimensions tensors have; three dots stand for any. Of several tensors one after
 * the other is contracted with what those before it come to.
 */
export function einsum(equation: string, tensors: readonly Tensor[], span: Span | null): Tensor | null {
  const [given = '', result] = equation.replaceAll(/\s+/g, '').split('->');
  const names = given.split(',');
  if (tensors.length < 2 || names.length !== tensors.length) return null;
  const lengths = lengthsIn(tensors, names);
  const operands = tensors.flatMap(
    (tensor, at) => operandOf(tensor, names[at] ?? '', { lengths, span }) ?? [],
  );
  if (operands.length < tensors.length || spreads(operands)) return null;
  const wanted = result ?? implicit(names);
  if (!wanted.includes(DOTS) && names.some((one, at) => one.includes(DOTS) && mayHaveMore(operands[at], one)))
    return null;
  const dotted = Math.max(...operands.map((one) => [...one.names].filter(isDigit).length));
  const out = wanted.replace(DOTS, digits(dotted));
  const [front, ...behind] = inOrder(operands);
  if (front === undefined) return null;
  let { tensor: made, names: left } = front;
  for (const [at, { tensor, names: right }] of behind.entries()) {
    const ahead = [out, ...behind.slice(at + 1).map((one) => one.names)].join('');
    const between = [...new Set(left + right)].filter((one) => ahead.includes(one)).join('');
    const kept = at === behind.length - 1 ? out : between;
    made = productOf(made, tensor, { left, right, out: kept }, span);
    left = kept;
  }
  return made;
}

/** How long the dimensions are of those that have them all. */
function lengthsIn(tensors: readonly Tensor[], names: readonly string[]): ReadonlyMap<string, Quantity> {
  const lengths = new Map<string, Quantity>();
  for (const [at, tensor] of tensors.entries()) {
    const [shape, mine] = [shapeOf(tensor), names[at] ?? ''];
    if (shape === null || shape.open || shape.dims.length !== mine.length) continue;
    for (const [place, length] of shape.dims.entries()) lengths.set(mine[place] ?? '', length);
  }
  return lengths;
}

/** A tensor with its names, where it may have just the dimensions that an equation names. */
function operandOf(
  tensor: Tensor,
  names: string,
  { lengths, span }: { readonly lengths: ReadonlyMap<string, Quantity>; readonly span: Span | null },
): Operand | null {
  const [before = '', after] = names.split(DOTS);
  const count = before.length + (after ?? '').length;
  const shape = shapeOf(tensor);
  if (after === undefined) {
    if (shape?.open === true && shape.dims.length < count) fixRank(tensor, count);
    return shapeOf(tensor)?.dims.length === count ? { tensor, names } : null;
  }
  if (shape === null) return null;
  const more = shape.dims.length - count;
  if (more > MOST_UNDER_DOTS) return null;
  // Dimensions that are not listed stand before those that are.
  if (shape.open && before !== '') return more === 0 ? { tensor, names: before + after } : null;
  if (more >= 0) return { tensor, names: before + digits(more) + after };
  if (!shape.open) return null;
  const missing = [...after.slice(0, -more)].map((name) => lengths.get(name) ?? DATA_LENGTH);
  const dims = [...missing, ...shape.dims];
  const from = [...missing.map(() => []), ...shape.dims.map((_, at) => [at])];
  return { tensor: view(tensor, { shape: { dims, open: true }, from }, span), names: after };
}

function digits(count: number): string {
  return Array.from({ length: count }, (_, at) => String(count - 1 - at)).join('');
}

function isDigit(name: string): boolean {
  return name >= '0' && name <= '9';
}

/** Whether one of those that the dots of several stand for is spread along the other. */
function spreads(operands: readonly Operand[]): boolean {
  const ones = new Map<string, boolean>();
  return operands.some(({ tensor, names }) =>
    [...names].some((name, at) => {
      const length = shapeOf(tensor)?.dims[at];
      if (!isDigit(name) || length === undefined) return false;
      const before = ones.get(name);
      ones.set(name, isOne(length));
      return before !== undefined && before !== isOne(length);
    }),
  );
}

/** Whether a tensor may have dimensions that dots stand for. */
function mayHaveMore(operand: Operand | undefined, names: string): boolean {
  if (operand === undefined) return true;
  return shapeOf(operand.tensor)?.open !== false || operand.names.length > names.length - DOTS.length;
}

/** A weight that stands alone among features comes last: it sums over all that it has in common with them at once. */
function inOrder(all: readonly Operand[]): readonly Operand[] {
  const weights = all.filter(({ tensor }) => tensor.op === 'weight');
  if (all.length === 2 || weights.length !== 1) return all;
  return [...all.filter((one) => !weights.includes(one)), ...weights];
}

/** What an equation without a result gives: what the dots stand for, and each name that stands once. */
function implicit(names: readonly string[]): string {
  const all = names.join('').replaceAll('.', '');
  const once = [...new Set(all)].filter((name) => all.split(name).length === 2).sort();
  return `${names.some((one) => one.includes(DOTS)) ? DOTS : ''}${once.join('')}`;
}
