import { expect, test } from 'vitest';
import { onlyModel } from '../../../test/check-findings.ts';
import { graphOf } from '../../../test/graph-of.ts';

/** A chain of layers that is put together line by line. */
const chain = (middle: string) => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, n, clean=False, depth=3):
        super().__init__()
        links = [nn.Linear(8, n, bias=False)]
        ${middle.replaceAll('\n', '\n        ')}
        links.append(nn.Linear(n, 10, bias=False))
        self.links = nn.Sequential(*links)

    def forward(self, x):
        return self.links(x)
`;

const choices = (middle: string) => graphOf(chain(middle)).filter((line) => /\bchoice\b/.test(line));

const NORM = 'links.append(nn.LayerNorm(n, elementwise_affine=False))';

test('a link that a condition adds is there where that holds', () => {
  expect(choices(`if clean:\n    ${NORM}\nlinks.append(nn.ReLU())`)).toEqual([
    expect.stringMatching(/choice clean 4 3$/),
  ]);
  expect(choices(`if not clean:\n    ${NORM}\nlinks.append(nn.ReLU())`)).toEqual([
    expect.stringMatching(/choice clean 3 4$/),
  ]);
  expect(choices(NORM)).toEqual([]);
});

test('so that a start which only the norm behind it makes right is not called right', () => {
  const wanted = (middle: string) =>
    onlyModel(
      chain(
        `links.append(nn.Linear(n, n, bias=False))\nnn.init.normal_(links[-1].weight, std=0.02)\n${middle}`,
      ),
    ).weights.find(({ name }) => name === 'links.1.weight')?.wants?.b;
  expect(wanted(NORM)).toBe(0);
  expect(wanted(`if clean:\n    ${NORM}`)).not.toBe(0);
});

test('links of the rounds of a loop are there', () => {
  const round = `for _ in range(depth):\n    links.append(nn.Linear(n, n, bias=False))\n    links.append(nn.ReLU())`;
  expect(choices(round)).toEqual([]);
});
