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

    it('explain the model of the active editor beside it, weight by weight', async () => {
      await activateExtension();
      await openExample('pytorch-mlp/model.py');
      await vscode.commands.executeCommand('widthwise.explain');
      await until('a tab beside it', () => tabLabels().some((label) => label.includes('explained')));
      const page = await until('the page', () =>
        vscode.workspace.textDocuments.find((document) => document.uri.scheme === 'widthwise-explain'),
      );
      const text = page.getText();
      const missing = ['embed', 'mix1', 'mix2', 'readout'].filter((weight) => !text.includes(weight));
      assert.deepEqual(missing, [], text);
    });
  });
}

function tabLabels(): string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs).map((tab) => tab.label);
}
