import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

describe('a tensor', () => {
  test('is what it was made of, and by which operation', () => {
    checkValues(`
h = nn.Linear(8, n)(x) * n / 2
h  # reveals: scale 0.5(scale n(input·Linear.weight + Linear.bias))
h = F.relu(nn.Linear(8, n, bias=False)(x))
h  # reveals: relu(input·Linear.weight)
nn.LayerNorm(n)(h) + h  # reveals: ((norm(relu(input·Linear.weight))·LayerNorm.weight + LayerNorm.bias) + relu(input·Linear.weight))
`);
  });

  test('is a choice of those that a condition gives, but one where they are the same', () => {
    checkValues(`
a = nn.Linear(8, n, bias=False)(x)
a if flag else a * n  # reveals: choice flag(input·Linear.weight, scale n(input·Linear.weight))
F.relu(a) if flag else F.relu(a)  # reveals: relu(input·Linear.weight)
`);
  });

  test('is also what a parameter becomes with a number or another one', () => {
    checkValues(`
a = nn.Linear(8, n, bias=False)
b = nn.Linear(n, 8, bias=False)
a.weight * 2  # reveals: scale 2(Linear.weight)
1 + a.weight  # reveals: (Linear.weight + input)
b.weight @ a.weight  # reveals: Linear.weight·Linear.weight
`);
  });

  test('is unread where something is done to it that is not understood', () => {
    checkValues(`
a = nn.Linear(8, n, bias=False)(x)
a * missing  # reveals: unread '* with something unknown'(input·Linear.weight)
lib.f(a)  # reveals: unread '.f()'(input·Linear.weight)
`);
  });
});

test('times a buffer of one number is nothing where that is 0, and not known where it is unset', () => {
  checkValues(`
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.mix = nn.Linear(n, n, bias=False)
        self.register_buffer('one', torch.ones(1))
        self.register_buffer('zero', torch.zeros(1))
        self.register_buffer('unset', torch.empty(1))
    def forward(self, x):
        h = self.mix(x)
        h * self.one  # reveals: input·Linear.weight
        h * self.zero  # reveals: scale 0(input·Linear.weight)
        self.unset * h  # reveals: unread 'a product with an unset number'(input·Linear.weight)
Net()(x)
`);
});
