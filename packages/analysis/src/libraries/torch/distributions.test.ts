import { describe, expect, test } from 'vitest';
import { chainModel } from '../../../test/chain-model.ts';
import { findingsOf, onlyModel } from '../../../test/check-findings.ts';

const HEAD = 'self.c(torch.tanh(self.b(torch.tanh(self.a(x)))))';

/** A model whose forward pass makes a distribution of its last layer. */
const policy = (
  made: string,
  gives: string,
  imports = 'from torch.distributions import Categorical, Normal',
) => chainModel({ before: imports, forward: `policy = ${made.replace('HEAD', HEAD)}\nreturn ${gives}` });

describe('the parameters of a distribution are what a loss is taken of', () => {
  test.each([
    ['Categorical(logits=HEAD)', 'policy'],
    ['Categorical(logits=HEAD)', 'policy.log_prob(x), policy.entropy()'],
    ['Normal(HEAD, 0.1)', 'policy.log_prob(x)'],
    ['Normal(HEAD, self.c.bias)', 'policy.rsample()'],
  ])('%s gives %s', (made, gives) => {
    const source = policy(made, gives);
    expect(onlyModel(source).weights.map(({ role }) => role)).toEqual(['input', 'hidden', 'output']);
    expect(findingsOf('MUP302', source)).toHaveLength(1);
    expect(findingsOf('MUP104', source)).toHaveLength(1);
  });

  test('by the name of their module, too', () => {
    const from = 'from torch.distributions.categorical import Categorical';
    expect(findingsOf('MUP104', policy('Categorical(logits=HEAD)', 'policy.log_prob(x)', from))).toHaveLength(
      1,
    );
  });

  test('what is drawn from one is data: nothing is trained through it', () => {
    const source = policy('Categorical(logits=HEAD)', 'policy.sample()');
    expect(findingsOf('MUP104', source)).toEqual([]);
  });

  test('one that is not described is not followed', () => {
    const source = policy(
      'Dirichlet(HEAD)',
      'policy.log_prob(x)',
      'from torch.distributions import Dirichlet',
    );
    expect(findingsOf('MUP104', source)).toEqual([]);
  });
});
