import { PassThrough } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import {
  CodeLensRequest,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DidChangeNotebookDocumentNotification,
  DidCloseNotebookDocumentNotification,
  DidOpenNotebookDocumentNotification,
  HoverRequest,
  InitializeRequest,
  NotebookCellKind,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { analyserInProcess } from '../../../test/analyser-in-process.ts';
import { createServer } from '../server.ts';
import { pythonText } from './notebooks.ts';

const NOTEBOOK = 'file:///code/train.ipynb';
const cellUri = (index: number): string => `vscode-notebook-cell:/code/train.ipynb#W${index}`;
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

let client: ProtocolConnection;
afterEach(() => client.dispose());

/** An editor with this notebook open; what it is told of each cell, once every cell was told of. */
async function openNotebook(): Promise<{ readonly told: Map<string, Diagnostic[]>; all(): Promise<void> }> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  createServer(server, analyserInProcess());
  server.listen();
  client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const told = new Map<string, Diagnostic[]>();
  let heard = (): void => {};
  client.onNotification(PublishDiagnosticsNotification.type, ({ uri, diagnostics }) => {
    told.set(uri, diagnostics);
    if (told.size === CELLS.length) heard();
  });
  const all = (): Promise<void> => {
    told.clear();
    return new Promise((resolve) => {
      heard = resolve;
    });
  };
  client.listen();
  await client.sendRequest(InitializeRequest.type, { processId: null, rootUri: null, capabilities: {} });
  const coming = all();
  await client.sendNotification(DidOpenNotebookDocumentNotification.type, {
    notebookDocument: {
      uri: NOTEBOOK,
      notebookType: 'jupyter-notebook',
      version: 1,
      cells: CELLS.map((_, index) => ({ kind: NotebookCellKind.Code, document: cellUri(index) })),
    },
    cellTextDocuments: CELLS.map((text, index) => ({
      uri: cellUri(index),
      languageId: 'python',
      version: 1,
      text,
    })),
  });
  await coming;
  return { told, all };
}

test('a notebook is read as one file, and each cell has its own findings, lenses and hovers', async () => {
  await openNotebook();
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
  const { told, all } = await openNotebook();
  const codes = (index: number): unknown[] => (told.get(cellUri(index)) ?? []).map(({ code }) => code);
  const before = told.get(cellUri(1)) ?? [];
  expect([codes(0), codes(1), codes(2)]).toEqual([[], ['MUP104', 'MUP101'], ['MUP301', 'MUP302']]);
  let coming = all();
  await client.sendNotification(DidChangeNotebookDocumentNotification.type, {
    notebookDocument: { uri: NOTEBOOK, version: 2 },
    change: {
      cells: {
        textContent: [
          {
            document: { uri: cellUri(0), version: 2 },
            changes: [{ text: '# widthwise: width(n)\nimport torch\nfrom torch import nn\n\n' }],
          },
        ],
      },
    },
  });
  await coming;
  expect((told.get(cellUri(1)) ?? []).map(({ range }) => range)).toEqual(before.map(({ range }) => range));
  coming = all();
  await client.sendNotification(DidCloseNotebookDocumentNotification.type, {
    notebookDocument: { uri: NOTEBOOK },
    cellTextDocuments: CELLS.map((_, index) => ({ uri: cellUri(index) })),
  });
  await coming;
  expect([0, 1, 2].flatMap(codes)).toEqual([]);
});

test('magics and shell commands are comments, every character at its place', () => {
  expect(pythonText('%pip install x\n  !ls\nx = 1')).toBe('#pip install x\n  #ls\nx = 1');
  expect(pythonText('%%bash\nls\n')).toBe('#%bash\n#s\n');
  expect(pythonText('%%time\nx = 1')).toBe('#%time\nx = 1');
  expect(pythonText('x = ("%d"\n  % 3)')).toBe('x = ("%d"\n  % 3)');
});
