import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Editor, startEditor } from '../../../test/editor.ts';
import { folderOf } from '../../../test/folder-of.ts';

const MODEL = `import torch
from torch import nn

# widthwise: width(width)
class Net(nn.Module):
    def __init__(self, width=256):
        super().__init__()
        self.width = width
        self.first = nn.Linear(8, width)
        self.middle = nn.Linear(width, width)
        self.last = nn.Linear(width, 1)
        nn.init.zeros_(self.last.weight)

    def forward(self, x):
        return self.last(self.middle(self.first(x).tanh()).tanh()) / self.width

    def optimizer(self, rate):
        return torch.optim.Adam(self.parameters(), lr=rate)
`;
const TRAINING = `import torch
from model import Net

rate = 1e-3
net = Net(256)
adam = net.optimizer(rate)
for step in range(100):
    for group in adam.param_groups:
        group['lr'] = rate * (1 - step / 100)
    adam.step()
`;
const OPTIMIZER = 'torch.optim.Adam';
const GROUP = 'Give it a parameter group of its own (same numbers at the base width)';

let editor: Editor;
afterEach(() => editor.close());

/** The files of a folder as an editor has them that opens these, and where it has them. */
async function opened(
  files: Readonly<Record<string, string>>,
  ...open: readonly string[]
): Promise<(name: string) => string> {
  const folder = await folderOf(files);
  const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
  editor = await startEditor({ profile: 'mup' });
  for (const name of open) await editor.open(uriOf(name), files[name] ?? '');
  return uriOf;
}

function after(text: string, uri: string, { edit }: CodeAction): string {
  const change = ((edit?.documentChanges ?? []) as TextDocumentEdit[]).find(
    (one) => one.textDocument.uri === uri,
  );
  return TextDocument.applyEdits(TextDocument.create(uri, 'python', 1, text), (change?.edits ?? []) as never);
}

const BOTH = { 'model.py': MODEL, 'train.py': TRAINING };

describe('groups whose rates a line of another file writes over', () => {
  test('are mended in both files at once, each of the version that the editor has of it', async () => {
    const uriOf = await opened(BOTH, 'model.py', 'train.py');
    const [model, training] = [uriOf('model.py'), uriOf('train.py')];
    const [fix] = await editor.actions(model, OPTIMIZER);
    expect(fix?.title).toBe(`${GROUP}, edits train.py too`);
    expect(fix?.edit?.documentChanges).toMatchObject([
      { textDocument: { uri: model, version: 1 } },
      { textDocument: { uri: training, version: 1 } },
    ]);
    const written = after(TRAINING, training, fix!);
    expect(written).toContain("group['lr'] = rate * (1 - step / 100) * group.get('lr_scale', 1.0)");
    await editor.type(training, written);
    expect(await editor.type(model, after(MODEL, model, fix!))).toEqual([]);
    expect(await editor.type(training, `${written}\n`)).toEqual([]);
  });

  test('are mended in a file that is not open, too', async () => {
    const uriOf = await opened(BOTH, 'model.py');
    const [fix] = await editor.actions(uriOf('model.py'), OPTIMIZER);
    expect(fix?.edit?.documentChanges?.[1]).toMatchObject({
      textDocument: { uri: uriOf('train.py'), version: null },
    });
  });

  test('are said to be left where the other file cannot be written', async () => {
    const uriOf = await opened(BOTH, 'model.py');
    await chmod(new URL(uriOf('train.py')), 0o444);
    const [fix] = await editor.actions(uriOf('model.py'), OPTIMIZER);
    expect(fix?.title).toBe(`${GROUP}, leaves MUP307 at train.py:9`);
    expect(fix?.edit?.documentChanges).toHaveLength(1);
  });

  test('need no other file where none writes over them', async () => {
    const uriOf = await opened({ 'model.py': MODEL }, 'model.py');
    const [fix] = await editor.actions(uriOf('model.py'), OPTIMIZER);
    expect(fix?.title).toBe(GROUP);
    expect(fix?.edit?.documentChanges).toHaveLength(1);
  });

  test('are mended in the same file where that writes over them', async () => {
    const text = `${MODEL}\n${TRAINING.replace('from model import Net\n', '')}`;
    const uriOf = await opened({ 'model.py': text }, 'model.py');
    const uri = uriOf('model.py');
    const [fix] = await editor.actions(uri, OPTIMIZER);
    expect(fix?.title).toBe(GROUP);
    expect(await editor.type(uri, after(text, uri, fix!))).toEqual([]);
  });
});

test('a finding whose cause stands in another file is mended there', async () => {
  const uriOf = await opened(BOTH, 'model.py');
  const uri = uriOf('model.py');
  const [fix] = await editor.actions(uri, OPTIMIZER);
  const [left] = await editor.type(uri, after(MODEL, uri, fix!));
  expect(left).toMatchObject({ code: 'MUP307', range: { start: { line: 4 } } });
  const [there] = await editor.actions(uri, 'Net(nn.Module)');
  expect(there?.title).toBe(
    "Multiply by the factor that the groups keep, group.get('lr_scale', 1.0) (same numbers at the base width), in train.py",
  );
  expect(there?.edit?.documentChanges).toMatchObject([{ textDocument: { uri: uriOf('train.py') } }]);
});
