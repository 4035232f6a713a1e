import { describe, expect, test } from 'vitest';
import { chainModel } from '../../test/chain-model.ts';
import { missingIn, onlyModel } from '../../test/check-findings.ts';

/** A model that a loop trains, with what happens between the loss and the step. */
function trained(kind: string, { loss = 'F.mse_loss(model(x), y)', before = '', after = '' }) {
  const optimizer = `torch.optim.${kind}(model.parameters(), lr=lr)
${before}
for x, y in data:
    loss = ${loss}
    optimizer.zero_grad()
    loss.backward()
    ${after.replaceAll('\n', '\n    ')}
    optimizer.step()`;
  return onlyModel(chainModel({ optimizer: optimizer.replaceAll('\n', '\n    ') }));
}

const rates = (model: ReturnType<typeof trained>) => model.weights.map(({ c }) => c);
const NONE = [null, null, null];

describe('under SGD', () => {
  test('a loss of features leaves open how large the gradients of the weights behind them are', () => {
    const hidden = (more: string) => trained('SGD', { loss: `F.mse_loss(model(x), y) + ${more}` });
    const features = hidden('(torch.tanh(model.b(torch.tanh(model.a(x)))) ** 2).sum()');
    expect(rates(features)).toEqual([null, null, 0]);
    expect(missingIn(features)).toContainEqual(
      expect.stringMatching(/what a loss of features \(line \d+\) does to/),
    );
    const biased = onlyModel(
      chainModel({
        init: 'self.d = nn.Linear(16, n)',
        forward: 'return self.c(torch.tanh(self.d(x)))',
        optimizer: `torch.optim.SGD(model.parameters(), lr=lr)
    for x, y in data:
        (F.mse_loss(model(x), y) + model.d(x).sum()).backward()
        optimizer.step()`,
      }),
    );
    expect(biased.weights.filter(({ name }) => name.startsWith('d.')).map(({ c }) => c)).toEqual([
      null,
      null,
    ]);
    expect(rates(hidden('1e-4 * (model.b.weight ** 2).sum()'))).toEqual([0, 0, 0]);
  });

  test('a multiple of the loss is one of the rate', () => {
    expect(rates(trained('SGD', { loss: 'F.mse_loss(model(x), y) * n' }))).toEqual([-1, -1, -1]);
    expect(rates(trained('SGD', { loss: 'F.mse_loss(model(x), y) / math.sqrt(n)' }))).toEqual([
      0.5, 0.5, 0.5,
    ]);
    expect(rates(trained('SGD', { loss: '100 * F.mse_loss(model(x), y) / accumulation' }))).toEqual([
      0, 0, 0,
    ]);
  });

  test('clipping leaves no exponent, and the missing line says why', () => {
    for (const after of [
      'torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)',
      'nn.utils.clip_grad_value_(model.parameters(), 1.0)',
      'accelerator.clip_grad_norm_(model.parameters(), 1.0)',
    ]) {
      const model = trained('SGD', { after });
      expect(rates(model)).toEqual(NONE);
      expect(model.verdict).toBeNull();
      expect(missingIn(model)).toContainEqual(
        expect.stringMatching(/: clip_grad_\w+ \(line \d+\) cuts gradients by the size of all together/),
      );
    }
  });

  test('clipping of some leaves the others as they are', () => {
    const after = 'torch.nn.utils.clip_grad_norm_([model.b.weight], 1.0)';
    expect(rates(trained('SGD', { after }))).toEqual([0, null, 0]);
  });

  test('a multiple of gradients leaves no exponent', () => {
    for (const after of [
      'for p in model.parameters():\n    p.grad *= 1 / n',
      'for p in model.parameters():\n    p.grad.div_(n)',
      'for p in model.parameters():\n    if p.grad is not None:\n        p.grad.data.mul_(n)',
    ]) {
      expect(rates(trained('SGD', { after }))).toEqual(NONE);
    }
  });

  test('a hook leaves none', () => {
    expect(rates(trained('SGD', { before: 'model.b.weight.register_hook(lambda g: g / n)' }))).toEqual([
      0,
      null,
      0,
    ]);
    expect(rates(trained('SGD', { before: 'model.b.register_full_backward_hook(scale)' }))).toEqual(NONE);
  });
});

describe('under Adam', () => {
  test('neither a multiple of loss or gradients nor clipping changes a rate', () => {
    const loss = 'F.mse_loss(model(x), y) * n';
    const after = `for p in model.parameters():
    p.grad /= n
torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)`;
    expect(rates(trained('AdamW', { loss, after }))).toEqual([0, 0, 0]);
  });

  test('gradients that something else is made of have unknown updates', () => {
    const after = 'for p in model.parameters():\n    p.grad.copy_(noise(p))';
    const model = trained('Adam', { after });
    expect(rates(model)).toEqual(NONE);
    expect(missingIn(model)).toContainEqual(
      expect.stringMatching(/: what .+ \(line \d+\) does to (?:its|their) gradient/),
    );
  });
});

test('clipping in a function that nothing in sight calls may be of any gradient', () => {
  const methods = '';
  const source = `${chainModel({ methods, optimizer: 'torch.optim.SGD(model.parameters(), lr=lr)' })}
def train(model, opt, data):
    for x, y in data:
        F.mse_loss(model(x), y).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        opt.step()
`;
  expect(onlyModel(source).weights.map(({ c }) => c)).toEqual(NONE);
});

test('what trains a reparametrized weight is not said', () => {
  const init = 'self.b = nn.utils.parametrizations.spectral_norm(nn.Linear(n, n, bias=False))';
  const model = onlyModel(chainModel({ init, optimizer: 'torch.optim.Adam(model.parameters(), lr=lr)' }));
  expect(rates(model)).toEqual([0, null, 0]);
  expect(missingIn(model)).toContainEqual(expect.stringContaining('a reparametrization (line '));
});

test('an eps of Adam that is not small leaves no exponent', () => {
  const withEps = (eps: string) =>
    rates(onlyModel(chainModel({ optimizer: `torch.optim.AdamW(model.parameters(), lr=lr, eps=${eps})` })));
  expect(withEps('1.0')).toEqual(NONE);
  expect(withEps('1e-3')).toEqual(NONE);
  expect(withEps('1e-8')).toEqual([0, 0, 0]);
  expect(withEps('eps')).toEqual([0, 0, 0]);
});
