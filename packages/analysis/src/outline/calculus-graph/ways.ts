import type { Choice, Tensor } from '../../network/graph.ts';
import { isData, operandsOf } from '../../network/tensor.ts';
import type { ForwardPass } from '../forward/forward-pass.ts';

/** More conditions than these are not followed one by one. */
const MOST_GUARDS = 4;
const MOST_WAYS = 16;

/** More than so many tensors are not gone through, however few the ways are. */
const MOST_TENSORS = 12_000;

/** One way through the choices of a forward pass. */
export interface Way {
  /** Which of its tensors a choice takes; null for one that is not followed. */
  readonly chosenOf: ChosenOf;
  /** What the outputs are made of on it, operands before what is made of them. */
  readonly tensors: readonly Tensor[];
}

type ChosenOf = (choice: Choice) => Tensor | null;

/** Every way through the choices, as far as they are few; of those that come to the same tensors, one. */
export function waysThrough({ tensors, outputs }: Pick<ForwardPass, 'tensors' | 'outputs'>): readonly Way[] {
  const counts = new Map<object, number>();
  for (const tensor of tensors) {
    if (tensor.op !== 'choice' || isOfOneTable(tensor)) continue;
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
  const each = new Map<string, Way>();
  for (const way of ways) {
    const chosenOf: ChosenOf = (choice) => {
      if (isOfOneTable(choice)) return choice.of[0] ?? null;
      const index = way.get(guardOf(choice));
      return index === undefined ? null : (choice.of[index] ?? null);
    };
    const reached = reachedOn(chosenOf, outputs);
    const met = ways.length > 1 ? guardsMet(reached) : new Set();
    const key = [...way].map(([guard, index]) => (met.has(guard) ? index : '')).join();
    if (!each.has(key)) each.set(key, { chosenOf, tensors: tensors.filter((tensor) => reached.has(tensor)) });
  }
  return [...each.values()];
}

/** Whether a choice is among parts of one tensor of data, as of rows for positions that are counted or given: any is as large. */
function isOfOneTable({ of: [first, ...others] }: Choice): boolean {
  const table = first && tableOf(first);
  return table !== undefined && isData(table) && others.every((one) => tableOf(one) === table);
}

/** What a tensor has all its numbers of. */
function tableOf(tensor: Tensor): Tensor {
  let table = tensor;
  while (table.op === 'view') table = table.of;
  return table;
}

function reachedOn(chosenOf: ChosenOf, outputs: readonly Tensor[]): ReadonlySet<Tensor> {
  const reached = new Set<Tensor>();
  const ahead = [...outputs];
  for (let tensor = ahead.pop(); tensor !== undefined; tensor = ahead.pop()) {
    if (reached.has(tensor)) continue;
    reached.add(tensor);
    const chosen = tensor.op === 'choice' ? chosenOf(tensor) : null;
    ahead.push(...(chosen === null ? operandsOf(tensor) : [chosen]));
  }
  return reached;
}

function guardsMet(tensors: ReadonlySet<Tensor>): ReadonlySet<object> {
  const met = new Set<object>();
  for (const tensor of tensors) if (tensor.op === 'choice') met.add(guardOf(tensor));
  return met;
}

/** What decides a choice; one that nothing else depends on decides itself. */
function guardOf(choice: Choice): object {
  return choice.guard ?? choice;
}
