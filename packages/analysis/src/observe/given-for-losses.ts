import { literal, type Quantity } from '../growth/quantity.ts';
import type { GivenInputs, Trace } from '../interpret/machine/run-trace.ts';
import { eitherOf } from '../interpret/machine/tensor-factor.ts';
import type { Tensor } from '../network/graph.ts';
import { operandsOf } from '../network/tensor.ts';

/** More tensors than stand between a model and its losses. */
const MOST_TENSORS = 8_000;

/** What a model is given where code takes the loss of what it makes of it; all that it is given where that is not seen. */
export function givenForLosses(
  { outputs, descended, descendedUnread, losses }: Trace,
  model: number,
): readonly GivenInputs[] {
  const all = [...outputs].flatMap(([tensor, each]) =>
    each.flatMap((one) => (one.model === model && isAny(one.given) ? [{ tensor, given: one.given }] : [])),
  );
  if (all.length === 0) return [];
  const ends = descended.size > 0 ? descended : losses;
  const isLost = ends.size === 0 || descendedUnread.length > 0;
  const behind = isLost ? null : tensorsBehind(ends);
  return all.flatMap(({ tensor, given }) => (behind === null || behind.has(tensor) ? [given] : []));
}

function isAny({ positional, named }: GivenInputs): boolean {
  return positional.size > 0 || named.size > 0;
}

/** Null where that is more than is followed. */
function tensorsBehind(ends: ReadonlySet<Tensor>): ReadonlySet<Tensor> | null {
  const found = new Set<Tensor>();
  const ahead = [...ends];
  for (let tensor = ahead.pop(); tensor !== undefined; tensor = ahead.pop()) {
    if (found.has(tensor)) continue;
    if (found.size > MOST_TENSORS) return null;
    found.add(tensor);
    ahead.push(...operandsOf(tensor));
  }
  return found;
}

const ONE: Quantity = literal(1);

/** What one input has been multiplied by, of all that calls give: any of these. */
export function factorOfInput(all: readonly GivenInputs[], name: string, at: number): Quantity {
  const factors = all.map(({ positional, named }) => named.get(name) ?? positional.get(at) ?? ONE);
  return factors.length === 0 ? ONE : factors.reduce(eitherOf);
}
