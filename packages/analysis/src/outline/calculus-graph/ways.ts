import type { Choice, Tensor } from '../../network/graph.ts';

/** More conditions than these are not followed one by one. */
const MOST_GUARDS = 4;
const MOST_WAYS = 16;

/** More than so many tensors are not gone through, however few the ways are. */
const MOST_TENSORS = 12_000;

/** One way through the choices of a forward pass: which of its tensors each takes; null for one that is not followed. */
export type Way = (choice: Choice) => Tensor | null;

/** Every way through the choices, as far as they are few. */
export function waysThrough(tensors: readonly Tensor[]): readonly Way[] {
  const counts = new Map<object, number>();
  for (const tensor of tensors) {
    if (tensor.op !== 'choice') continue;
    const guard = guardOf(tensor);
    counts.set(guard, Math.max(counts.get(guard) ?? 0, tensor.of.length));
  }
  let ways: ReadonlyMap<object, number>[] = [new Map()];
  for (const [guard, count] of [...counts].slice(0, MOST_GUARDS)) {
    if (ways.length * count > Math.min(MOST_WAYS, MOST_TENSORS / tensors.length)) break;
    ways = ways.flatMap((way) =>
      Array.from({ length: count }, (_, index) => new Map([...way, [guard, index]])),
    );
  }
  return ways.map((way) => (choice) => {
    const index = way.get(guardOf(choice));
    return index === undefined ? null : (choice.of[index] ?? null);
  });
}

/** What decides a choice; one that nothing else depends on decides itself. */
function guardOf(choice: Choice): object {
  return choice.guard ?? choice;
}
