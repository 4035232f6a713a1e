import { pair } from '../growth/quantity.ts';
import { quantityOf } from './numbers.ts';
import { number, UNKNOWN, type Value } from './value.ts';

/** An optimizer, or one of its parameter groups. */
export type OptimizerValue = Extract<Value, { kind: 'optimizer' | 'group' }>;

/** `group[key]`: its learning rate, as far as the code says. */
export function groupItem({ build }: OptimizerValue, key: Value): Value {
  if (key.kind !== 'text' || key.text !== 'lr') return UNKNOWN;
  const rates = [...build.groups.map((group) => group.lr), ...build.rewrites];
  return number(rates.reduce((left, right) => pair('either', left, right), build.lr));
}

/** `group[key] = value`. */
export function setGroupItem({ build }: OptimizerValue, key: Value, value: Value): void {
  if (key.kind === 'text' && key.text !== 'lr') return;
  build.rewrites.push(quantityOf(value));
}
