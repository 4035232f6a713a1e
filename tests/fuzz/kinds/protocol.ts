import fc from 'fast-check';
import type { Kind } from '../harness/kind.ts';
import type { Sent, Session } from '../judges/messages.ts';

const FILE = 'file:///workspace/model.py';
const MODEL =
  'import torch\nfrom torch import nn\nclass Net(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n        self.fc = nn.Linear(width, width)\n';
const SMALL = { widths: [16, 32], seeds: 1, steps: 1, parametrizations: ['mup'], data: 'digits:16' };

/** What each method is meant to be given. */
const REQUESTS: Readonly<Record<string, unknown>> = {
  initialize: { processId: null, rootUri: null, capabilities: {} },
  'textDocument/hover': { textDocument: { uri: FILE }, position: { line: 5, character: 14 } },
  'textDocument/codeLens': { textDocument: { uri: FILE } },
  'workspace/executeCommand': { command: 'widthwise.declareWidth', arguments: [] },
  'widthwise/experiment/start': { experiment: 'compare', config: SMALL },
  'widthwise/experiment/read': { experimentId: 'nobody' },
  'widthwise/experiment/cancel': { experimentId: 'nobody' },
  'widthwise/model/explain': { uri: FILE },
  'widthwise/file/status': { uri: FILE },
  'no/such/method': {},
};
const NOTIFICATIONS: Readonly<Record<string, unknown>> = {
  initialized: {},
  'textDocument/didOpen': { textDocument: { uri: FILE, languageId: 'python', version: 1, text: MODEL } },
  'textDocument/didChange': { textDocument: { uri: FILE, version: 2 }, contentChanges: [{ text: MODEL }] },
  'textDocument/didClose': { textDocument: { uri: FILE } },
  'workspace/didChangeConfiguration': { settings: {} },
  'workspace/didChangeWatchedFiles': { changes: [{ uri: FILE, type: 2 }] },
  'workspace/didChangeWorkspaceFolders': { event: { added: [], removed: [] } },
  'window/workDoneProgress/cancel': { token: 'x' },
  '$/cancelRequest': { id: 1 },
  '$/setTrace': { value: 'off' },
  'no/such/notification': {},
};

const WRONG = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    '../../etc/passwd',
    'file:///dev/zero',
    'file:///%00',
    'untitled:x',
    'http://evil.example/',
    -1,
    1e308,
    2 ** 31,
  ),
  fc.constantFrom<unknown>(null, [], {}, [[]], { __proto__: 1, constructor: {} }),
);

/** Parameters as they are meant, one field of them wrong, or all of them. */
function parameters(good: unknown): fc.Arbitrary<unknown> {
  const fields = Object.keys(good as object);
  const wrongField = fc
    .tuple(fc.constantFrom(...(fields.length === 0 ? ['x'] : fields)), WRONG)
    .map(([field, value]) => ({ ...(good as object), [field]: value }));
  return fc.oneof(fc.constant(good), wrongField, WRONG, fc.constant(undefined));
}

const request = fc
  .constantFrom(...Object.entries(REQUESTS))
  .chain(([method, good]) => parameters(good).map((params) => ({ method, params })));
const notification = fc
  .constantFrom(...Object.entries(NOTIFICATIONS))
  .chain(([method, good]) => parameters(good).map((params) => ({ message: { method, params } })));

/** Bytes that may be no message. */
const BYTES = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .tuple(
      fc.constantFrom(
        '-5',
        'NaN',
        '',
        '2',
        '100000000000000',
        '1e3',
        '0x10',
        '0',
        '4, 4',
        '9007199254740993',
      ),
      fc.constantFrom('\r\n\r\n', '\n\n', '\r\n', '\r\n\r\n\r\n', ': '),
      fc.oneof(fc.json(), fc.string({ maxLength: 30 })),
    )
    .map(([length, end, body]) => `Content-Length: ${length}${end}${body}`),
);

const SESSION: fc.Arbitrary<Session> = fc
  .record({
    initializes: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, fc.constant(false)),
    messages: fc.array(fc.oneof(request, notification), { minLength: 1, maxLength: 40 }),
    shutdown: fc.option(fc.nat(40), { freq: 4 }),
    bytes: fc.option(BYTES, { freq: 4 }),
  })
  .map(({ initializes, messages, shutdown, bytes }) => {
    const sent: Sent[] = messages.map((one, id) => ('message' in one ? one : { message: { ...one, id } }));
    if (shutdown !== null)
      sent.splice(shutdown % (sent.length + 1), 0, { message: { method: 'shutdown', id: 'early' } });
    return { initializes, sent: bytes === null ? sent : [...sent, { bytes }] };
  });

/** A client that speaks badly, to the built server over its standard input. */
export const protocol: Kind = {
  name: 'protocol',
  summary: 'framing, the life of a session and parameters that no client should send, over stdio',
  judge: 'messages',
  counts: { short: 12, usual: 200, long: 1000 },
  together: 1,
  timeoutMs: 40_000,
  inputs: () => ({ named: [], drawn: SESSION }),
};
