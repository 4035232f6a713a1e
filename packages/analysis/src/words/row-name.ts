import type { WeightRow } from '../model-outline.ts';

/** What a weight is called: a tied one by each of its names. */
export function rowNameText({ name, aliases }: Pick<WeightRow, 'name' | 'aliases'>): string {
  return [name, ...aliases].join(' = ');
}
