import { describe, test } from 'vitest';
import { checkParameters } from '../../../test/check-parameters.ts';

const HEAD = `
from dataclasses import dataclass, replace
from functools import partial

class Built:
    @dataclass
    class Plan:
        maker = None
        def build(self, **more): return self.maker(replace(self), **more) if more else self.maker(replace(self))

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.Plan.maker = cls

class Dense(nn.Linear, Built):
    @dataclass
    class Plan(Built.Plan):
        fan_in: int
        fan_out: int
        bias: bool = False
        starts: dict | None = None

    def __init__(self, plan: Plan):
        super().__init__(plan.fan_in, plan.fan_out, bias=plan.bias)
        for name, weight in self.named_parameters():
            plan.starts[name](weight)

class Net(nn.Module, Built):
    @dataclass
    class Plan(Built.Plan):
        enter: Dense.Plan
        blocks: list
        leave: Dense.Plan

    def __init__(self, plan: Plan):
        super().__init__()
        self.enter = plan.enter.build()
        self.blocks = nn.ModuleDict()
        for at, block in enumerate(plan.blocks): self.blocks[str(at)] = block.build()
        self.leave = plan.leave.build()

SAME = {'weight': partial(nn.init.normal_, std=0.02), 'bias': nn.init.zeros_}
def shrunk(size): return {'weight': partial(nn.init.normal_, std=size ** -0.5)}
`;

describe('a model that is made of what its configuration says of each of its parts', () => {
  test('has what each of them was given', () => {
    checkParameters(
      `${HEAD}
def small():
    n = 64
    return Net.Plan(
        enter=Dense.Plan(fan_in=3, fan_out=n, bias=True, starts=SAME),
        blocks=[Dense.Plan(fan_in=n, fan_out=n, starts=shrunk(n)) for _ in range(2)],
        leave=Dense.Plan(fan_in=n, fan_out=5, starts=SAME),
    )
small().build()
`,
      `
enter.weight: 64 × 3, random 0.02
enter.bias: 64, zero
blocks.0.weight: 64 × 64, random 64^-½
blocks.1.weight: 64 × 64, random 64^-½
leave.weight: 5 × 64, random 0.02
`,
    );
  });

  test('goes by the names of fields where one of each class is all there is', () => {
    checkParameters(
      `
from dataclasses import dataclass

@dataclass
class Body:
    inner: int

@dataclass
class Plan:
    outer: int
    body: Body

class Net(nn.Module):
    def __init__(self, plan: Plan):
        super().__init__()
        self.up = nn.Linear(plan.outer, plan.body.inner, bias=False)

def small():
    n = 64
    return Plan(outer=n, body=Body(inner=4 * n))
Net(small())
`,
      'up.weight: inner × outer, random outer^-½',
    );
  });
});
