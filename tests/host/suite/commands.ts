import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activateExtension, openExample, until } from './workspace.ts';

export function commandsSuite(): void {
  describe('the commands', () => {
    it('are there once the extension is active', async () => {
      await activateExtension();
      const all = await vscode.commands.getCommands(true);
      const missing = ['compare', 'explain', 'showOutput'].filter(
        (name) => !all.includes(`widthwise.${name}`),
      );
      assert.deepEqual(missing, []);
    });

    it('explain the model of the active editor beside it', async () => {
      await activateExtension();
      await openExample('pytorch-mlp/model.py');
      await vscode.commands.executeCommand('widthwise.explain');
      await until('the explanation', () => tabLabels().some((label) => label.includes('explained')));
    });
  });
}

function tabLabels(): string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs).map((tab) => tab.label);
}
