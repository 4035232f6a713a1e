import { exampleText } from '@widthwise/analysis/testing';
import { afterEach, expect, test } from 'vitest';
import { type Editor, startEditor } from '../../../test/editor.ts';
import { hintCapabilities } from './inlay-hints.ts';

const MUP = exampleText('pytorch-mlp');
const URI = 'untitled:model.py';

let editor: Editor;
afterEach(() => editor.close());

test('behind each layer stands what it is and how it scales, in the lines that are asked for', async () => {
  editor = await startEditor({ profile: 'mup' });
  await editor.open(URI, MUP);
  const lines = MUP.split('\n');
  const hints = await editor.inlayHints(URI, { first: 0, last: lines.length });
  expect(
    hints.map(({ position, label }) => `${lines[position.line]?.slice(8, position.character)} ${label}`),
  ).toEqual([
    'self.embed = nn.Linear(PIXELS, width, bias=False) input · a 0 b 0 c 0 ✓',
    'self.mix1 = nn.Linear(width, width, bias=False) hidden · a 0 b 0 c 1 ✗',
    'self.mix2 = nn.Linear(width, width, bias=False) hidden · a 0 b 0 c 1 ✗',
    'self.readout = nn.Linear(width, CLASSES, bias=False) output · a 0 b zero c 1 ✓',
  ]);
  expect(hints[1]?.tooltip).toBe(
    'mix1.weight: multiplied by n^-a, started with std ∝ n^-b, trained at a rate ∝ n^-c',
  );
  expect(await editor.inlayHints(URI, { first: 0, last: 2 })).toEqual([]);
});

test('an editor has hints that says it wants them', () => {
  const asks = { processId: null, rootUri: null, capabilities: {} };
  expect(hintCapabilities({ ...asks, initializationOptions: { inlayHints: true } })).toEqual({
    inlayHintProvider: true,
  });
  for (const initializationOptions of [undefined, {}, { inlayHints: false }, { inlayHints: 'yes' }])
    expect(hintCapabilities({ ...asks, initializationOptions })).toEqual({});
});
