import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { startEditor } from '../../../test/editor.ts';
import { commandCapabilities } from './commands.ts';

const URI = 'untitled:model.py';
const TEXT = `from torch import nn


class Net(nn.Module):
    def __init__(self, width=512):
        super().__init__()
        self.hidden = nn.Linear(784, width)
        self.readout = nn.Linear(width, 10)

    def forward(self, x):
        return self.readout(self.hidden(x).relu())
`;
const SHOWS = { window: { showDocument: { support: true } } };

async function opened(supported: object) {
  const editor = await startEditor(undefined, undefined, supported, {});
  await editor.open(URI, TEXT);
  return editor;
}

test('an editor without commands of its own has no lens that it cannot press', async () => {
  const editor = await opened(SHOWS);
  const lenses = await editor.lenses(URI);
  expect(lenses).toContain('Explain');
  expect(lenses.filter((title) => /Check|Compare/.test(title))).toEqual([]);
  editor.close();
});

test('it is shown what Explain says, and no other model', async () => {
  const editor = await opened(SHOWS);
  await editor.press(URI, 'Explain');
  const [shown = ''] = editor.shown;
  const file = fileURLToPath(shown);
  expect(readFileSync(file, 'utf8')).toBe(await editor.explain(URI, 'Net'));
  rmSync(dirname(file), { recursive: true });
  editor.close();
});

test('one that shows no documents is told where the table is', async () => {
  const editor = await opened({});
  await editor.press(URI, 'Explain');
  expect(editor.shown).toEqual([]);
  expect(editor.messages).toEqual([expect.stringContaining('widthwise explain FILE')]);
  editor.close();
});

test('a command that an editor has is not taken from it', () => {
  const asks = { processId: null, rootUri: null, capabilities: {} };
  const commandsOf = (initializationOptions: unknown) =>
    commandCapabilities({ ...asks, initializationOptions }).executeCommandProvider?.commands;
  expect(commandsOf({ commands: true })).toEqual(['widthwise.declareWidth']);
  for (const options of [undefined, null, {}, { commands: 'yes' }])
    expect(commandsOf(options)).toEqual(['widthwise.declareWidth', 'widthwise.explain']);
});
