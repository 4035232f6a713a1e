import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';

/** How an optimizer makes its updates of the hidden weight of a chain; null where that is not read. */
function updatesBy(optimizer: string): string | null | undefined {
  const outline = onlyModel(chainModel({ optimizer: `torch.optim.${optimizer}` }));
  return outline.weights.find(({ name }) => name === 'b.weight')?.optimizer;
}

describe('updates are made', () => {
  test.each([
    ['Adagrad(model.parameters(), lr=lr)', 'adam'],
    ['Adagrad(model.parameters(), lr, 0.1, 0.0, 0)', 'adam'],
    ['Adagrad(model.parameters(), lr=lr, initial_accumulator_value=0.0)', 'adam'],
    ['Rprop(model.parameters(), lr=lr)', 'adam'],
    ['ASGD(model.parameters(), lr=lr, lambd=0.0)', 'sgd'],
  ])('by %s as by %s', (optimizer, kind) => {
    expect(updatesBy(optimizer)).toBe(kind);
  });
});

describe('updates are not read', () => {
  test.each([
    'Adagrad(model.parameters(), lr=lr, initial_accumulator_value=0.1)',
    'Adagrad(model.parameters(), lr, 0.0, 0.0, 0.1)',
    'Adagrad(model.parameters(), lr=lr, initial_accumulator_value=start)',
    'Adagrad(model.parameters(), lr=lr, **settings)',
    'ASGD(model.parameters(), lr=lr)',
    'ASGD(model.parameters(), lr, 1e-4)',
    'Rprop(model.parameters(), lr=lr, step_sizes=(1e-3, 50))',
    'Adadelta(model.parameters(), lr=lr)',
  ])('of %s', (optimizer) => {
    expect(updatesBy(optimizer)).toBeNull();
  });
});
