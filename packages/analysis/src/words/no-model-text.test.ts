import { expect, test } from 'vitest';
import { analyse } from '../../test/check-findings.ts';
import { noModelText } from './no-model-text.ts';

const net = (init: string) => `
from torch import nn

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        ${init}

class Sums:
    pass
`;

test.each(['build(self, n)', 'exec("self.a = nn.Linear(n, n)")', 'raise NotImplementedError'])(
  'a class of modules whose layers are not seen is said not to be read: %s',
  (init) => {
    const said = 'has no model that can be read: what `Net` is made of is not read, unless it has no layers';
    expect(noModelText(analyse(net(init)))).toBe(said);
    expect(noModelText(analyse(net(init)), 'Net')).toBe(said);
  },
);

test('of what is no module that is not said', () => {
  const read = analyse(net('self.a = nn.Linear(n, n)'));
  expect(noModelText(read, 'Sums')).toBe('has no model `Sums`; it has Net');
  expect(noModelText(analyse('import torch\n\nclass Sums:\n    pass\n'))).toBe(
    'has no model that can be read: a class of torch.nn.Module with layers',
  );
});
