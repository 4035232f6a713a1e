import { afterEach, expect, test } from 'vitest';
import {
  CodeLensRequest,
  DidCloseNotebookDocumentNotification,
  HoverRequest,
} from 'vscode-languageserver/node';
import { type NotebookEditor, openNotebook } from '../../../test/notebook-editor.ts';
import { pythonText } from './notebooks.ts';

const CELLS = [
  '%pip install torch\nimport torch\nfrom torch import nn\n# widthwise: width(n)',
  `class Net(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.first = nn.Linear(10, n)
        self.second = nn.Linear(n, n)
        self.last = nn.Linear(n, 10)
        nn.init.normal_(self.second.weight, std=0.02)

    def forward(self, x):
        return self.last(self.second(self.first(x).tanh()).tanh())`,
  'net = Net(512)\nadam = torch.optim.Adam(net.parameters(), lr=1e-3)',
];

let editor: NotebookEditor;
afterEach(() => editor.client.dispose());

test('a notebook is read as one file, and each cell has its own findings, lenses and hovers', async () => {
  editor = await openNotebook(CELLS);
  const { client, cellUri } = editor;
  const lenses = (index: number) =>
    client.sendRequest(CodeLensRequest.type, { textDocument: { uri: cellUri(index) } });
  expect(await lenses(0)).toEqual([]);
  const own = (await lenses(1)) ?? [];
  expect(own[0]).toMatchObject({ range: { start: { line: 0 } } });
  // Its optimizer stands in the cell below.
  expect(own.map(({ command }) => command?.title).join()).toContain('Adam');
  const hover = await client.sendRequest(HoverRequest.type, {
    textDocument: { uri: cellUri(1) },
    position: { line: 4, character: 14 },
  });
  expect(JSON.stringify(hover)).toContain('second');
});

test('findings stand in the cell of their line, follow a change in another one, and go with the notebook', async () => {
  editor = await openNotebook(CELLS);
  const { told, all, cellUri } = editor;
  const codes = (index: number): unknown[] => (told.get(cellUri(index)) ?? []).map(({ code }) => code);
  const before = told.get(cellUri(1)) ?? [];
  expect([codes(0), codes(1), codes(2)]).toEqual([[], ['MUP104', 'MUP101'], ['MUP301', 'MUP302']]);
  const rates = (told.get(cellUri(2)) ?? []).find(({ code }) => code === 'MUP301');
  expect(rates?.relatedInformation).toEqual([
    {
      location: {
        uri: cellUri(1),
        range: { start: { line: 4, character: 22 }, end: { line: 4, character: 22 } },
      },
      message: 'second.weight is made here',
    },
  ]);
  let coming = all();
  await editor.type(0, '# widthwise: width(n)\nimport torch\nfrom torch import nn\n\n');
  await coming;
  expect((told.get(cellUri(1)) ?? []).map(({ range }) => range)).toEqual(before.map(({ range }) => range));
  coming = all();
  await editor.client.sendNotification(DidCloseNotebookDocumentNotification.type, {
    notebookDocument: { uri: 'file:///code/train.ipynb' },
    cellTextDocuments: CELLS.map((_, index) => ({ uri: cellUri(index) })),
  });
  await coming;
  expect([0, 1, 2].flatMap(codes)).toEqual([]);
});

test('a width that no model of the notebook has is told in the cell that declares it', async () => {
  editor = await openNotebook([CELLS[0]!, `# widthwise: width(nosuch)\n${CELLS[1]}`, CELLS[2]!]);
  const { told, cellUri } = editor;
  const said = (index: number) => (told.get(cellUri(index)) ?? []).filter(({ code }) => code === undefined);
  expect([said(0), said(1).map(({ range: { start } }) => start.line), said(2)]).toEqual([[], [0], []]);
});

test('magics and shell commands are comments, every character at its place', () => {
  expect(pythonText('%pip install x\n  !ls\nx = 1')).toBe('#pip install x\n  #ls\nx = 1');
  expect(pythonText('%%bash\nls\n')).toBe('#%bash\n#s\n');
  expect(pythonText('%%time\nx = 1')).toBe('#%time\nx = 1');
  expect(pythonText('%timeit f()')).toBe('#timeit f()');
  expect(pythonText('?nn.Linear\nnn.Linear??\nx = "why?"  # why?')).toBe(
    '#nn.Linear\n#n.Linear??\nx = "why?"  # why?',
  );
  expect(pythonText('x = ("%d"\n  % 3)')).toBe('x = ("%d"\n  % 3)');
});

test('what a line magic measures is run, and what a command answers is not known', () => {
  expect(pythonText('%time net = Net(512)\n  net = %time Net(512)')).toBe(
    `pass; net = Net(512)\n  net = ${' '.repeat(5)} Net(512)`,
  );
  expect(pythonText('%time for x in y: z()')).toBe('#time for x in y: z()');
  expect(pythonText('files = !ls\na, b = %who_ls')).toBe('files = \u01C3#s\na, b = \u01C3#ho_ls');
});

test('a notebook with all of these is read', async () => {
  const [imports, model] = CELLS;
  const training = `torch.nn?
files = !ls
%time net = Net(512)
%time adam = torch.optim.Adam(net.parameters(), lr=1e-3)`;
  editor = await openNotebook([imports!, model!, training]);
  const found = editor.told.get(editor.cellUri(2)) ?? [];
  expect(found.map(({ code, range }) => [code, range.start.line])).toEqual([
    ['MUP301', 3],
    ['MUP302', 3],
  ]);
});
