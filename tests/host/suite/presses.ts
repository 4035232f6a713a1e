import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activateExtension, findings, firstFindings, openExample, until } from './workspace.ts';

const HIDDEN_INIT = 'nn.init.normal_(self.mix1.weight';

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
from pressed_model import Net

rate = 1e-3
net = Net(256)
adam = net.optimizer(rate)
for step in range(100):
    for group in adam.param_groups:
        group['lr'] = rate * (1 - step / 100)
    adam.step()
`;
const CELL = `import torch
from torch import nn

# widthwise: width(n)
class Net(nn.Module):
    def __init__(self, n=64):
        super().__init__()
        self.first = nn.Embedding(10, n)
        self.second = nn.Linear(n, n)
        nn.init.normal_(self.second.weight, std=0.02)

    def forward(self, x):
        return self.second(self.first(x))
`;

/** Presses what an editor offers at real findings, and looks at what comes of it. */
export function pressesSuite(): void {
  describe('a press', () => {
    const made: vscode.Uri[] = [];
    after(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      for (const uri of made) await vscode.workspace.fs.delete(uri);
    });

    it('on the quick fix of a finding makes it vanish', async () => {
      await activateExtension();
      const { document } = await openExample('pytorch-mlp/model.py');
      const before = await firstFindings(document);
      await press(document, HIDDEN_INIT, 'Make it proportional to n^-½ (same numbers at the base width)');
      await until('one finding less', () => findings(document).length === before.length - 1);
      await vscode.commands.executeCommand('undo');
      await until('it again', () => findings(document).length === before.length);
      await press(document, HIDDEN_INIT, 'Fix all');
      await until('no finding', () => findings(document).length === 0);
      await vscode.commands.executeCommand('undo');
      await until('all again', () => findings(document).length === before.length);
    });

    it('on a fix that a second file needs, too, edits both', async () => {
      const [model, training] = [
        await written('pressed_model.py', MODEL),
        await written('pressed_training.py', TRAINING),
      ];
      made.push(model, training);
      const document = await vscode.workspace.openTextDocument(model);
      await vscode.window.showTextDocument(document);
      assert.ok((await firstFindings(document)).includes('MUP301'), findings(document).join());
      const title = await press(document, 'torch.optim.Adam', 'Give it a parameter group of its own');
      assert.match(title, /, edits pressed_training\.py too$/);
      const other = await vscode.workspace.openTextDocument(training);
      assert.match(other.getText(), /\* group\.get\('lr_scale', 1\.0\)/);
      await until('no finding', () => findings(document).length + findings(other).length === 0);
      await vscode.workspace.saveAll();
    });

    it('in a notebook mends the cell of a finding', async () => {
      const cell = new vscode.NotebookCellData(vscode.NotebookCellKind.Code, CELL, 'python');
      const notebook = await vscode.workspace.openNotebookDocument(
        'jupyter-notebook',
        new vscode.NotebookData([cell]),
      );
      await vscode.window.showNotebookDocument(notebook);
      const { document } = notebook.cellAt(0);
      assert.deepEqual(await firstFindings(document), ['MUP101']);
      await press(document, 'nn.init.normal_', 'Make it proportional to n^-½');
      await until('no finding', () => findings(document).length === 0);
      assert.match(document.getText(), /std=0\.02 \* \(64 \/ n\) \*\* 0\.5/);
    });
  });

  describe('inlay hints', () => {
    const setting = (): vscode.WorkspaceConfiguration =>
      vscode.workspace.getConfiguration('widthwise.inlayHints');
    after(() => setting().update('enabled', undefined, vscode.ConfigurationTarget.Global));

    it('stand behind the layers where they are switched on', async () => {
      await activateExtension();
      const { document } = await openExample('pytorch-mlp/model.py');
      await setting().update('enabled', true, vscode.ConfigurationTarget.Global);
      const hints = await until('hints', async () => {
        const found = await hintsOf(document);
        return found.length > 0 && found;
      });
      const said = hints.map(({ label }) => (typeof label === 'string' ? label : label[0]?.value));
      assert.ok(
        said.every((label) => label),
        JSON.stringify(said),
      );
    });
  });

  describe('the view of findings', () => {
    it('opens', async () => {
      await activateExtension();
      await firstFindings((await openExample('pytorch-mlp/model.py')).document);
      await vscode.commands.executeCommand('widthwise.findings.focus');
    });
  });
}

/** Presses what is offered at a place of a document under a title that begins so; answers the whole title. */
async function press(document: vscode.TextDocument, place: string, title: string): Promise<string> {
  const at = document.positionAt(document.getText().indexOf(place));
  const action = await until(title, async () => {
    const actions: readonly vscode.CodeAction[] = await vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(at, at),
    );
    return actions.find((one) => one.title.startsWith(title));
  });
  assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)), `${title} is not applied`);
  return action.title;
}

function hintsOf(document: vscode.TextDocument): Thenable<vscode.InlayHint[]> {
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  return vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, whole);
}

/** A file beside the examples. */
async function written(name: string, text: string): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('the examples are not open');
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}
