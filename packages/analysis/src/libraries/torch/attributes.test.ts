import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('what is PyTorch’s own', () => {
  test('of an optimizer is its groups and what these have by default', () => {
    checkValues(`
optimizer = torch.optim.Adam(nn.Linear(n, n).parameters(), lr=1)
optimizer.param_groups  # reveals: [{lr: 1, params: [~n^-½, ~n^-½]}]
optimizer.param_groups[0]  # reveals: {lr: 1, params: [~n^-½, ~n^-½]}
optimizer.defaults  # reveals: {lr: 1, …}
`);
  });
});
