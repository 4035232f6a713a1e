import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activateExtension, allLenses, lensTitles, openExample, until } from './workspace.ts';

const NO_WIDTH = `from torch import nn


class Encoder(nn.Module):
    def __init__(self, features, hidden):
        super().__init__()
        self.a = nn.Linear(features, hidden)
        self.b = nn.Linear(hidden, hidden)

    def forward(self, x):
        return self.b(self.a(x).relu())
`;

export function lensSuite(): void {
  describe('the lens', () => {
    const lensSetting = (): vscode.WorkspaceConfiguration =>
      vscode.workspace.getConfiguration('widthwise.codeLens');
    afterEach(() => lensSetting().update('enabled', undefined, vscode.ConfigurationTarget.Global));

    it('goes away when it is switched off and comes back when it is switched on', async () => {
      await activateExtension();
      const { document } = await openExample('plain-mlp/model.py');
      await lensTitles(document);
      await lensSetting().update('enabled', false, vscode.ConfigurationTarget.Global);
      await until('no lens', async () => (await allLenses(document)).length === 0);
      await lensSetting().update('enabled', true, vscode.ConfigurationTarget.Global);
      await lensTitles(document);
    });

    it('declares a width by one press, in a file that is not saved yet', async () => {
      await activateExtension();
      const document = await vscode.workspace.openTextDocument({ language: 'python', content: NO_WIDTH });
      await vscode.window.showTextDocument(document);
      const lens = await until('the lens', async () =>
        (await allLenses(document)).find(({ command }) => command?.title === 'width(hidden)'),
      );
      const { command = '', arguments: args = [] } = lens.command ?? {};
      await vscode.commands.executeCommand(command, ...args);
      await until('the comment', () =>
        document.getText().includes('# widthwise: width(hidden)\nclass Encoder'),
      );
      await until('its verdict', async () =>
        (await lensTitles(document)).some((title) =>
          title.startsWith('if Adam trains it at one rate, unstable as width grows'),
        ),
      );
      assert.ok(document.isDirty);
    });
  });
}
