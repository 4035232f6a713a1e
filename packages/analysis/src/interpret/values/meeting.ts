import type { Quantity } from '../../growth/quantity.ts';
import { timesSteady } from '../../network/data.ts';
import type { Tensor } from '../../network/graph.ts';
import type { Guard } from '../../network/guard.ts';
import { choice, repeat } from '../../network/tensor.ts';
import type { TensorValue } from './tensor-value.ts';

/** Where ways meet: those of a condition, or two rounds of a loop, the later one last. */
export type Meeting =
  | {
      readonly of: 'ways';
      readonly guard: Guard | null /** The opposite of the guard comes first. */;
      readonly negated?: boolean;
      /** The numbers that the condition compares, where it compares some. */
      readonly by?: Quantity;
    }
  | {
      readonly of: 'rounds';
      /** The numbers by which they are counted: a tensor is as large after all as after two if these stay. */
      readonly times?: Quantity;
    }
  | { readonly of: 'no-round' }
  | { readonly of: 'parts'; readonly times?: Quantity };

/** Ways that no condition is known to choose between. */
export const WAYS: Meeting = { of: 'ways', guard: null };

/** Two rounds of a loop that goes on like that. */
export const ROUNDS: Meeting = { of: 'rounds' };

/** The same where numbers are known by which rounds are counted. */
export function roundsOf(times: Quantity | null): Meeting {
  return times === null ? ROUNDS : { of: 'rounds', times };
}

/** Two rounds of a loop over parts of the model, each of which is met once: the later one has seen them all. */
const PARTS: Meeting = { of: 'parts' };

/** The same where numbers are known by which the parts are counted, as the rows of a matrix. */
export function partsOf(times: Quantity | null): Meeting {
  return times === null ? PARTS : { of: 'parts', times };
}

/** No round of a loop, and some: a model that has a loop goes round it. */
export const NO_ROUND: Meeting = { of: 'no-round' };

/** Tensors of which one is meant are one tensor; null for none. */
export function joinedTensor(tensors: readonly TensorValue[], meeting: Meeting): TensorValue | null {
  const first = tensors[0];
  const last = tensors.at(-1);
  if (first === undefined || last === undefined || tensors.every((one) => one === first))
    return first ?? null;
  if (meeting.of === 'no-round') return last;
  if (meeting.of !== 'ways') {
    const tensor = repeat(first.tensor, last.tensor, null);
    return { kind: 'tensor', tensor: first.tensor === last.tensor ? tensor : counted(tensor, meeting.times) };
  }
  const all = tensors.map(({ tensor }) => tensor);
  if (meeting.negated === true) all.reverse();
  return { kind: 'tensor', tensor: choice(all, tensors.length === 2 ? meeting.guard : null, null) };
}

/** What is carried from round to round of a loop that counts by these numbers. */
export function counted(tensor: Tensor, times: Quantity | undefined): Tensor {
  return times === undefined ? tensor : timesSteady(tensor, times, null);
}
