import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';

import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { exampleText } from '@widthwise/analysis/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { type Editor, startEditor } from '../../../test/editor.ts';
import { folderOf } from '../../../test/folder-of.ts';

const MUP = exampleText('pytorch-mlp');
const PLAIN = exampleText('plain-mlp');
const URI = 'untitled:model.py';

let editor: Editor;
afterEach(() => editor.close());

async function started(settings?: object | 'refused'): Promise<Editor> {
  editor = await startEditor(settings);
  return editor;
}

/** A folder with a configuration, and the URI of a file in it that need not exist. */
async function folderWith(name: string, content: string): Promise<string> {
  return pathToFileURL(join(await folderOf({ [name]: content }), 'model.py')).href;
}

describe('diagnostics', () => {
  test('come with rule, documentation, fix and assumption', async () => {
    const { open } = await started({ profile: 'mup' });
    const [first, ...rest] = await open(URI, MUP);
    expect(rest).toHaveLength(1);
    expect(first).toMatchObject({ code: 'MUP101', source: 'widthwise', severity: 2 });
    expect(first?.codeDescription?.href).toMatch(/docs\/rules\/MUP101\.md$/);
    expect(first?.message).toContain('Assumes `width` is what you scale.');
    const line = MUP.split('\n')[first?.range.start.line ?? 0] ?? '';
    expect(line.slice(first?.range.start.character, first?.range.end.character)).toBe(
      'nn.init.normal_(self.mix1.weight, std=0.02)',
    );
  });

  test('a comment that declares a width which no model has is underlined, with the name that was meant', async () => {
    const { open, type } = await started({ profile: 'mup' });
    const text = `# widthwise: width(width, witdh)\n${MUP}`;
    const told = await open(URI, text);
    expect(told).toHaveLength(3);
    expect(told[0]).toMatchObject({
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 32 } },
      severity: 2,
      message:
        "witdh is declared a width, and no model of the file has a size of that name (did you mean 'width'?).",
    });
    expect(await type(URI, text.replace(', witdh', ''))).toHaveLength(2);
  });

  test('vanish when the fix is typed and return when it is undone', async () => {
    const { open, type } = await started({ profile: 'mup' });
    expect(await open(URI, MUP)).toHaveLength(2);
    expect(await type(URI, MUP.replaceAll('std=0.02', 'std=width**-0.5'))).toEqual([]);
    expect(await type(URI, MUP)).toHaveLength(2);
  });

  test('stay where they are while another line is being typed, and none appears', async () => {
    const { open, type } = await started({ profile: 'mup' });
    const before = await open(URI, MUP);
    const typing = MUP.replace(
      '    def forward',
      '        self.extra = nn.Linear(width, \n\n    def forward',
    );
    const during = await type(URI, typing);
    expect(during.map(({ range }) => range)).toEqual(before.map(({ range }) => range));
    const broken = MUP.replaceAll('std=0.02', 'std=width**-0.5').replace(
      'return self.readout(h)',
      'return self.readout(',
    );
    expect(await type(URI, broken)).toEqual([]);
  });

  test('count columns as the editor does, in UTF-16 code units', async () => {
    const { open } = await started({ profile: 'mup' });
    const text = MUP.replace('        nn.init.normal_(self.mix1', "        '𝜋🙂'; nn.init.normal_(self.mix1");
    const [first] = await open(URI, text);
    expect(first?.range.start.character).toBe("        '𝜋🙂'; ".length);
  });

  test('are none without a sign of μP, and none for a test file', async () => {
    const { open, lenses } = await started();
    expect(await open(URI, PLAIN)).toEqual([]);
    expect(await lenses(URI)).toEqual([
      'unstable as width grows',
      'Explain',
      'Compare built-in MLP',
      'SP, Adam at one rate',
    ]);
    const test = await folderWith('widthwise.json', '{"profile": "mup"}');
    expect(await open(test.replace('model.py', 'test_model.py'), MUP)).toEqual([]);
  });

  test('stand beside what a chain of matrices can be trained as, where its text is a file', async () => {
    const { open, lenses } = await started();
    const file = await folderWith('widthwise.json', '{}');
    await open(file, MUP);
    expect(await lenses(file)).toContain('Compare its MLP twin');
  });

  test('check a network without a class, too, where its text is a file', async () => {
    const { open, lenses } = await started();
    const file = await folderWith('widthwise.json', '{}');
    const text = `import torch
from torch import nn

def train(width, batches):
    net = nn.Sequential(nn.Linear(8, width), nn.Tanh(), nn.Linear(width, width), nn.Tanh(), nn.Linear(width, 2))
    adam = torch.optim.Adam(net.parameters(), lr=1e-3)
    for x, y in batches:
        nn.functional.cross_entropy(net(x), y).backward()
        adam.step()
`;
    await open(file, text);
    expect(await lenses(file)).toContain('Check this model');
    await open(URI, text);
    expect(await lenses(URI)).not.toContain('Check this model');
  });

  test('are none for a text that is no Python', async () => {
    const { open } = await started({ profile: 'mup' });
    expect(await open(URI, 'torch\0\u0001\uD800 (((( \'\'\' """')).toEqual([]);
  });
});

describe('configuration', () => {
  test('is the default for an editor that refuses to tell its settings', async () => {
    const { open, lenses } = await started('refused');
    expect(await open(URI, PLAIN)).toEqual([]);
    expect(await lenses(URI)).toContainEqual(expect.stringContaining('unstable as width grows'));
  });

  test('of the project is read by an editor that has no settings', async () => {
    const { open } = await started();
    const uri = await folderWith('pyproject.toml', '[tool.widthwise]\nprofile = "mup"\n');
    expect(await open(uri, MUP)).toHaveLength(2);
  });

  test('of the project yields to an explicit setting of the editor', async () => {
    const { open } = await started({ profile: 'advisory' });
    const uri = await folderWith('widthwise.json', '{"profile": "mup"}');
    expect(await open(uri, MUP)).toEqual([]);
  });

  test('that is wrong is a diagnostic of its own file, once, and read as if it were not there', async () => {
    const { open, type, messages, published } = await started();
    const uri = await folderWith('widthwise.json', '{\n  "profle": "mup"\n}');
    expect(await open(uri, MUP)).toEqual([]);
    await type(uri, `${MUP}\n`);
    expect(messages).toEqual([]);
    expect(published(uri.replace('model.py', 'widthwise.json'))).toEqual([
      [
        {
          range: { start: { line: 1, character: 2 }, end: { line: 1, character: 17 } },
          severity: 2,
          source: 'widthwise',
          message: expect.stringMatching(
            /^This file cannot be used: there is no setting 'profle' \(did you mean 'profile'\?\)/,
          ),
        },
      ],
    ]);
  });

  test('that was mended is told no more', async () => {
    const { open, configurationChanged, published } = await started();
    const uri = await folderWith('widthwise.json', '{');
    const file = uri.replace('model.py', 'widthwise.json');
    await open(uri, MUP);
    await writeFile(fileURLToPath(file), '{"profile": "mup"}');
    await configurationChanged();
    await expect.poll(() => published(uri).at(-1)).toHaveLength(2);
    expect(published(file)).toEqual([[expect.anything()], []]);
  });

  test('that hangs or never ends holds nobody up', async () => {
    const { open, lenses, published } = await started();
    const uri = await folderWith('widthwise.json', '{"exclude": ["*a*a*a*a*a*a*a*a*a*a*a*a*z"]}');
    const file = uri.replace('model.py', `m${'a'.repeat(60)}.py`);
    await promisify(execFile)('ln', [
      '-s',
      '/dev/zero',
      fileURLToPath(uri.replace('model.py', 'pyproject.toml')),
    ]);
    await open(file, PLAIN);
    expect(await lenses(file)).toHaveLength(5);
    expect(published(uri.replace('model.py', 'pyproject.toml'))[0]).toEqual([
      expect.objectContaining({ message: expect.stringContaining('is a link out of the project') }),
    ]);
  });

  test('in settings that are wrong is told in a sentence for each', async () => {
    const { open, messages } = await started({ profile: 'μp', exclude: ['+(*)z'] });
    expect(await open(URI, PLAIN)).toEqual([]);
    expect(messages).toEqual([
      'Widthwise: settings: profile: expected one of auto, advisory, mup, got "μp".',
      'Widthwise: settings: exclude[0]: has a list in parentheses; write {a,b}.',
    ]);
  });

  test('may exclude files and set severities', async () => {
    const { open } = await started();
    const excluded = await folderWith('widthwise.json', '{"profile": "mup", "exclude": ["mod*.py"]}');
    expect(await open(excluded, MUP)).toEqual([]);
    const severe = await folderWith('widthwise.json', '{"profile": "mup", "rules": {"MUP101": "error"}}');
    expect((await open(severe, MUP)).map(({ severity }) => severity)).toEqual([1, 1]);
  });
});

describe('hover', () => {
  test('works on the attribute, the constructor, the init call and each use, and agrees with the lens', async () => {
    const { open, hover, lenses } = await started({ profile: 'mup' });
    await open(URI, MUP);
    // The end is what a narrow column cuts.
    expect(await lenses(URI)).toEqual([
      'unstable as width grows · 2 findings',
      'Explain',
      'Compare built-in MLP',
      'custom scaling, Adam at a rate for each role',
    ]);
    const places = ['self.mix1 =', 'nn.Linear(width, width', 'nn.init.normal_(self.mix1', 'self.mix1(h)'];
    const texts = await Promise.all(places.map((place) => hover(URI, MUP, place)));
    for (const text of texts) {
      expect(text).toContain('**`mix1.weight`** · hidden · width × width · Adam');
      expect(text).toContain('| init std | constant | n^-½ | ✗ preactivations grow like n^½ |');
      expect(text).toContain('| learning rate | η/n | η/n | ✓ |');
      expect(text).toContain('custom scaling, Adam at a rate for each role · unstable as width grows');
    }
    expect(texts[2]).toMatch(/MUP101.* Make it proportional to n\^-½/);
    expect(await hover(URI, MUP, 'import argparse')).toBeNull();
  });
});

test('the hover of a line that makes many weights has the first of them, and counts the rest', async () => {
  const layers = 'nn.Linear(n, n), '.repeat(6);
  const text = `from torch import nn
class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.parts = nn.Sequential(${layers})
    def forward(self, x):
        return self.parts(x)
`;
  const { open, hover } = await started({ profile: 'mup' });
  await open(URI, text);
  const said = (await hover(URI, text, 'self.parts =')) ?? '';
  expect(said.match(/^\*\*`parts/gm)).toHaveLength(4);
  expect(said).toMatch(/^and 8 more$/m);
});

test('the hover of an optimizer has the rate of every weight that it trains, those that are wrong first', async () => {
  const { open, hover } = await started({ profile: 'mup' });
  await open(URI, PLAIN);
  const texts = await Promise.all(['torch.optim.Adam', 'lr=1e-3'].map((place) => hover(URI, PLAIN, place)));
  for (const text of texts) {
    const rows = (text ?? '').split('\n').filter((line) => line.startsWith('| `'));
    expect(rows).toHaveLength(6);
    expect(rows[0]).toContain('| `middle.weight` | hidden | η | η/n | ✗');
    expect(rows.at(-1)).toContain('✓');
    expect(text).toContain('MUP301');
  }
});

describe('the hover of a model in parts', () => {
  const TEXT = `import torch
from torch import nn

class Mixer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.out = nn.Linear(width, width, bias=False)

    def forward(self, x):
        return x + self.out(torch.tanh(self.norm(x)))

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.body = nn.ModuleDict(dict(
            table=nn.Embedding(50, width),
            mix=Mixer(width),
            norm=nn.LayerNorm(width),
        ))
        self.head = nn.Linear(width, 50, bias=False)
        self.body.table.weight = self.head.weight
        for part in self.modules():
            if isinstance(part, (nn.Linear, nn.Embedding)):
                nn.init.normal_(part.weight, std=0.02)

    def forward(self, tokens):
        return self.head(self.body.norm(self.body.mix(self.body.table(tokens))))

def train(width):
    model = Net(width)
    decayed = [p for p in model.parameters() if p.dim() >= 2]
    plain = [p for p in model.parameters() if p.dim() < 2]
    parts = [
        # matrices
        {'params': decayed, 'weight_decay': 0.1},
        dict(params=plain, weight_decay=0.0),  # vectors
    ]
    extra = [width]
    return torch.optim.AdamW(parts, lr=1e-3)
`;

  async function hovers(...places: readonly string[]): Promise<readonly string[]> {
    const { open, hover } = await started({ profile: 'mup' });
    await open(URI, TEXT);
    return Promise.all(places.map(async (place) => (await hover(URI, TEXT, place)) ?? ''));
  }

  test('has a weight over the attribute of its part, the keyword that names it and the line that ties it', async () => {
    const [out, table, tie] = await hovers('self.out =', 'table=', 'self.body.table.weight =');
    expect(out).toContain('**`body.mix.out.weight`** · hidden · width × width · AdamW');
    for (const said of [table, tie]) {
      expect(said).toContain('`body.table.weight = head.weight`');
      expect(said).toContain('✗ one tensor is embedding and readout');
    }
    expect((await hovers('super()'))[0]).toBe('');
  });

  test('has what the finding of a line is about first', async () => {
    const [init = ''] = await hovers('nn.init.normal_');
    expect(init.indexOf('body.mix.out')).toBeLessThan(init.indexOf('body.table'));
  });

  test('over a group, and over the list of groups, has the rates of what that trains', async () => {
    const [list, matrices, vectors, other] = await hovers('parts = [', "{'params'", 'dict(params', 'extra =');
    expect(list).toMatch(/body\.mix\.out\.weight[\s\S]*body\.norm\.bias/);
    expect(matrices).toContain('body.mix.out.weight');
    expect(matrices).not.toContain('body.norm');
    expect(vectors).toContain('body.norm.bias');
    expect(vectors).not.toContain('body.mix.out');
    expect(other).not.toContain('learning rate of');
  });
});

test('the hover of an embedding has its rate beside that of the hidden weights', async () => {
  const text = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width, words=1000):
        super().__init__()
        self.table = nn.Embedding(words, width)
        self.mix = nn.Linear(width, width)
        self.head = nn.Linear(width, words)

    def forward(self, tokens):
        return self.head(torch.tanh(self.mix(self.table(tokens))))

def train(width, lr):
    net = Net(width)
    return torch.optim.Adam(net.parameters(), lr=lr)
`;
  const { open, hover } = await started();
  await open(URI, text);
  expect(await hover(URI, text, 'self.table =')).toContain(
    "yours is the same at every width, μP's n times, and with a large vocabulary √n times.",
  );
  expect(await hover(URI, text, 'self.mix =')).not.toContain('vocabulary');
});

test('the hover of a width says what has it, in a configuration and in a script, and that of a rate what is assumed', async () => {
  const text = `import torch
from dataclasses import dataclass
from torch import nn

@dataclass
class Config:
    n_embd: int = 64
    words: int = 1000

class Net(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.table = nn.Embedding(config.words, config.n_embd)
        self.mix = nn.Linear(config.n_embd, config.n_embd)
        self.head = nn.Linear(config.n_embd, config.words)

    def forward(self, tokens):
        return self.head(torch.tanh(self.mix(self.table(tokens))))

def train(n_embd, rate):
    net = Net(Config(n_embd=n_embd))
    other = rate
    return torch.optim.Adam(net.parameters(), lr=rate)
`;
  const { open, hover } = await started();
  await open(URI, text);
  for (const place of ['n_embd: int', 'n_embd, rate', 'n_embd=n_embd']) {
    const said = await hover(URI, text, place);
    expect(said).toContain('**`n_embd`** · the width n of Net');
    expect(said).toContain('Sizes made of it: `table.weight`, `mix.weight`, `mix.bias`, `head.weight`');
  }
  expect(await hover(URI, text, 'rate\n    return')).toContain('`rate` does not depend on width');
  expect(await hover(URI, text, 'tokens):')).toBeNull();
});

const NO_WIDTH = `
from torch import nn

@final
class Encoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.a = nn.Linear(features, hidden)
        self.b = nn.Linear(hidden, hidden)
        nn.init.normal_(self.b.weight, std=0.02)

    def forward(self, x):
        return self.b(self.a(x).relu())
`;

describe('a model of which no width is evident', () => {
  test('has a lens for each name that could be it, the likeliest first', async () => {
    const { open, lenses } = await started();
    await open(URI, NO_WIDTH);
    expect(await lenses(URI)).toEqual(['no width is evident', 'width(hidden)', 'width(features)', 'Explain']);
  });

  test('has its width declared by one press', async () => {
    const { open, press, type, lenses } = await started();
    await open(URI, NO_WIDTH);
    const [edit, ...others] = await press(URI, 'width(hidden)');
    expect(others).toEqual([]);
    expect(edit).toEqual({
      range: { start: { line: 4, character: 0 }, end: { line: 4, character: 0 } },
      newText: '# widthwise: width(hidden)\n',
    });
    const lines = NO_WIDTH.split('\n');
    lines.splice(4, 0, '# widthwise: width(hidden)');
    expect(await type(URI, lines.join('\n'))).toMatchObject([{ code: 'MUP101' }]);
    expect(await lenses(URI)).toEqual([
      'unstable as width grows, whatever the rest does · 1 finding',
      'Explain',
      'Compare built-in MLP',
      'custom scaling, read in part',
    ]);
  });

  test('has the same as something to press at its name', async () => {
    const { open, actions } = await started();
    await open(URI, NO_WIDTH);
    const found = await actions(URI, 'class ');
    expect(found.map(({ title }) => title)).toEqual([
      'Declare hidden as the width of Encoder',
      'Declare features as the width of Encoder',
    ]);
    expect(found[0]?.edit?.documentChanges).toMatchObject([
      { edits: [{ newText: '# widthwise: width(hidden)\n' }] },
    ]);
  });

  test('keeps its indentation and its line ends', async () => {
    const { open, press } = await started();
    const inside = `if True:\n${NO_WIDTH.replaceAll(/^(?=.)/gm, '    ')}`;
    await open(URI, inside.replaceAll('\n', '\r\n'));
    expect(await press(URI, 'width(hidden)')).toMatchObject([
      { newText: '    # widthwise: width(hidden)\r\n' },
    ]);
  });
});

describe('the status of a file', () => {
  test('counts what its lenses and squiggles show', async () => {
    const { open, status } = await started({ profile: 'mup' });
    await open(URI, MUP);
    expect(await status(URI)).toEqual({ profile: 'mup', models: 1, verdicts: 1, findings: 2, unread: null });
  });

  test('says that a file is left alone, and refuses one that is not open', async () => {
    const { open, status } = await started();
    const uri = await folderWith('widthwise.json', '{"exclude": ["mod*.py"]}');
    await open(uri, MUP);
    expect(await status(uri)).toEqual({ profile: null, models: 0, verdicts: 0, findings: 0, unread: null });
    await expect(status('untitled:other.py')).rejects.toThrow('untitled:other.py is not open');
  });
});

describe('Explain', () => {
  test('shows what the lens does while a text does not parse', async () => {
    const { open, type, explain } = await started();
    await open(URI, PLAIN);
    const rowsOf = (page: string) => page.split('\n').filter((line) => line.startsWith('|'));
    const before = await explain(URI, 'Regressor');
    await type(URI, PLAIN.replace('return self.last(', 'return self.last(('));
    const kept = await explain(URI, 'Regressor');
    expect(rowsOf(kept)).toEqual(rowsOf(before));
    expect(kept).toContain('As it was read before the file stopped parsing.');
    expect(kept).not.toContain('unstable');
  });

  test('shows the table of one model', async () => {
    const { open, explain } = await started();
    await open(URI, PLAIN);
    const markdown = await explain(URI, 'Regressor');
    expect(markdown).toContain(
      '| ✗ | `middle.weight`<br>hidden · width × width · Adam | n^-\u2060½ | constant | ✗\u00a0η<br>μP:\u00a0η/n |',
    );
  });

  test('refuses what is not there in one sentence', async () => {
    const { open, explain } = await started();
    await open(URI, PLAIN);
    await expect(explain(URI, 'Nothing')).rejects.toThrow('model.py has no model `Nothing`');
    await expect(explain('file:///no/such.py')).rejects.toThrow(
      'such.py is neither open nor readable in an open folder',
    );
  });
});
