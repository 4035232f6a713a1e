import { list } from '../values/containers.ts';
import { perhapsAbsent } from '../values/either.ts';
import { compared, isSameItem } from '../values/truth.ts';
import type { ListValue, Value } from '../values/value.ts';
import type { Frame } from './interpreter.ts';

/** left ∘ right of sets; undefined for an operator that sets do not have. */
export function combinedSets(operator: string, left: ListValue, right: ListValue): Value | undefined {
  if (operator === '-') return filtered(left, right, false);
  if (operator === '&') return filtered(left, right, true);
  if (operator !== '|') return undefined;
  const more = right.items.filter((item) => compared('in', item, left) !== true);
  return list([...left.items, ...more], left.open || right.open);
}

/** The items of which is known, or may be, whether they are in the other one. */
function filtered(left: ListValue, right: ListValue, isIn: boolean): Value {
  const answers = left.items.map((item) => ({ item, answer: compared('in', item, right) }));
  const kept = answers.filter(({ answer }) => answer === null || answer === isIn);
  const doubtful = kept.some(({ answer }) => answer === null);
  return list(
    kept.map(({ item, answer }) => (answer === null ? perhapsAbsent(item) : item)),
    left.open || doubtful,
  );
}

/** Each once of which is known that they are the same. */
export function distinct(items: readonly Value[], { interpreter }: Frame): readonly Value[] {
  const kept: Value[] = [];
  for (const item of items) {
    interpreter.budget.spend(kept.length);
    if (!kept.some((one) => isSameItem(one, item) === true)) kept.push(item);
  }
  return kept;
}
