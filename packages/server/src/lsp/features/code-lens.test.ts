import { analyse } from '@widthwise/analysis/testing';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { codeLenses } from './code-lens.ts';

const TEXT = `import torch
from torch import nn

hidden = 512
net = nn.Sequential(
    nn.Linear(784, hidden),
    nn.Tanh(),
    nn.Linear(hidden, 10),
)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
`;

test('a check of a network without a class is handed the code that makes it, and what that calls its sizes', () => {
  const document = TextDocument.create('file:///train.py', 'python', 1, TEXT);
  const lenses = codeLenses(document, analyse(TEXT), true);
  const check = lenses.find(({ command }) => command?.title === 'Check this model');
  const code = TEXT.slice(TEXT.indexOf('nn.Sequential'), TEXT.indexOf('\noptimizer'));
  expect(check?.command?.arguments).toEqual([
    document.uri,
    null,
    { line: 5, code, widths: ['hidden'], inputs: 784 },
  ]);
});
