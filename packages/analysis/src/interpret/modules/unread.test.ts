import { describe, test } from 'vitest';
import { checkValues } from '../../../test/check-values.ts';

const NET = `
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.b = nn.Linear(n, n)
        nn.init.zeros_(self.b.weight)
net = Net(n)
net.b.weight  # reveals: ~0
`;

describe('a function that is not read', () => {
  test('may initialize a layer, a weight, a list or a function of them', () => {
    for (const given of ['b', 'b.weight', '[b]', '[[b.weight]]', 'layer=b']) {
      checkValues(`
b = nn.Linear(n, n)
lib.prepare(${given})
b.weight  # reveals: ~unknown
`);
    }
  });

  test('may not where it is known, or only collects', () => {
    checkValues(`
b = nn.Linear(n, n)
print(b)
len([b])
isinstance(b, nn.Linear)
logger.info(b.weight)
writer.add_histogram(b.weight)
torch.nn.utils.clip_grad_norm_(b.weight, 1)
torch.equal(b.weight, c.weight)
torch.nn.functional.cosine_similarity(b.weight, b.weight)
lib.Adam([b.weight], lr=1)
b.weight  # reveals: ~n^-½
`);
  });

  test("may where it is one of PyTorch's that changes a tensor", () => {
    for (const call of [
      'torch.elsewhere_(b.weight)',
      'torch.elsewhere(c, out=b.weight)',
      'torch.utils.prepare(b.weight)',
    ]) {
      checkValues(`
b = nn.Linear(n, n)
${call}
b.weight  # reveals: ~unknown
`);
    }
  });

  test('may not where a forward pass hands it a weight beside a tensor', () => {
    const passed = (call: string) => `
class Part(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.b = nn.Linear(n, n)
    def forward(self, x):
        return ${call}
part = Part(n)
part(torch.randn(2, n))
part.b.weight  # reveals: `;
    for (const call of ['kernels.mm(x, self.b.weight)', 'torch.ops.own.mm(x, self.b.weight)[0]'])
      checkValues(`${passed(call)}~n^-½\n`);
    for (const call of [
      'kernels.init_with(x, self.b.weight)',
      'kernels.fill_(x, self.b.weight)',
      'kernels.prepare(self.b.weight)',
      'kernels.prepare(x, self.b)',
    ])
      checkValues(`${passed(call)}~unknown\n`);
  });

  test('may initialize the rows of a weight', () => {
    checkValues(`
b = nn.Linear(n, n)
for row in b.weight: nn.init.zeros_(row)
b.weight  # reveals: ~n^-½ or ~0
`);
  });

  test('may where nothing but a name is known of it', () => {
    checkValues(`
b = nn.Linear(n, n)
tune(b)
b.weight  # reveals: ~unknown
`);
  });

  test('trains, logs or saves a whole model', () => {
    checkValues(`${NET}
lib.train(net)
lib.watch(net)
net.b.weight  # reveals: ~0
`);
  });

  for (const name of ['init_params', 'reset', 'load_weights', 'from_pretrained', 'initialize']) {
    test(`may initialize a whole model where it is called ${name}`, () => {
      checkValues(`${NET}
lib.${name}(net)
net.b.weight  # reveals: ~unknown
`);
    });
  }

  test('may initialize anything while a model is built', () => {
    checkValues(`
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.b = nn.Linear(n, n)
        lib.prepare(self)
Net(n).b.weight  # reveals: ~unknown
`);
  });

  test('makes a part of a model that is being built where it is a class, and nothing known otherwise', () => {
    checkValues(`
import lib
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.part = lib.Part(n)
        self.made = lib.make(n)
net = Net(n)
net.part  # reveals: Part()
net.made  # reveals: unknown
lib.Part(n)  # reveals: unknown
`);
  });

  test('is an initializer that is not in the tables', () => {
    checkValues(`
b = nn.Linear(n, n)
nn.init.missing_(b.weight)
b.weight  # reveals: ~unknown
`);
  });
});

describe('a model', () => {
  for (const state of [
    '{name: 2 * torch.randn_like(p) for name, p in net.state_dict().items()}',
    "{'b.weight': torch.randn(n, n)}",
    'dict((name, torch.randn_like(p)) for name, p in net.named_parameters())',
    "net.state_dict() | {'b.weight': torch.randn(n, n)}",
    "torch.load(path) if flag else {'b.weight': torch.randn(n, n)}",
  ]) {
    test(`starts with a state that the code computes: ${state}`, () => {
      checkValues(`${NET}
net.load_state_dict(${state})
net.b.weight  # reveals: ~unknown
`);
    });
  }

  test('starts as before with its own state', () => {
    checkValues(`${NET}
net.load_state_dict(net.state_dict().copy())
net.b.weight  # reveals: ~0
`);
  });

  test('starts with a state that the code computes on a condition, or as before', () => {
    checkValues(`${NET}
if flag:
    net.load_state_dict({name: 2 * torch.randn_like(p) for name, p in net.state_dict().items()})
net.b.weight  # reveals: ~unknown or ~0
`);
  });

  test('may go on with what is loaded', () => {
    checkValues(`${NET}
net.load_state_dict(torch.load(path))
net.b.weight  # reveals: ~0 or ~unknown
`);
  });

  test('may go on with what is loaded, whatever the names and numbers in it become', () => {
    checkValues(`${NET}
state = torch.load(path)
if flag:
    state = {name: t.float() if t.dtype == torch.bfloat16 else t for name, t in state.items()}
state = {name.removeprefix('module.'): t for name, t in state.items()}
if 'b.bias' not in state:
    state['b.bias'] = torch.ones(n)
net.load_state_dict(state)
net.b.weight  # reveals: ~0 or ~unknown
`);
  });

  test('starts with what the code puts into a state that is loaded', () => {
    checkValues(`${NET}
state = {name: t for name, t in torch.load(path).items()}
state['b.weight'] = torch.randn(n, n)
net.load_state_dict(state)
net.b.weight  # reveals: ~unknown
`);
  });

  test('is initialized by what is applied to it, if that is read', () => {
    checkValues(`${NET}
def init(m):
    if isinstance(m, nn.Linear): nn.init.normal_(m.weight, std=0.02)
net.apply(init)
net.b.weight  # reveals: ~0.02
net.apply(lib.init)
net.b.weight  # reveals: ~unknown
`);
  });

  test('is initialized by a loop over its modules', () => {
    checkValues(`${NET}
for m in net.modules():
    if isinstance(m, nn.Linear): nn.init.normal_(m.weight, std=0.02)
net.b.weight  # reveals: ~0.02
for name, p in net.named_parameters():
    if name.endswith('weight'): nn.init.ones_(p)
    else: nn.init.zeros_(p)
net.b.weight  # reveals: ~1
for p in net.parameters(): nn.init.normal_(p)
net.b.weight  # reveals: ~1
`);
  });
});

const HANDED = `
import lib
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.a = nn.Linear(3, n)
        nn.init.ones_(self.a.weight)
    def forward(self, x):
        return self.a(x)
net = Net(n)
`;

describe('a model that is handed to code that is not read', () => {
  for (const given of [
    'lib.wrap(net, 1 / n)',
    'lib.apply_mup(net, base)',
    'lib.make(net)',
    'lib.convert_to_mup(net)',
    'lib.watch_scaled(net)',
    'lib.move_to_mu(net)',
    'lib.convert_model(net)',
    'rewrite(net)',
    'tuner.rewrite(net, n)',
    'lib.Tuner(n).rescale(net)',
    'lib.adapt([net])',
  ]) {
    test(`may start and end otherwise: ${given}`, () => {
      checkValues(`${HANDED}
${given}
net(torch.randn(2, 3))  # reveals: unread 'a forward hook'(input)
net.a.weight  # reveals: ~unknown
`);
    });
  }

  test('may be multiplied by what holds it', () => {
    checkValues(`${HANDED}
lib.Scaled(net)
net(torch.randn(2, 3))  # reveals: unread 'a forward hook'(input)
net.a.weight  # reveals: ~1
`);
  });

  for (const given of [
    'lib.watch(net, 100)',
    'lib.train(net, 10)',
    'lib.train_one_epoch(net, loader)',
    'lib.Trainer(net)',
    'lib.count_parameters(net)',
    'lib.print_trainable_parameters(net)',
    'lib.get_num_params(net)',
    'lib.ModelEMA(net, 0.99)',
    'lib.make_optimizer(net, n)',
    'accelerate.Accelerator().prepare(net)',
    'accelerator.accumulate(net)',
    'deepspeed.initialize(model=net)',
    'peft.get_peft_model(net, lib.LoraConfig(n))',
    'wandb.watch(net)',
    'torchinfo.summary(net, (1, n))',
    'net.to(device)',
    'fabric.setup(net)',
  ]) {
    test(`is as it was where that uses, keeps or moves it: ${given}`, () => {
      checkValues(`${HANDED}
import accelerate, deepspeed, peft, torchinfo, wandb
${given}
net(torch.randn(2, 3))  # reveals: (input·Linear.weight + Linear.bias)
net.a.weight  # reveals: ~1
`);
    });
  }

  for (const given of [
    'lib.train(net, n)',
    'lib.evaluate_core(net, n)',
    'lib.Trainer(net, n)',
    'lib.print_summary(net, [n])',
  ]) {
    test(`may be multiplied by a number that is handed over with it: ${given}`, () => {
      checkValues(`${HANDED}
${given}
net(torch.randn(2, 3))  # reveals: scale unknown(input·Linear.weight + Linear.bias)
net.a.weight  # reveals: ~1
`);
    });
  }

  for (const name of [
    'printer_rescale',
    'trainify',
    'countdown',
    'savefy',
    'formatter',
    'checkered',
    'timestep_embed',
    'totally_rewire',
    'sample_layers',
    'append_head',
    'insert_adapters',
    'disable_bias',
    'mup_tools.save',
    'SampledNet',
    'TestScaled',
    'OutputHook',
  ]) {
    test(`may be multiplied by what only begins like a word for use, or has a word for more: ${name}`, () => {
      checkValues(`${HANDED}
lib.${name}(net)
net(torch.randn(2, 3))  # reveals: unread 'a forward hook'(input)
`);
    });
  }
});

describe('what PyTorch has under a name that the code has given something else', () => {
  test('is not what it was, as a function, an initializer or a layer', () => {
    checkValues(`
import lib
import torch.nn.functional as F
torch.tanh = lib.tanh
nn.init.ones_ = lib.start
b = nn.Linear(n, n)
h = b(torch.randn(2, n))
torch.tanh(h)  # reveals: unread 'torch.tanh = …'(input·Linear.weight + Linear.bias)
torch.relu(h)  # reveals: relu(input·Linear.weight + Linear.bias)
nn.init.ones_(b.weight)
b.weight  # reveals: ~unknown
F.linear = lib.linear
b(torch.randn(2, n))  # reveals: unread 'torch.nn.functional.linear = …'(input, Linear.weight, Linear.bias)
`);
  });
});
