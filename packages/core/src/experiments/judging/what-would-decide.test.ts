import { expect, test } from 'vitest';
import type { Agreement } from './scaling-class.ts';
import { whatWouldDecide } from './what-would-decide.ts';

function open(layer: number, agreement: Agreement) {
  const slope = { value: -0.24, low: -0.26, high: -0.22, reason: '' };
  return { layer, class: 'undecided' as const, slope, predicted: 0, agreement, crossover: null };
}

test('seeds are not asked for where widths decide: what falls and approaches the predicted constant', () => {
  expect(whatWouldDecide('feature learning', [open(2, 'approaching'), open(3, 'approaching')], 3)).toEqual([
    'feature learning undecided: layers 2, 3 still approach the predicted constant, so wider networks would tell',
  ]);
});

test('seeds are asked for where an interval is too wide', () => {
  const [why] = whatWouldDecide('feature learning', [open(2, 'contradicts')], 3);
  expect(why).toMatch(/^feature learning undecided at these seeds: run \d+ more$/);
});
