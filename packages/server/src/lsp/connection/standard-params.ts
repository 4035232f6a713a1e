import * as v from 'valibot';
import { expected, openTable, type Schema, TEXT } from '../../input/schema.ts';

const WHAT = 'an object';
const whole = expected('a whole number from 0');
const WHOLE: Schema<number> = v.pipe(v.number(whole), v.integer(whole), v.minValue(0, whole));
const list = <Item>(item: Schema<Item>): Schema<Item[]> => v.array(item, expected('a list'));

const DOCUMENT = openTable({ uri: TEXT }, WHAT);
const RESULT = openTable({ uri: TEXT, value: TEXT }, WHAT);
const VERSIONED = openTable({ uri: TEXT, version: WHOLE }, WHAT);
const POSITION = openTable({ line: WHOLE, character: WHOLE }, WHAT);
const RANGE = openTable({ start: POSITION, end: POSITION }, WHAT);
const CHANGE = openTable({ text: TEXT, range: v.optional(RANGE) }, WHAT);
const TOKEN: Schema<string | number> = v.union([v.string(), v.number()], expected('a text or a number'));

/** Parameters of a method of our own, whose handler knows the rest. */
export const SOME_PARAMS: Schema<object> = openTable({}, WHAT);

/** What the server reads of the parameters of LSP's own methods; more is never minded. */
export const STANDARD_PARAMS: Readonly<Record<string, Schema<unknown>>> = {
  initialize: openTable(
    {
      capabilities: SOME_PARAMS,
      processId: v.nullish(WHOLE),
      rootUri: v.nullish(TEXT),
      workspaceFolders: v.nullish(list(DOCUMENT)),
    },
    WHAT,
  ),
  'textDocument/didOpen': openTable(
    { textDocument: openTable({ uri: TEXT, version: WHOLE, text: TEXT, languageId: TEXT }, WHAT) },
    WHAT,
  ),
  'textDocument/didChange': openTable({ textDocument: VERSIONED, contentChanges: list(CHANGE) }, WHAT),
  'textDocument/didClose': openTable({ textDocument: DOCUMENT }, WHAT),
  'textDocument/hover': openTable({ textDocument: DOCUMENT, position: POSITION }, WHAT),
  'textDocument/codeLens': openTable({ textDocument: DOCUMENT }, WHAT),
  'textDocument/diagnostic': openTable({ textDocument: DOCUMENT, previousResultId: v.nullish(TEXT) }, WHAT),
  'workspace/diagnostic': openTable({ previousResultIds: list(RESULT) }, WHAT),
  'workspace/executeCommand': openTable(
    { command: TEXT, arguments: v.optional(list<unknown>(v.unknown())) },
    WHAT,
  ),
  'workspace/didChangeConfiguration': SOME_PARAMS,
  'workspace/didChangeWatchedFiles': openTable({ changes: list(DOCUMENT) }, WHAT),
  'workspace/didChangeWorkspaceFolders': openTable(
    { event: openTable({ added: list(DOCUMENT), removed: list(DOCUMENT) }, WHAT) },
    WHAT,
  ),
  'window/workDoneProgress/cancel': openTable({ token: TOKEN }, WHAT),
  '$/cancelRequest': openTable({ id: TOKEN }, WHAT),
  '$/setTrace': openTable({ value: TEXT }, WHAT),
};
