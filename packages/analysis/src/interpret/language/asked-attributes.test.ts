import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { onlyModel } from '../../../test/check-findings.ts';
import { checkValues } from '../../../test/check-values.ts';

/** The multiplier of each weight of a chain whose class has more methods. */
function multipliers(methods: string, parts: Parameters<typeof chainModel>[0] = {}) {
  return onlyModel(chainModel({ methods, ...parts })).weights.map(({ a }) => a);
}

describe('__getattribute__ of a class', () => {
  const asks = (by: string) => `def __getattribute__(self, name):
    value = super().__getattribute__(name)
    return value * ${by} if name == 'gain' else value`;
  const parts = {
    init: 'self.gain = 1.0',
    forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))) * self.gain))',
  };

  test('says what each attribute is', () => {
    expect(multipliers(asks('self.n'), parts)).toEqual([0, -1, 0]);
    expect(multipliers(asks('2'), parts)).toEqual([0, 0, 0]);
  });
});

describe('what a class calls its objects by', () => {
  test.for(['__call__', '_call_impl'])('is asked before the forward pass: %s', (name) => {
    const calls = (by: string) => `def ${name}(self, x): return super().${name}(x) * ${by}`;
    expect(multipliers(calls('self.n'))).toEqual([0, 0, -1]);
    expect(multipliers(calls('3'))).toEqual([0, 0, 0]);
  });

  test('may be another one by a metaclass', () => {
    const of = (meta: string) => `class Meta(type):
    def __call__(cls, *given):
        made = super().__call__(*given)
        nn.init.ones_(made.weight)
        return made
class Own(nn.Linear, metaclass=${meta}): pass`;
    const start = (meta: string) =>
      onlyModel(chainModel({ before: of(meta), init: 'self.b = Own(n, n, bias=False)' })).weights.find(
        ({ name }) => name === 'b.weight',
      )?.b;
    expect(start('Meta')).toBeNull();
    expect(start('type')).toBe(1 / 2);
  });
});

test('the dicts that a module keeps its own in are there by any name for them', () => {
  checkValues(`
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a, self.b = nn.Linear(n, n), nn.Linear(n, n)
        self.c = nn.Linear(n, n)
        self.gain = 1
        for part in vars(self)['_modules'].values(): nn.init.normal_(part.weight, std=2)
        nn.init.normal_(self.__dict__.get('_modules')['b'].weight, std=3)
        none = self.__dict__.get('missing', 4)
        none  # reveals: 4 or unknown
net = Net(n)
net.a.weight  # reveals: ~2
net.b.weight  # reveals: ~3
`);
});

test('a buffer is what the dict of buffers is given', () => {
  const scaled = (set: string) =>
    multipliers('', {
      init: `self.register_buffer('gain', torch.ones(1))\n${set}`,
      forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))) * self.gain))',
    });
  expect(scaled("self._buffers['gain'] = torch.ones(1) * n")).toEqual([0, -1, 0]);
  expect(scaled("self._buffers['gain'].mul_(n)")).toEqual([0, -1, 0]);
  expect(scaled("self._buffers['other'] = torch.ones(1) * n")).toEqual([0, 0, 0]);
});

describe('what a class has from a layer may be given another one:', () => {
  const big = 'def run(self, x): return F.linear(x, self.weight) * self.in_features\n';
  const large = 'def run(self, *given): nn.init.ones_(self.weight)\n';
  const of = (before: string) =>
    onlyModel(chainModel({ before, init: 'self.b = Own(n, n, bias=False)' })).weights.find(
      ({ name }) => name === 'b.weight',
    );

  test.for([
    `${big}class Own(nn.Linear): forward = run`,
    `${big}class Own(nn.Linear): __call__ = run`,
    `${big}class Own(nn.Linear): pass\nOwn.forward = run`,
    `${big}class Own(nn.Linear): pass\nsetattr(Own, 'forward', run)`,
    `${big}def more(cls):\n    cls.forward = run\n    return cls\n@more\nclass Own(nn.Linear): pass`,
  ])('its forward pass: %s', (before) => {
    expect(of(before)?.a).toBeNull();
  });

  test.for([
    `${large}class Own(nn.Linear): reset_parameters = run`,
    `${large}class Own(nn.Linear): pass\nOwn.reset_parameters = run`,
    `${large}class Own(nn.Linear): __init__ = run`,
    `${large}def more(cls):\n    cls.__init__ = run\n    return cls\n@more\nclass Own(nn.Linear): pass`,
  ])('how it starts: %s', (before) => {
    expect(of(before)?.b).toBeNull();
  });

  test.for([
    `${big}class Own(nn.Linear): other = run`,
    'class Own(nn.Linear): pass\nOwn.kind = 1',
    'def same(cls): return cls\n@same\nclass Own(nn.Linear): pass',
  ])('not by anything else: %s', (before) => {
    expect(of(before)).toMatchObject({ a: 0, b: 1 / 2 });
  });
});
