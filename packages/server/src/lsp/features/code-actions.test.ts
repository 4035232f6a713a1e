import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { exampleText } from '@widthwise/analysis/testing';
import { afterEach, describe, expect, test } from 'vitest';
import { type CodeAction, CodeActionTriggerKind, type TextDocumentEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyserInProcess } from '../../../test/analyser-in-process.ts';
import { type Editor, startEditor } from '../../../test/editor.ts';
import { folderOf } from '../../../test/folder-of.ts';
import type { FileAnalyser } from '../../sources/analyser/file-analyser.ts';

const MUP = exampleText('pytorch-mlp');
const URI = 'untitled:model.py';
const FIRST = 'nn.init.normal_(self.mix1.weight';

let editor: Editor;
afterEach(() => editor.close());

async function opened(text: string): Promise<Editor> {
  editor = await startEditor({ profile: 'mup' });
  await editor.open(URI, text);
  return editor;
}

/** A text after an action. */
function after(text: string, { edit }: CodeAction): string {
  const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
  const document = TextDocument.create(URI, 'python', 1, text);
  return TextDocument.applyEdits(document, [...(change?.edits ?? [])] as never);
}

function called(actions: readonly CodeAction[], title: string): CodeAction {
  const found = actions.find((one) => one.title.startsWith(title));
  if (found === undefined)
    throw new Error(`none is called ${title}: ${actions.map((one) => one.title).join('; ')}`);
  return found;
}

describe('at a finding', () => {
  test('its fix says what becomes of the numbers, is of this version, and makes the finding vanish', async () => {
    const { actions, type } = await opened(MUP);
    const found = await actions(URI, FIRST);
    expect(found.map(({ title }) => title)).toEqual([
      'Make it proportional to n^-½ (same numbers at the base width)',
      'Fix all 2 of MUP101 in this file (same numbers at the base width)',
      'Disable MUP101 for this line',
      'Disable MUP101 in this file',
    ]);
    const [fix] = found;
    expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics: [{ code: 'MUP101' }] });
    expect(fix?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: URI, version: 1 } }]);
    expect(await type(URI, after(MUP, fix!))).toHaveLength(1);
  });

  test('what was proved of a version is not proved again when the cursor comes back, and is of the next', async () => {
    const analyser = analyserInProcess();
    let read = 0;
    const counted: FileAnalyser = {
      analyse: (job, signal) => {
        read++;
        return analyser.analyse(job, signal);
      },
    };
    editor = await startEditor({ profile: 'mup' }, counted);
    await editor.open(URI, MUP);
    const readFor = async (at: string) => {
      read = 0;
      const found = await editor.actions(URI, at);
      return { read, titles: found.map(({ title }) => title) };
    };
    const first = await readFor(FIRST);
    expect(first.read).toBeGreaterThan(1);
    expect(await readFor(FIRST)).toEqual({ ...first, read: 0 });
    expect((await readFor('nn.init.normal_(self.mix2.weight')).read).toBe(1);
    await editor.type(URI, `${MUP}x = 1\n`);
    expect(await readFor(FIRST)).toEqual(first);
  });

  describe('what cannot be pressed is shown with why, to an editor that shows such actions:', () => {
    const SHOWS_DISABLED = { textDocument: { codeAction: { disabledSupport: true } } };
    const disabledOf = (actions: readonly CodeAction[]) =>
      actions.flatMap(({ title, disabled, edit }) =>
        disabled === undefined ? [] : [{ title, reason: disabled.reason, hasEdit: edit !== undefined }],
      );
    /** An analyser to which no edit mends anything. */
    function unmoved(text: string): FileAnalyser {
      const analyser = analyserInProcess();
      return { analyse: (job, signal) => analyser.analyse({ ...job, text }, signal) };
    }

    test('an edit that its proof refuses', async () => {
      editor = await startEditor({ profile: 'mup' }, unmoved(MUP), SHOWS_DISABLED);
      await editor.open(URI, MUP);
      const found = await editor.actions(URI, FIRST);
      expect(disabledOf(found)).toEqual([
        {
          title: 'Make it proportional to n^-½',
          reason: expect.stringContaining('the edited text was analysed, and still has the finding'),
          hasEdit: false,
        },
      ]);
      expect(found.filter(({ title }) => title.startsWith('Fix all'))).toEqual([]);
    });

    test('what no edit is written for', async () => {
      const text = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.up, self.mix = nn.Linear(8, width), nn.Linear(width, width)
        self.readout = nn.Linear(width, 1)
        nn.init.zeros_(self.readout.weight)

    def forward(self, x):
        return self.readout(self.mix(self.up(x).relu()).relu())

optimizer = torch.optim.Adam(Net(128).parameters(), lr=0.1)
assert len(optimizer.param_groups) == 1
`;
      editor = await startEditor({ profile: 'mup' }, analyserInProcess(), SHOWS_DISABLED);
      await editor.open(URI, text);
      expect(disabledOf(await editor.actions(URI, 'torch.optim.Adam('))).toEqual([
        {
          title: 'Give it a parameter group of its own at lr·n₀/n',
          reason: 'code of the file counts groups, or tells them by their places',
          hasEdit: false,
        },
      ]);
    });

    test('none to an editor that would offer it', async () => {
      editor = await startEditor({ profile: 'mup' }, unmoved(MUP));
      await editor.open(URI, MUP);
      expect(disabledOf(await editor.actions(URI, FIRST))).toEqual([]);
    });

    test('none where an edit mends', async () => {
      editor = await startEditor({ profile: 'mup' }, analyserInProcess(), SHOWS_DISABLED);
      await editor.open(URI, MUP);
      expect(disabledOf(await editor.actions(URI, FIRST))).toEqual([]);
    });
  });

  test('all of a kind are mended at once', async () => {
    const { actions, type } = await opened(MUP);
    const fix = called(await actions(URI, FIRST), 'Fix all 2');
    expect(await type(URI, after(MUP, fix))).toEqual([]);
  });

  test('what only others make room for is mended with them: rates that starts make differ in how far they are off', async () => {
    const text = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, width, base_width):
        super().__init__()
        self.width = width
        self.table = nn.Embedding(8, width)
        self.norm, self.last_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)
        self.readout = nn.Linear(width, 1)
        nn.init.zeros_(self.readout.weight)
        nn.init.normal_(self.down.weight, std=0.02)

    def forward(self, x):
        x = self.table(x)
        x = x + self.down(self.up(self.norm(x)).relu())
        return self.readout(self.last_norm(x))

def train(width, base_width):
    model = Net(width, base_width)
    return torch.optim.Adam(model.parameters(), lr=0.1)
`;
    const { actions, type } = await opened(text);
    const fix = called(await actions(URI, 'torch.optim.Adam'), 'Fix all 3 of this file, which wait for');
    expect(await type(URI, after(text, fix))).toEqual([]);
  });

  test('a fix that needs a number of yours is not preferred, and puts it at the top', async () => {
    const text = MUP.replace('BASE_WIDTH = 128\n', '')
      .replace('default=BASE_WIDTH', 'required=True')
      .replaceAll('BASE_WIDTH', '128');
    const { actions, type } = await opened(text);
    const fix = called(await actions(URI, FIRST), 'Make it');
    expect(fix.title).toContain('(needs a number of yours)');
    expect(fix.isPreferred).toBe(undefined);
    const mended = after(text, fix);
    expect(mended).toContain('from torch import nn\nBASE_WIDTH = 256  # the width that');
    expect(await type(URI, mended)).toHaveLength(1);
  });

  test('a rule is silenced for the line or the file, at the end of the line and at the top', async () => {
    const text = `#!/usr/bin/env python\r\n${MUP.replaceAll('\n', '\r\n')}`;
    const { actions, type } = await opened(text);
    const found = await actions(URI, FIRST);
    const line = after(text, called(found, 'Disable MUP101 for this line'));
    expect(line).toContain('std=0.02)  # widthwise: ignore[MUP101]\r\n');
    expect(await type(URI, line)).toHaveLength(1);
    const file = after(text, called(found, 'Disable MUP101 in this file'));
    expect(file.split('\r\n').slice(0, 2)).toEqual(['#!/usr/bin/env python', '# widthwise: off[MUP101]']);
    expect(await type(URI, file)).toEqual([]);
  });
});

test('a rule is switched off for the project where its files are its configuration', async () => {
  const folder = await folderOf({ 'widthwise.json': '{\n  "profile": "mup"\n}\n' });
  const uri = pathToFileURL(join(folder, 'model.py')).href;
  editor = await startEditor();
  await editor.open(uri, MUP);
  const { edit, diagnostics } = called(await editor.actions(uri, FIRST), 'Disable MUP101 for this project');
  expect(diagnostics).toMatchObject([{ code: 'MUP101' }]);
  expect(edit?.documentChanges).toEqual([
    {
      textDocument: { uri: pathToFileURL(join(folder, 'widthwise.json')).href, version: null },
      edits: [
        {
          range: { start: { line: 0, character: 1 }, end: { line: 0, character: 1 } },
          newText: '\n  "rules": { "MUP101": "off" },',
        },
      ],
    },
  ]);
});

const SHARED = `from torch import nn

# widthwise: width(width)
def start(layer): nn.init.normal_(layer.weight, std=0.02)

class First(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.table = nn.Embedding(8, width)
        self.mix = nn.Linear(width, width)
        start(self.mix)

    def forward(self, x):
        return self.mix(self.table(x))

class Second(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.table = nn.Embedding(9, width)
        self.other = nn.Linear(width, width)
        start(self.other)

    def forward(self, x):
        return self.other(self.table(x))

nets = [First(64), Second(64)]
`;

describe('on one line', () => {
  test('a rule that finds the line for two models is silenced and mended there by one action of a name', async () => {
    const { actions, open } = await opened('');
    const uri = 'untitled:shared.py';
    const found = await open(uri, SHARED);
    expect(found.map(({ code }) => code)).toEqual(['MUP101']);
    const titles = (await actions(uri, 'nn.init.normal_')).map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
    expect(titles).toContain('Disable MUP101 for this line');
    expect(titles[0]).toBe('Make it proportional to n^-½ (same numbers at the base width)');
  });

  test('fixes of the same words say which weights they are of', async () => {
    const line =
      'for _ in [0]: nn.init.normal_(self.mix.weight, std=0.02);nn.init.normal_(self.out.weight, std=0.02)';
    const text = SHARED.replace(
      'start(self.mix)',
      `self.out = nn.Linear(width, width)\n        ${line}`,
    ).replace('self.mix(self.table(x))', 'self.out(self.mix(self.table(x)).tanh())');
    const { actions, open } = await opened('');
    const uri = 'untitled:line.py';
    await open(uri, text.replace('nets = [First(64), Second(64)]', 'net = First(64)'));
    const titles = (await actions(uri, ';nn.init')).map(({ title }) => title);
    expect(titles).toEqual([...new Set(titles)]);
  });
});

const ATTENTION = `from torch import nn

# widthwise: width(width)
class Attention(nn.Module):
    def __init__(self, vocabulary, width, heads):
        super().__init__()
        self.width, self.heads = width, heads
        self.embed = nn.Embedding(vocabulary, width)
        self.query = nn.Linear(width, width, bias=False)
        self.key = nn.Linear(width, width, bias=False)
        self.head = nn.Linear(width, vocabulary, bias=False)
        nn.init.zeros_(self.head.weight)

    def forward(self, tokens):
        x = self.embed(tokens)
        batch, time, _ = x.shape
        size = self.width // self.heads
        q, k = (layer(x).view(batch, time, self.heads, size).transpose(1, 2) for layer in (self.query, self.key))
        logits = q @ k.transpose(-2, -1) / size**0.5
        return self.head(x + logits.softmax(-1).mean() * x)
`;

test('what decides a finding is said for the project', async () => {
  const folder = await folderOf({ 'widthwise.json': '{}' });
  const uri = pathToFileURL(join(folder, 'attention.py')).href;
  editor = await startEditor({ profile: 'mup' });
  await editor.open(uri, ATTENTION);
  const titles = (await editor.actions(uri, 'q @ k')).map(({ title }) => title);
  expect(titles.filter((title) => title.startsWith('Set head-scaling'))).toEqual([
    'Set head-scaling to head-count for this project: heads grows with the width',
    'Set head-scaling to head-dim for this project: heads stays, and heads get longer',
  ]);
});

test('everything is mended only where that is asked for, and never when a file is saved for other reasons', async () => {
  const { actions, type } = await opened(MUP);
  const kind = 'source.fixAll.widthwise';
  const [all, ...rest] = await actions(URI, 'import', { only: [kind] });
  expect(rest).toEqual([]);
  expect(all?.kind).toBe(kind);
  const saving = { only: ['source.fixAll'], triggerKind: CodeActionTriggerKind.Automatic };
  expect(await actions(URI, 'import', saving)).toEqual([]);
  expect(await type(URI, after(MUP, all!))).toEqual([]);
});

test('beside findings, and in a text that does not parse, nothing is offered', async () => {
  const { actions, type } = await opened(MUP);
  expect(await actions(URI, 'import torch')).toEqual([]);
  await type(URI, MUP.replace('return self.readout(h)', 'return self.readout('));
  expect((await actions(URI, FIRST)).filter(({ title }) => !title.startsWith('Disable'))).toEqual([]);
});
