import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import {
  activateExtension,
  EXTENSION_ID,
  findings,
  firstFindings,
  lensTitles,
  openExample,
  until,
} from './workspace.ts';

/** The hidden initializations of examples/pytorch-mlp that do not shrink with width, and what to write instead. */
const CONSTANT = 'std=0.02';
const SCALED = 'std=width ** -0.5';

export function diagnosticsSuite(): void {
  describe('a model that means μP', () => {
    it('activates the extension by being opened', async () => {
      await openExample('pytorch-mlp/model.py');
      await until('activation', () => vscode.extensions.getExtension(EXTENSION_ID)?.isActive);
      await activateExtension();
    });

    it('shows the initialization that does not scale', async () => {
      const { document } = await openExample('pytorch-mlp/model.py');
      const codes = await firstFindings(document);
      assert.ok(
        codes.every((code) => code === 'MUP101'),
        codes.join(),
      );
    });

    it('loses the finding when it is fixed and has it back when the fix is undone', async () => {
      const editor = await openExample('pytorch-mlp/model.py');
      const { document } = editor;
      const before = await firstFindings(document);
      await editor.edit((edit) => {
        for (const range of occurrences(document, CONSTANT)) edit.replace(range, SCALED);
      });
      await until('no finding', () => findings(document).length === 0);
      await vscode.commands.executeCommand('undo');
      await until('the findings again', () => findings(document).length === before.length);
      assert.deepEqual(findings(document), before);
    });

    it('links each finding to the page of its rule', async () => {
      const { document } = await openExample('pytorch-mlp/model.py');
      await firstFindings(document);
      for (const { code } of vscode.languages.getDiagnostics(document.uri)) {
        assert.ok(typeof code === 'object' && /MUP101\.md$/.test(code.target.path), JSON.stringify(code));
      }
    });
  });

  describe('a model without a sign of μP', () => {
    it('gets one lens and no finding', async () => {
      const { document } = await openExample('plain-mlp/model.py');
      const titles = await lensTitles(document);
      assert.ok(
        titles.some((title) => /unstable|kernel|trivial|feature/.test(title)),
        titles.join(),
      );
      assert.deepEqual(findings(document), []);
    });
  });
}

function occurrences(document: vscode.TextDocument, text: string): vscode.Range[] {
  const source = document.getText();
  const ranges: vscode.Range[] = [];
  for (let at = source.indexOf(text); at >= 0; at = source.indexOf(text, at + 1)) {
    ranges.push(new vscode.Range(document.positionAt(at), document.positionAt(at + text.length)));
  }
  if (ranges.length === 0) throw new Error(`${document.fileName} has no ${text}`);
  return ranges;
}
