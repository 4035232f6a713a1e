import { describe, test } from 'vitest';
import { checkParameters } from '../../../test/check-parameters.ts';

/** The standard deviation of an n × d matrix, from PyTorch's documentation of each initializer. */
const STARTS: readonly (readonly [init: string, std: string])[] = [
  ['kaiming_normal_(w)', '√(2/d)'],
  ["kaiming_normal_(w, nonlinearity='relu', mode='fan_out')", '√(2/n)'],
  ["kaiming_normal_(w, nonlinearity='linear')", 'd^-½'],
  ['kaiming_uniform_(w, a=3 ** 0.5)', '√(0.5/d)'],
  ['kaiming_normal_(w, a=slope)', 'd^-½'],
  ['xavier_uniform_(w)', '√(2/(d + n))'],
  ['xavier_normal_(w, gain=0.5)', '0.5·√(2/(d + n))'],
  ['orthogonal_(w, 0.1)', '0.1·max(d, n)^-½'],
];

describe('an initializer that goes by fans starts weights as large as PyTorch does:', () => {
  for (const [init, std] of STARTS)
    test(init, () =>
      checkParameters(
        `import torch
from torch import nn
class Net(nn.Module):
    def __init__(self, n, d, slope):
        super().__init__()
        w = torch.empty(n, d)
        nn.init.${init}
        self.p = nn.Parameter(w)
`,
        `p: n × d, random ${std}`,
      ),
    );
});
