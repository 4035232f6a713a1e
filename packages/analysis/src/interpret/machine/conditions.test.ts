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

  test('by what has made a layer None, or not', () => {
    checkValues(`
class Net(nn.Module):
    def __init__(self, n, settings, **more):
        super().__init__()
        self.fc = nn.Linear(8, n, bias=False)
        self.one = nn.LayerNorm(n, elementwise_affine=False) if settings.early else None
        self.two = self.one
        if not more.get('late', False):
            self.two = None
        self.any = (nn.Identity(), None)[settings.at]
    def forward(self, x):
        h = self.fc(x)
        h if self.one is None else h * n  # reveals: choice settings.early(scale n(input·Linear.weight), input·Linear.weight)
        h if self.one is not None else h * n  # reveals: choice settings.early(input·Linear.weight, scale n(input·Linear.weight))
        h if self.one else h * n  # reveals: choice settings.early(input·Linear.weight, scale n(input·Linear.weight))
        h if self.any is None else h * n  # reveals: choice(input·Linear.weight, scale n(input·Linear.weight))
Net(n, settings, **more)(x)
`);
  });

  test('by an entry of settings that come from outside', () => {
    checkValues(`
class Net(nn.Module):
    def __init__(self, n, **more):
        super().__init__()
        self.fc = nn.Linear(8, n, bias=False)
        self.one = None if more.get('plain', False) else nn.Identity()
    def forward(self, x):
        h = self.fc(x)
        h if self.one is None else h * n  # reveals: choice more.get('plain', False)(input·Linear.weight, scale n(input·Linear.weight))
Net(n, **more)(x)
`);
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
