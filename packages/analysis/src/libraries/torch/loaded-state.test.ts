import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';

const SOURCE = (loads: string) => `# widthwise: width(n)
import copy
import torch
from torch import nn
from torch.distributed.checkpoint.state_dict import set_model_state_dict

class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.up = nn.Linear(5, n)
        self.mid = nn.Linear(n, n)
        self.out = nn.Linear(n, 3)
    def forward(self, x):
        return self.out(torch.relu(self.mid(torch.relu(self.up(x)))))

def start(n, path):
    net = Net(n)
    if path is not None:
        kept = torch.load(path)
${loads}
    return net, torch.optim.Adam(net.parameters(), lr=1e-3)
`;

const trained = (loads: string) => onlyModel(SOURCE(loads));

const startOfMid = (loads: string) => {
  const mid = trained(loads).weights.find(({ name }) => name === 'mid.weight');
  return mid?.b;
};

test('a state that is put together anew of what was loaded is one of an earlier run', () => {
  const renamed = `        state = {}
        for name, tensor in kept.items():
            state[name.replace('module.', '')] = tensor
        net.load_state_dict(state)`;
  expect(startOfMid(renamed)).toBe(0.5);
  const drawn = renamed.replace('] = tensor', '] = torch.randn(n, n)');
  expect(startOfMid(drawn)).toBeNull();
  const both = renamed.replace('] = tensor', '] = tensor\n            state[name] = torch.randn(n, n)');
  expect(startOfMid(both)).toBeNull();
});

test('a state that is kept of the best round leaves where the model starts', () => {
  const after = (kept: string, loaded = 'best') => `        pass
    best = None
    trainer = torch.optim.SGD(net.parameters(), lr=1)
    for inputs in path:
        net(inputs).mean().backward()
        trainer.step()
        if better(): best = ${kept}
    net.load_state_dict(${loaded})`;
  expect(startOfMid(after('copy.deepcopy(net.state_dict())'))).toBe(0.5);
  expect(startOfMid(after('net.state_dict()'))).toBe(0.5);
  const others = after(
    "copy.deepcopy(net.state_dict())\n        if best: best['mid.weight'] = torch.randn(n, n)",
  );
  expect(startOfMid(others)).toBeNull();
  expect(startOfMid(after('{name: p * n for name, p in net.state_dict().items()}'))).toBeNull();
  expect(startOfMid(after('Net(n).state_dict()'))).toBe(0.5);
  const otherwise = after('other.state_dict()').replace(
    'pass\n',
    'pass\n    other = Net(n)\n    nn.init.normal_(other.mid.weight, std=1)\n',
  );
  expect(startOfMid(otherwise)).toBeNull();
});

test('but not one that is given another buffer', () => {
  const head = 'self.out = nn.Linear(n, 3)';
  const kept = (change: string) =>
    onlyModel(
      SOURCE(`        state = net.state_dict()\n        ${change}\n        net.load_state_dict(state)`)
        .replace(head, `${head}\n        self.register_buffer('scale', torch.ones(1))`)
        .replace('self.out(', 'self.scale * self.out('),
    ).weights.find(({ name }) => name === 'mid.weight')?.b;
  expect(kept('pass')).toBe(0.5);
  expect(kept("state['scale'] = torch.ones(n)")).toBeNull();
});

test('so is what sets the state of a sharded model', () => {
  expect(startOfMid('        set_model_state_dict(net, kept)')).toBe(0.5);
  const computed = '        set_model_state_dict(net, {name: p * n for name, p in net.state_dict().items()})';
  expect(startOfMid(computed)).toBeNull();
});

test('what a sharded model is told to fetch ahead is left as it is', () => {
  const given = (method: string) =>
    trained(`        net.${method}([net.mid, net.out])`).weights.find(({ name }) => name === 'mid.weight');
  expect(given('set_modules_to_forward_prefetch')?.a).toBe(0);
  expect(given('rescale_parts')?.a).toBeNull();
});

test('a model whose memory is empty starts as the code says that fills it, or as what it is loaded with', () => {
  const emptied = (filled: string) => `        pass
    net = net.to_empty(device="cuda")
    ${filled}`;
  const choice = 'if path is None: nn.init.normal_(net.mid.weight, std=0.02)';
  expect(startOfMid(emptied('nn.init.normal_(net.mid.weight, std=0.02)'))).toBe(0);
  expect(startOfMid(emptied(`${choice}\n    else: set_model_state_dict(net, kept)`))).toBe(0);
  expect(startOfMid(emptied('net.mid.reset_parameters()'))).toBe(0.5);
  expect(startOfMid(emptied('pass'))).toBeNull();
  expect(startOfMid(emptied('nn.init.normal_(net.out.weight, std=0.02)'))).toBeNull();
  expect(startOfMid(emptied(`nn.init.normal_(net.mid.weight, std=0.02)\n    fill(net)`))).toBeNull();
});

test('an instance that is only loaded, beside one that the code starts, was started as that one is', () => {
  const beside = (begins: string) =>
    `${SOURCE('        pass')}
def begin(n):
    net = Net(n)
    nn.init.normal_(net.mid.weight, std=0.02)
    return torch.optim.Adam(net.parameters(), lr=1e-3)
`.replace('net = Net(n)', begins);
  const startOf = (begins: string) =>
    onlyModel(beside(begins)).weights.find(({ name }) => name === 'mid.weight')?.b;
  expect(startOf('net = Net(n)\n    net.load_state_dict(torch.load(path))')).toBe(0);
  expect(startOf('net = Net(n)')).toBeNull();
});
