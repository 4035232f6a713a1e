import { describe, test } from 'vitest';
import { checkValues } from '../../test/check-values.ts';

describe('a tensor', () => {
  test('keeps what it is multiplied by until something that is not linear', () => {
    checkValues(`
h = nn.Linear(8, n)(x) * n / 2
h  # reveals: torch.nn.Linear · n
h = F.relu(h)
h  # reveals: torch.nn.Linear · activation · 1
h = F.relu(h * n)
h  # reveals: torch.nn.Linear · activation · a factor of its own · activation · 1
`);
  });

  test('is one of those that a condition gives', () => {
    checkValues(`
a = nn.Linear(8, n)(x)
h = a if flag else a * n
h  # reveals: torch.nn.Linear · 1 or torch.nn.Linear · n
nn.Embedding(8, n)(x) + a  # reveals: torch.nn.Embedding · torch.nn.Linear · sum · 1
a * missing  # reveals: torch.nn.Linear · tensor * something · 1
lib.f(a)  # reveals: torch.nn.Linear · .f() · 1
`);
  });
});
