import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activateExtension, lensTitles, openExample, until } from './workspace.ts';

export function commandsSuite(): void {
  describe('the commands', () => {
    it('are there once the extension is active', async () => {
      await activateExtension();
      const all = await vscode.commands.getCommands(true);
      const missing = ['compare', 'explain', 'openPanel', 'restartServer', 'showOutput'].filter(
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

    it('explain a model that is being changed as it is now', async () => {
      const editor = await openExample('pytorch-mlp/model.py');
      await vscode.commands.executeCommand('widthwise.explain');
      const wrong = 'init std is constant in width';
      await until('the page', () => explanation()?.includes(wrong));
      const { document } = editor;
      await vscode.window.showTextDocument(document, vscode.ViewColumn.One);
      await replaceAll(document, 'std=0.02', 'std=width ** -0.5');
      await until('a page without the problem', () => explanation()?.includes(wrong) === false);
      await replaceAll(document, 'std=width ** -0.5', 'std=0.02');
      await until('a page with the problem', () => explanation()?.includes(wrong));
    });

    it('are tools of language models, too, which answer in JSON', async () => {
      await activateExtension();
      const names = vscode.lm.tools.map(({ name }) => name).filter((name) => name.startsWith('widthwise_'));
      assert.deepEqual(names.sort(), ['widthwise_classify', 'widthwise_explain', 'widthwise_lint']);
      const { content } = await vscode.lm.invokeTool('widthwise_lint', {
        input: { paths: ['pytorch-mlp/model.py'] },
        toolInvocationToken: undefined,
      });
      const text = content
        .map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : ''))
        .join('');
      assert.match(text, /"MUP101"/);
    });

    it('start the server anew, which then answers as before', async () => {
      const { document } = await openExample('plain-mlp/model.py');
      const before = await lensTitles(document);
      await vscode.commands.executeCommand('widthwise.restartServer');
      assert.deepEqual(await lensTitles(document), before);
    });
  });
}

function explanation(): string | undefined {
  return vscode.workspace.textDocuments
    .find((document) => document.uri.scheme === 'widthwise-explain')
    ?.getText();
}

async function replaceAll(document: vscode.TextDocument, old: string, new_: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  edit.replace(document.uri, whole, document.getText().replaceAll(old, new_));
  await vscode.workspace.applyEdit(edit);
}

function tabLabels(): string[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs).map((tab) => tab.label);
}
