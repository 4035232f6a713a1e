import type { Finding } from '@widthwise/analysis';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { diagnostics } from './diagnostics.ts';

const TEXT = 'opt = Adam(net.parameters())\n';

const FINDING: Finding = {
  code: 'MUP301',
  name: 'unscaled-hidden-lr',
  severity: 'warning',
  span: { start: 6, end: 28 },
  model: 'Net',
  message: 'too fast',
  assumptions: [],
  fixes: [],
  weights: ['b.weight'],
  related: [
    { span: { start: 0, end: 3 }, message: 'here' },
    {
      span: { start: 6, end: 28 },
      message: 'there',
      elsewhere: { path: '/w/my models/é#.py', line: 9, column: 18 },
    },
    {
      span: { start: 6, end: 28 },
      message: 'there',
      elsewhere: { path: 'C:/w/model.py', line: 1, column: 1 },
    },
  ],
};

test('a place in another file is shown in that file', () => {
  const [diagnostic] = diagnostics(TextDocument.create('file:///w/train.py', 'python', 1, TEXT), [FINDING]);
  expect(diagnostic?.relatedInformation?.map(({ location }) => location)).toEqual([
    {
      uri: 'file:///w/train.py',
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } },
    },
    {
      uri: 'file:///w/my%20models/%C3%A9%23.py',
      range: { start: { line: 8, character: 17 }, end: { line: 8, character: 17 } },
    },
    {
      uri: 'file:///C%3A/w/model.py',
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    },
  ]);
});

test('fact, ways out and what is taken for granted have a line each', () => {
  const fix = { text: 'Divide it.', safety: 'needs-decision', edits: [] } as const;
  const finding = { ...FINDING, fixes: [fix], assumptions: ['Assumes `n` is\nwhat you scale.'] };
  const [diagnostic] = diagnostics(TextDocument.create('file:///w/train.py', 'python', 1, TEXT), [finding]);
  expect(diagnostic?.message).toMatch(/^too fast\.\nFix: Divide it\.\nAssumes [^\n]*$/);
});
