import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

const HEAD = `
class Net(nn.Module):
    def __init__(self, n, config, scale=None):
        super().__init__()
        self.fc = nn.Linear(8, n, bias=False)
        self.flash = hasattr(F, 'attention')
        self.config = config
        self.scale = scale
    def forward(self, x, mask=None):
        h = self.fc(x)
`;

const CALL = `
Net(n, config)(x)
`;

describe('a choice names what decides it', () => {
  test('by a setting, an attribute, what a setting is compared with', () => {
    checkValues(`${HEAD}
        h if self.config.mup else h * n  # reveals: choice self.config.mup(input·Linear.weight, scale n(input·Linear.weight))
        h if self.flash else h * n  # reveals: choice self.flash(input·Linear.weight, scale n(input·Linear.weight))
        h if self.config.kind == 'a' else h * n  # reveals: choice self.config.kind == 'a'(input·Linear.weight, scale n(input·Linear.weight))
        h if self.training else h * n  # reveals: choice self.training(input·Linear.weight, scale n(input·Linear.weight))
        if self.flash and self.config.mup:
            g = h
        else:
            g = h * n
        g  # reveals: choice self.flash and self.config.mup(input·Linear.weight, scale n(input·Linear.weight))
${CALL}`);
  });

  test('that on which it holds comes first', () => {
    checkValues(`${HEAD}
        h if not self.flash else h * n  # reveals: choice self.flash(scale n(input·Linear.weight), input·Linear.weight)
        h if self.config.kind != 'a' else h * n  # reveals: choice self.config.kind == 'a'(scale n(input·Linear.weight), input·Linear.weight)
        if self.scale is not None:
            h = h * n
        h  # reveals: choice self.scale is None(input·Linear.weight, scale n(input·Linear.weight))
${CALL}`);
  });

  test('but not by what another call or round may answer otherwise', () => {
    checkValues(`${HEAD}
        h if draw() else h * n  # reveals: choice(input·Linear.weight, scale n(input·Linear.weight))
        found = draw()
        h if found else h * n  # reveals: choice(input·Linear.weight, scale n(input·Linear.weight))
        for item in items:
            h if item.flag else h * n  # reveals: choice(input·Linear.weight, scale n(input·Linear.weight))
${CALL}`);
  });
});
