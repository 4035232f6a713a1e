import { analyse } from '@widthwise/analysis/testing';
import { expect, test } from 'vitest';
import type { Linted } from '../../sources/analyse-files.ts';
import { lintJson } from './lint-json.ts';
import { lintText } from './lint-text.ts';

const TERMINAL = { columns: null, plain: (text: string) => text, toned: (_: string, text: string) => text };

/** A model of which one initialization is wrong, and stands behind some text on its line. */
function linted(before: string, after: string = ''): Linted {
  const text = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a, self.b, self.c = nn.Linear(64, width), nn.Linear(width, width), nn.Linear(width, 10)
        name = ${before}; nn.init.normal_(self.b.weight, std=0.02)${after}
        nn.init.zeros_(self.c.weight)

    def forward(self, x):
        return self.c(self.b(self.a(x).relu()).relu())
`;
  return {
    files: [{ path: 'model.py', text, analysis: analyse(text, { profile: 'mup' }) }],
    unread: [],
    leftOut: [],
  };
}

/** Where `nn` stands in a line of the text, in columns of a terminal: CJK and emoji take two, what combines none. */
function framed(before: string, after?: string): readonly [head: string, code: string, carets: string] {
  const lines = lintText(linted(before, after), 0, TERMINAL).split('\n');
  const at = lines.findIndex((line) => /^ +\d+ \| /.test(line));
  return [lines[0]!, lines[at]!, lines[at + 1]!];
}

test.each([
  ["'abc'", 23, 0],
  ["'🙂🙂🙂'", 23, 3],
  ["'漢字'", 22, 2],
  ["'e\u0301e\u0301'", 24, -2],
  ["'ア'", 21, 1],
])('a finding behind %s stands at the character %d', (before, column, wider) => {
  const [head, code, carets] = framed(before);
  expect(head).toMatch(new RegExp(`^model\\.py:8:${column}: `));
  expect(lintJson(linted(before)).findings[0]).toMatchObject({ line: 8, column });
  const gutter = '  8 | '.length;
  expect(carets.indexOf('^')).toBe(gutter + column - 1 + wider);
  expect([...code].findIndex((_, at, all) => all.slice(at).join('').startsWith('nn.init'))).toBe(
    gutter + column - 1,
  );
});

test('what is unseen in a line of code is shown, and the carets stand under what they mark', () => {
  const [, code, carets] = lintText(linted("'\u001b[2J\u202e'"), 0, {
    ...TERMINAL,
    plain: (text) => text.replaceAll('\u001b', '\\x1b').replaceAll('\u202e', '\\u202e'),
  })
    .split('\n')
    .slice(2);
  expect(code).toContain(String.raw`'\x1b[2J\u202e'`);
  expect(carets?.indexOf('^')).toBe(code?.indexOf('nn.init'));
});

test('of a line of a megabyte only what is around the finding is shown', () => {
  const [, code, carets] = framed(`'${'x'.repeat(500_000)}'`, `; y = '${'z'.repeat(500_000)}'`);
  expect(code.length).toBeLessThan(500);
  expect(code).toMatch(/…x+'; nn\.init\.normal_\(self\.b\.weight, std=0\.02\); y = 'z+…$/);
  expect(carets.indexOf('^')).toBe(code.indexOf('nn.init'));
});

test('a width that is declared and that no model has is told, with the name that was meant', () => {
  const net = (width: string) => `from torch import nn

class Net(nn.Module):
    def __init__(self, ${width}):
        super().__init__()
        self.a = nn.Linear(8, ${width})
        self.b = nn.Linear(${width}, 1)

    def forward(self, x):
        return self.b(self.a(x))
`;
  const said = (declared: string | null, ...files: readonly string[]) => {
    const linted = files.map((text, at) => ({
      path: `net${at}.py`,
      text,
      analysis: analyse(text, { profile: 'mup', widths: declared === null ? [] : [declared] }),
    }));
    return lintText({ files: linted, unread: [], leftOut: [] }, 0, TERMINAL);
  };
  const told = 'n_embed is declared a width, and no model here has a size of that name (did you mean';
  expect(said('n_embed', net('n_embd'), net('hidden'))).toContain(`${told} 'n_embd'?)\n`);
  expect(said('n_embd', net('n_embd'), net('hidden'))).not.toContain('is declared a width');
  expect(said('n_embed', net('n_embd'))).toContain(`${told} 'n_embd'?)\n`);
  const commented = (name: string) => `# widthwise: width(${name})\n${net('n_embd')}`;
  expect(said(null, commented('n_embed'), net('hidden'))).toContain(
    "\nnet0.py: n_embed is declared a width, and no model of the file has a size of that name (did you mean 'n_embd'?)\n",
  );
  expect(said('n_embed', commented('n_embed')).match(/is declared/g)?.length).toBe(1);
  expect(said(null, commented('n_embd'), net('hidden'))).not.toContain('is declared a width');
});

test('a model that is unstable though nothing is left to be found says so, and why', () => {
  const tied = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.table = nn.Embedding(64, width)
        self.c = nn.Linear(width, 64, bias=False)
        self.c.weight = self.table.weight  # widthwise: ignore[MUP206]

    def forward(self, x):
        return self.c(self.table(x))

model = Net(256)
optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
`;
  const analysis = analyse(tied, { profile: 'mup' });
  expect(analysis.findings).toEqual([]);
  const said = (given: typeof analysis) =>
    lintText(
      { files: [{ path: 'net.py', text: tied, analysis: given }], unread: [], leftOut: [] },
      0,
      TERMINAL,
    );
  expect(said(analysis)).toContain(
    '1 file, 1 model, 0 findings in 0.00 s\nNet is unstable as width grows, and no finding that is left says where (table.weight: one tensor is embedding and readout',
  );
  expect(said(analysis)).toContain('`widthwise explain net.py` shows each weight\n');
  const [{ analysis: other }] = linted("'a'").files as [Linted['files'][number]];
  const [found] = other.findings as [(typeof other.findings)[number]];
  const hint = { ...analysis, findings: [{ ...found, severity: 'hint' as const }] };
  expect(said(hint)).toContain('no finding that is left');
  const ofTable = { ...hint, findings: hint.findings.map((one) => ({ ...one, weights: ['table.weight'] })) };
  expect(said(ofTable)).not.toContain('no finding that is left');
  const elsewhere = { path: 'train.py', offset: 0 };
  expect(said({ ...hint, findings: hint.findings.map((one) => ({ ...one, elsewhere })) })).not.toContain(
    'no finding that is left',
  );
  const script = {
    ...analysis,
    models: [],
    findings: [{ ...found, model: 'Net' }],
    trained: [{ name: 'Net', weights: analysis.models[0]!.weights }],
  };
  const beside = (one: typeof analysis) => {
    const files = [analysis, one].map((each, at) => ({ path: `${at}.py`, text: tied, analysis: each }));
    return lintText({ files, unread: [], leftOut: [] }, 0, TERMINAL);
  };
  expect(beside(script)).not.toContain('no finding that is left');
  const namesake = { ...script, trained: [{ name: 'Net', weights: [] }] };
  expect(beside(namesake)).toContain('no finding that is left');
  expect(said({ ...analysis, profile: 'advisory' })).not.toContain('no finding that is left');
  expect(lintText(linted("'a'"), 0, TERMINAL)).not.toContain('no finding that is left');
});
