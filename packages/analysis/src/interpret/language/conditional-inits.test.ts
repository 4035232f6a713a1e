import { describe, test } from 'vitest';
import { checkParameters } from '../../../test/check-parameters.ts';

/** A model of one layer, initialized by these lines. */
function modelWith(lines: string): string {
  const body = lines.split('\n').map((line) => `        ${line}`);
  return `
class Net(nn.Module):
    def __init__(self, n, config):
        super().__init__()
        self.fc = nn.Linear(n, n, bias=False)
${body.join('\n')}
`;
}

const SMALL = 'nn.init.normal_(self.fc.weight, std=0.02)';
const MUP = 'nn.init.normal_(self.fc.weight, std=n ** -0.5)';

describe('an initialization is known by the condition on which it is the last', () => {
  test('on either of its ways', () => {
    checkParameters(
      modelWith(`if config.mup:\n    ${MUP}\nelse:\n    ${SMALL}`),
      'fc.weight: n × n, random n^-½ if config.mup or random 0.02 unless config.mup',
    );
  });

  test('also where the condition is asked the other way round', () => {
    checkParameters(
      modelWith(`if not config.mup:\n    ${SMALL}\nelse:\n    ${MUP}`),
      'fc.weight: n × n, random 0.02 unless config.mup or random n^-½ if config.mup',
    );
  });

  test('beside what was there before', () => {
    checkParameters(
      modelWith(`if config.small:\n    ${SMALL}`),
      'fc.weight: n × n, random 0.02 if config.small or random n^-½ unless config.small',
    );
  });

  test('with every one of several', () => {
    checkParameters(
      modelWith(
        `if config.mup:\n    ${MUP}\nelif config.small:\n    ${SMALL}\nelse:\n    nn.init.zeros_(self.fc.weight)`,
      ),
      'fc.weight: n × n, random n^-½ if config.mup or random 0.02 if config.small unless config.mup or zero unless config.small unless config.mup',
    );
  });

  test('and by none where every way has it, or a later one replaces it', () => {
    const lines = `if config.mup:\n    ${MUP}\nelse:\n    ${SMALL}`;
    checkParameters(modelWith(`${lines}\nnn.init.zeros_(self.fc.weight)`), 'fc.weight: n × n, zero');
    checkParameters(modelWith('if config.mup:\n    self.a = 1'), 'fc.weight: n × n, random n^-½');
  });

  test('and stays so when it is scaled', () => {
    checkParameters(
      modelWith(`if config.mup:\n    ${MUP}\nelse:\n    ${SMALL}\nself.fc.weight.data *= 0.5`),
      'fc.weight: n × n, random n^-½·0.5 if config.mup or random 0.02·0.5 unless config.mup',
    );
  });
});
