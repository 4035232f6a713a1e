import { describe, expect, test } from 'vitest';
import { chainModel } from '../../test/chain-model.ts';
import { onlyModel } from '../../test/check-findings.ts';
import { verdictLine } from '../words/regime-text.ts';

const alone = (parts: Parameters<typeof chainModel>[0]) =>
  onlyModel(chainModel({ ...parts, optimizer: 'None' }));

describe('a model of which no optimizer is found', () => {
  test('is judged as Adam trains it at one rate, as PyTorch starts it: unstable, its rates are too large', () => {
    const model = alone({});
    expect(model.verdict).toBe(null);
    expect(model.underAdam?.verdict.regime).toBe('unstable');
    expect(model.underAdam?.problems.map((problem) => problem.split(' is ')[0])).toEqual([
      'b.weight, c.weight: learning rate',
    ]);
    expect(verdictLine(model)).toBe(
      'if Adam trains it at one rate, unstable as width grows · optimizer not found',
    );
    expect(model.weights.map(({ c, optimizer }) => [c, optimizer])).toEqual(Array(3).fill([null, null]));
  });

  test('keeps features moving at one rate in the form of μP that has multipliers for it', () => {
    const multiplied = alone({
      init: 'nn.init.normal_(self.a.weight); nn.init.normal_(self.b.weight, std=math.sqrt(n)); nn.init.normal_(self.c.weight)',
      forward: 'return self.c(torch.tanh(self.b(torch.tanh(self.a(x))) / self.n)) / self.n',
    });
    expect(multiplied.underAdam).toMatchObject({ verdict: { regime: 'feature-learning' }, problems: [] });
  });

  test('is not judged so where its base shapes say that another trains it', () => {
    const based = alone({ before: 'import mup', after: 'mup.set_base_shapes(model, Net(8), delta=Net(16))' });
    expect(based.underAdam).toBe(null);
  });

  test('is none where a class that is not in sight is given its parameters and a rate', () => {
    const fancy = onlyModel(
      chainModel({ before: 'from fancy import Fancy', optimizer: 'Fancy(model.parameters(), lr=lr)' }),
    );
    expect(fancy.underAdam).toBe(null);
    expect(fancy.missing).toMatchObject([{ why: { kind: 'unread-optimizer', qualified: 'fancy.Fancy' } }]);
  });

  test('is none where one is found', () => {
    expect(onlyModel(chainModel({})).underAdam).toBe(null);
  });
});
