/**
 * Distributions that networks give: a loss is taken of their parameters, whichever of a probability or an entropy it is
 * made of, and what is drawn from them is data.
 */
const DISTRIBUTIONS = `
import torch
import torch.nn.functional as F

class _Distribution:
    def sample(self, sample_shape=()):
        return torch.randn_like(self.given).detach()

    def sample_n(self, n):
        return self.sample()

    def log_prob(self, value):
        return -F.cross_entropy(self.given, value, reduction='none')

    def entropy(self):
        return F.cross_entropy(self.given, self.sample(), reduction='none')

class Categorical(_Distribution):
    def __init__(self, probs=None, logits=None, validate_args=None):
        self.given = probs if probs is not None else logits
        self.logits = logits if logits is not None else torch.log(probs)
        self.probs = probs if probs is not None else torch.softmax(logits, -1)

class Bernoulli(Categorical):
    pass

class OneHotCategorical(Categorical):
    pass

class Normal(_Distribution):
    def __init__(self, loc, scale, validate_args=None):
        self.given = loc
        self.loc = self.mean = loc
        self.scale = self.stddev = scale

    def rsample(self, sample_shape=()):
        return self.loc + self.scale * torch.randn_like(self.loc)

    def log_prob(self, value):
        return -F.mse_loss(self.loc, value, reduction='none') - F.mse_loss(self.scale, value, reduction='none')

    def entropy(self):
        return F.mse_loss(self.scale, self.scale.detach(), reduction='none')
`;

const NAMES = ['Categorical', 'Bernoulli', 'OneHotCategorical', 'Normal'];

const MODULE = 'torch.distributions.described';
const FROM = `from ${MODULE} import `;

/** The modules of PyTorch that they are in. */
export const DISTRIBUTION_MODULES: ReadonlyMap<string, string> = new Map([
  [MODULE, DISTRIBUTIONS],
  ['torch.distributions', `${FROM}${NAMES.join(', ')}\n`],
  ['torch.distributions.categorical', `${FROM}Categorical\n`],
  ['torch.distributions.bernoulli', `${FROM}Bernoulli\n`],
  ['torch.distributions.one_hot_categorical', `${FROM}OneHotCategorical\n`],
  ['torch.distributions.normal', `${FROM}Normal\n`],
]);

/** Their names, by each of those modules. */
export const DISTRIBUTION_CLASSES: readonly string[] = [...DISTRIBUTION_MODULES.keys()].flatMap((module) =>
  NAMES.map((name) => `${module}.${name}`),
);
