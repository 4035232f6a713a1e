import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';
import { checkValues } from '../../../test/check-values.ts';

test('a list of which a condition decides how it goes on begins as it does on every way', () => {
  checkValues(`
outs = (n, 2) if asked else (n,)
outs[0]  # reveals: n
outs[:1]  # reveals: [n]
made = (4,) + outs[1:]
made[0]  # reveals: 4
more = (4,) + outs
more[1]  # reveals: n
more[1:][0]  # reveals: n
steps = [8]
if asked:
    steps.append(16)
steps.append(32)
steps[0]  # reveals: 8
steps[1]  # reveals: 16 or 32
`);
});

test('what a comprehension leaves out is not missed before the first item that it may leave out', () => {
  checkValues(`
kept = tuple(v for v in [4, 2 * n, given, 2] if v is not None)
kept[0]  # reveals: 4
kept[1]  # reveals: n
`);
});

test('tuples that are too many to be told apart begin as all of them do', () => {
  const ways = Array.from(
    { length: 9 },
    (_, at) => `${at === 0 ? 'if' : 'elif'} asked == ${at}: r = (n, ${at}, k)`,
  );
  checkValues(`
r = (n, k)
${ways.join('\n')}
r[0]  # reveals: n
`);
});

/** Blocks that give their features first, and behind them what was asked for, as older ones of transformers do. */
const TUPLES = `
import torch
from torch import nn

class Mix(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.fc = nn.Linear(d, d)
        self.gate = nn.Linear(d, d)
    def forward(self, x, ask=False):
        y = self.fc(x) * torch.sigmoid(self.gate(x))
        outputs = (y,)
        if ask:
            outputs += (self.gate(x),)
        return outputs

class Block(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.mix = Mix(d)
    def forward(self, x, ask=False):
        mixed = self.mix(x, ask)
        return (mixed[0] + x,) + mixed[1:]

class Net(nn.Module):
    def __init__(self, vocab, d, layers):
        super().__init__()
        self.embed = nn.Embedding(vocab, d)
        self.blocks = nn.ModuleList([Block(d) for _ in range(layers)])
        self.head = nn.Linear(d, vocab)
    def encode(self, h, ask, whole):
        states, gates = () if whole else None, () if ask else None
        for block in self.blocks:
            if whole:
                states = states + (h,)
            made = block(h, ask)
            h = made[0]
            if ask:
                gates = gates + (made[1],)
        return tuple(v for v in [h, states, gates] if v is not None)
    def forward(self, ids, ask=None, whole=None):
        made = self.encode(self.embed(ids), ask, whole)
        return (self.head(made[0]),) + made[1:]
`;

test('features that blocks give in tuples are followed, and what comes behind them is no output of its own', () => {
  const { widths, weights } = onlyModel(TUPLES);
  expect(widths).toEqual(['d']);
  expect(weights.filter(({ role }) => role === null)).toEqual([]);
});
