import type { Quantity } from '../growth/quantity.ts';
import type { Tensor } from '../network/graph.ts';
import type { Application } from '../outline/factors.ts';
import type { Model } from '../outline/model.ts';

/** The numbers that are multiplied with what a weight is given in these places, and with what it makes of that. */
export function numbersAround(applications: readonly Application[], { pass }: Model): readonly Quantity[] {
  const made = new Set<Tensor>(applications.map(({ tensor }) => tensor));
  const behind = pass.tensors.flatMap((tensor): readonly Quantity[] => {
    if ((tensor.op !== 'scale' && tensor.op !== 'view') || !made.has(tensor.of)) return [];
    made.add(tensor);
    return tensor.op === 'scale' ? [tensor.factor] : [];
  });
  const inFront = applications.flatMap(({ side }) => (side === null ? [] : numbersOn(side.other)));
  return [...inFront, ...behind];
}

function numbersOn(operand: Tensor): readonly Quantity[] {
  const numbers: Quantity[] = [];
  for (let tensor = operand; tensor.op === 'scale' || tensor.op === 'view'; tensor = tensor.of)
    if (tensor.op === 'scale') numbers.push(tensor.factor);
  return numbers;
}
