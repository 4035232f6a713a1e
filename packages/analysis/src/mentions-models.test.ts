import { describe, expect, test } from 'vitest';
import { placeIn } from '../test/in-memory-workspace.ts';
import { loadTestAnalyser } from '../test/load-analyser.ts';
import { DEFAULT_OPTIONS } from './options.ts';

const analyser = await loadTestAnalyser();

const MODEL = `
class Net(nn.Module):
    def __init__(self, width=512, classes=10):
        super().__init__()
        self.lift = nn.Linear(784, width)
        self.mix = nn.Linear(width, width)
        self.read = nn.Linear(width, classes)

    def forward(self, x):
        return self.read(self.mix(self.lift(x).relu()).relu())
`;

const codes = (files: Readonly<Record<string, string>>, path: string) => {
  const found = analyser.analyse(
    files[path] ?? '',
    { ...DEFAULT_OPTIONS, profile: 'mup' },
    placeIn(files, path),
  );
  return found.findings.map(({ code }) => code);
};

describe('a file that does not name torch is read', () => {
  test('where it trains with an optimizer of another package', () => {
    for (const made of [
      'import cerebras.pytorch as cs\nopt = cs.optim.AdamW(Net().parameters(), lr=0.1)',
      'from lion_pytorch import Lion\nopt = Lion(Net().parameters(), lr=0.1)',
    ]) {
      const files = {
        'net.py': `from torch import nn\n${MODEL}`,
        'run.py': `from net import Net\n${made}\n`,
      };
      expect(codes(files, 'run.py')).toEqual(['MUP301', 'MUP302']);
    }
  });

  test('where it has the modules from a file of its own project', () => {
    const start = `        nn.init.normal_(self.mix.weight, std=0.02)\n\n    def forward`;
    const files = {
      'common.py': 'from torch import nn\n',
      'net.py': `from common import nn\n${MODEL.replace('\n    def forward', start)}`,
    };
    expect(codes(files, 'net.py')).toContain('MUP101');
    expect(codes({ 'net.py': files['net.py'] }, 'net.py')).toEqual([]);
  });

  test('where it has the optimizer with all names of a file of its own project', () => {
    const files = {
      'net.py': `import torch as th\nfrom torch import nn\n${MODEL}`,
      'run.py': 'from net import *\nopt = th.optim.Adam(Net().parameters(), lr=0.1)\n',
    };
    expect(codes(files, 'run.py')).toEqual(['MUP301', 'MUP302']);
    expect(codes({ 'run.py': files['run.py'] }, 'run.py')).toEqual([]);
  });
});
