import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { analyse } from '../../../test/check-findings.ts';

/** The exponents of the rates of a, b and c, where an engine trains them; `?` where one is not known. */
function rates(given: string, optimizer = 'None'): string {
  const source = chainModel({ before: 'import deepspeed', optimizer: 'None' });
  const { models } = analyse(`${source}
def train(args, loader, n, lr):
    net = Net(n)
    deepspeed.init_distributed()
    wide = [net.b.weight, net.c.weight]
    optimizer = ${optimizer}
    engine, optimizer, _, _ = deepspeed.initialize(model=net, ${given})
    for x, y in loader:
        engine.backward(F.cross_entropy(engine(x), y))
        engine.step()
`);
  return models[0]?.weights.map(({ a, c }) => (a === 0 ? (c ?? '?') : 'multiplied')).join(' ') ?? '';
}

const GROUPED =
  "torch.optim.AdamW([{'params': net.a.weight}, {'params': wide, 'lr': lr / n}], lr=lr, weight_decay=0.0)";
const PLAIN = 'torch.optim.AdamW(net.parameters(), lr=lr)';

describe('deepspeed.initialize', () => {
  test('trains by the optimizer that it is given', () => {
    expect(rates("optimizer=optimizer, config={'train_batch_size': 8}", GROUPED)).toBe('0 1 1');
    expect(rates("optimizer=optimizer, config={'train_batch_size': 8}", PLAIN)).toBe('0 0 0');
  });

  test.each(["config={'scheduler': {'type': 'WarmupLR'}}", "config='settings.json'", 'args=args'])(
    'may give all groups one rate, by the scheduler of a configuration: %s',
    (config) => {
      expect(rates(`optimizer=optimizer, ${config}`, GROUPED)).toBe('0 ? ?');
      expect(rates(`optimizer=optimizer, ${config}`, PLAIN)).toBe('0 0 0');
      expect(rates(`optimizer=optimizer, lr_scheduler=plan(optimizer), ${config}`, PLAIN)).toBe('? ? ?');
    },
  );

  test('trains by the optimizer that its configuration names', () => {
    const config = (lr: string) => `{'optimizer': {'type': 'Adam', 'params': {'lr': ${lr}}}}`;
    expect(rates(`model_parameters=net.parameters(), config=${config('3e-4')}`)).toBe('0 0 0');
    expect(rates(`config=${config('lr / n')}`)).toBe('1 1 1');
    expect(rates("config='settings.json'")).toBe('? ? ?');
  });
});
