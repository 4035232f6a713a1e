import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { activateExtension, openExample, until } from './workspace.ts';

export function hoverSuite(): void {
  describe('hovering over a hidden weight', () => {
    let document: vscode.TextDocument;
    before(async () => {
      await activateExtension();
      ({ document } = await openExample('pytorch-mlp/model.py'));
    });

    for (const [place, pattern] of Object.entries(PLACES)) {
      it(`tells its exponents at ${place}`, async () => {
        const text = await until(`a hover at ${place}`, () => hoverAt(document, pattern));
        assert.match(text, /hidden/);
        assert.match(text, /init/i);
      });
    }
  });
}

/** Each pattern ends where the pointer stands. */
const PLACES = {
  'its attribute': /self\.mix1(?=.* = nn\.Linear)/,
  'its constructor': /self\.mix1.* = nn\.Lin/,
  'its initialization': /nn\.init\.nor(?=mal_\(self\.mix1)/,
};

async function hoverAt(document: vscode.TextDocument, pattern: RegExp): Promise<string> {
  const match = pattern.exec(document.getText());
  if (match === null) throw new Error(`${document.fileName} has nothing like ${pattern}`);
  const position = document.positionAt(match.index + match[0].length - 1);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return hovers
    .flatMap((hover) => hover.contents)
    .map((content) => (typeof content === 'string' ? content : content.value))
    .join('\n');
}
