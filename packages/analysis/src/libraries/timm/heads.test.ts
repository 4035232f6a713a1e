import { expect, test } from 'vitest';
import { loadTestAnalyser } from '../../../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from '../../options.ts';

const analyser = await loadTestAnalyser();

const images = ({ made, read = 'self.head(x)' }: { readonly made: string; readonly read?: string }) => `
import torch
from torch import nn
from timm.layers import ClassifierHead, ClNormMlpClassifierHead, NormMlpClassifierHead
from timm.layers import SelectAdaptivePool2d, create_classifier

class Images(nn.Module):
    def __init__(self, size=64, kinds=10, pooled='avg', drop=0.1):
        super().__init__()
        self.stem = nn.Conv2d(3, size, 3)
        self.block = nn.Conv2d(size, size, 3)
        ${made}
        for part in self.modules():
            if isinstance(part, nn.Linear):
                nn.init.normal_(part.weight, std=0.01)

    def forward(self, x):
        x = torch.relu(self.block(torch.relu(self.stem(x))))
        return ${read}
`;

const HEADS = [
  { made: 'self.head = ClassifierHead(size, kinds, pool_type=pooled, drop_rate=drop)' },
  { made: 'self.head = NormMlpClassifierHead(size, kinds, pool_type=pooled, drop_rate=drop)' },
  { made: 'self.head = ClNormMlpClassifierHead(size, kinds)', read: 'self.head(x.permute(0, 2, 3, 1))' },
  {
    made: 'self.pool, self.head = create_classifier(size, kinds, pool_type=pooled)',
    read: 'self.head(self.pool(x))',
  },
  {
    made: 'self.pool, self.drop, self.head = create_classifier(size, kinds, pooled, drop_rate=drop)',
    read: 'self.head(self.drop(self.pool(x)))',
  },
  {
    made: 'self.pool = SelectAdaptivePool2d(pool_type=pooled, flatten=True); self.head = nn.Linear(size, kinds)',
    read: 'self.head(self.pool(x))',
  },
];

test.each(HEADS)("a readout of timm's is one: $made", (head) => {
  const { models, findings } = analyser.analyse(images(head), { ...DEFAULT_OPTIONS, profile: 'mup' });
  const readouts = models[0]?.weights.filter(({ role }) => role === 'output').map(({ name }) => name);
  expect(new Set(readouts)).toEqual(
    new Set([head.made.includes('ClassifierHead') ? 'head.fc.weight' : 'head.weight']),
  );
  expect(findings.filter(({ severity }) => severity !== 'hint').map(({ code }) => code)).toEqual(['MUP104']);
});

test('with hidden units of its own, those are hidden', () => {
  for (const form of ['NormMlpClassifierHead', 'ClNormMlpClassifierHead']) {
    const read = form.startsWith('Cl') ? 'self.head(x.permute(0, 2, 3, 1))' : 'self.head(x)';
    const source = images({ made: `self.head = ${form}(size, kinds, hidden_size=2 * size)`, read });
    const { models } = analyser.analyse(source, { ...DEFAULT_OPTIONS, profile: 'mup' });
    const role = (name: string) => models[0]?.weights.find((one) => one.name === name)?.role;
    expect([role('head.pre_logits.fc.weight'), role('head.fc.weight')]).toEqual(['hidden', 'output']);
  }
});

test('the mean beside the largest is twice as wide', () => {
  const source = images({ made: "self.head = ClassifierHead(size, kinds, pool_type='catavgmax')" });
  const { models } = analyser.analyse(source, { ...DEFAULT_OPTIONS, profile: 'mup' });
  expect(models[0]?.weights.find(({ name }) => name === 'head.fc.weight')).toMatchObject({
    role: 'output',
    shape: 'kinds × size·2',
  });
});
