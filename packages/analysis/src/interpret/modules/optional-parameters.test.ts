import { describe, test } from 'vitest';
import { checkParameters } from '../../../test/check-parameters.ts';

/** A model with a bias that the code chooses, initialized by these lines. */
function modelWith(lines: string): string {
  const body = lines.split('\n').map((line) => `        ${line}`);
  return `
class Net(nn.Module):
    def __init__(self, n, biased):
        super().__init__()
        self.fc = nn.Linear(n, n, bias=biased)
${body.join('\n')}
`;
}

describe('what is done to a bias where there is one is done to it wherever it is there:', () => {
  const ZEROED = 'fc.weight: n × n, random n^-½\nfc.bias perhaps: n, zero';
  for (const lines of [
    'if self.fc.bias is not None:\n    nn.init.zeros_(self.fc.bias)',
    'if self.fc.bias is not None:\n    self.fc.bias.data.zero_()',
    'if self.fc.bias is None:\n    pass\nelse:\n    nn.init.zeros_(self.fc.bias)',
    'if isinstance(self.fc, nn.Linear) and self.fc.bias is not None:\n    self.fc.bias.data.zero_()',
    'if not isinstance(self.fc, nn.Linear) or self.fc.bias is None:\n    pass\nelse:\n    nn.init.zeros_(self.fc.bias)',
    'nn.init.zeros_(self.fc.bias)',
  ]) {
    test(lines.replaceAll('\n', ' '), () => checkParameters(modelWith(lines), ZEROED));
  }
});

test('what else is done there is done only perhaps', () => {
  const lines =
    'if self.fc.bias is not None:\n    nn.init.zeros_(self.fc.weight)\n    nn.init.zeros_(self.fc.bias)';
  checkParameters(modelWith(lines), 'fc.weight: n × n, zero or random n^-½\nfc.bias perhaps: n, zero');
});

test('a condition of another kind leaves what was there beside it', () => {
  const lines = 'if self.fc.bias is not None and biased > 3:\n    nn.init.zeros_(self.fc.bias)';
  checkParameters(modelWith(lines), 'fc.weight: n × n, random n^-½\nfc.bias perhaps: n, zero or random n^-½');
});

test('so is what is done to a layer where there is one', () => {
  const lines = `self.gate = nn.Linear(n, 1, bias=False) if biased else None
if self.gate is not None:
    nn.init.zeros_(self.gate.weight)`;
  checkParameters(
    modelWith(lines),
    'fc.weight: n × n, random n^-½\nfc.bias perhaps: n, random n^-½\ngate.weight perhaps: 1 × n, zero',
  );
});
