import { EVIL_NAMES } from '@widthwise/core/testing';

/** A text beyond that is no name to the analyser: any layer of the model may be meant by it, and nothing is found. */
const LONGEST_NAME = 255;

/** The names as a file spells them between its quotes, which is what a model's layers are called. */
export const EVIL_KEYS: readonly string[] = EVIL_NAMES.map((name) =>
  name
    .replaceAll(/["\\]/g, String.raw`\$&`)
    .replaceAll('\n', String.raw`\n`)
    .replaceAll('\r', String.raw`\r`)
    .replaceAll(/\p{Cs}/gu, String.raw`\ud800`),
).filter((key) => key.length <= LONGEST_NAME);

/** A model of which each layer has an evil name and an initialization that is wrong, so that all of them are named. */
export function evilModel(): string {
  const lines = (of: (key: string) => string): string => EVIL_KEYS.map(of).join('\n');
  return `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(64, width)
        self.parts = nn.ModuleDict({
${lines((key) => `            "${key}": nn.Linear(width, width, bias=False),`)}
        })
        self.last = nn.Linear(width, 10)
${lines((key) => `        nn.init.normal_(self.parts["${key}"].weight, std=0.02)`)}

    def forward(self, x):
        h = self.first(x).relu()
${lines((key) => `        h = self.parts["${key}"](h).relu()`)}
        return self.last(h)

model = Net(128)
opt = torch.optim.Adam(model.parameters(), lr=1e-3)
`;
}
