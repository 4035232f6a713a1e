import { analyse, exampleText } from '@widthwise/analysis/testing';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection, PublishDiagnosticsParams, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { publishDiagnostics } from './diagnostics-publisher.ts';
import type { DocumentAnalyses } from './document-analyses.ts';

const URI = 'untitled:model.py';
const TEXT = exampleText('pytorch-mlp');

type Listener = (event: { document: TextDocument }) => void;

/** An editor whose documents open, change and close on command, and what it is told. */
function editor() {
  const open = new Map<string, TextDocument>();
  const listeners = { open: [] as Listener[], change: [] as Listener[], close: [] as Listener[] };
  const tell = (kind: keyof typeof listeners, document: TextDocument): void =>
    listeners[kind].forEach((listener) => void listener({ document }));
  const told: { uri: string; version: number | undefined; count: number }[] = [];
  const messages: string[] = [];
  const errors: string[] = [];
  let analysed = Promise.resolve();
  // SAFETY: the publisher uses these members and no others.
  const documents = {
    get: (uri: string) => open.get(uri),
    keys: () => [...open.keys()],
    onDidOpen: (listener: Listener) => listeners.open.push(listener),
    onDidChangeContent: (listener: Listener) => listeners.change.push(listener),
    onDidClose: (listener: Listener) => listeners.close.push(listener),
  } as unknown as TextDocuments<TextDocument>;
  const connection = {
    console: { error: (text: string) => errors.push(text) },
    sendDiagnostics: async (sent: PublishDiagnosticsParams) => {
      messages.push(...sent.diagnostics.map(({ message }) => String(message)));
      told.push({ uri: sent.uri, version: sent.version, count: sent.diagnostics.length });
    },
  } as unknown as Connection;
  const closed: string[] = [];
  const analyses: DocumentAnalyses = {
    of: async (document) => {
      await analysed;
      const text = document.getText();
      if (text === 'left alone') return null;
      return text === 'not read'
        ? { kind: 'unread', why: 'hangs' }
        : { kind: 'read', analysis: analyse(text) };
    },
    shown: async () => null,
    restingOn: () => [],
    renew: () => {},
    forget: () => {},
    close: (uri) => closed.push(uri),
  };
  const { publishAll: again } = publishDiagnostics(connection, documents, analyses);
  const show = (version: number, text: string): TextDocument => {
    const document = TextDocument.create(URI, 'python', version, text);
    open.set(URI, document);
    return document;
  };
  return {
    told,
    messages,
    errors,
    closed,
    again,
    /** Holds every analysis back until this is done. */
    until: (done: Promise<void>) => {
      analysed = done;
    },
    open: (text = TEXT) => {
      const document = show(1, text);
      tell('open', document);
      tell('change', document);
    },
    type: (version: number, text = TEXT) => tell('change', show(version, text)),
    close: () => {
      const document = open.get(URI)!;
      open.delete(URI);
      tell('close', document);
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const found = (version: number) => ({ uri: URI, version, count: 2 });

test('a document that is opened has its diagnostics at once, and once', async () => {
  const { open, told } = editor();
  open();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([found(1)]);
  await vi.runAllTimersAsync();
  expect(told).toHaveLength(1);
});

test('who types is told when they pause, of what stands then', async () => {
  const { open, type, told } = editor();
  open();
  await vi.runAllTimersAsync();
  for (const version of [2, 3, 4]) {
    type(version);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(told).toEqual([found(1)]);
  await vi.runAllTimersAsync();
  expect(told).toEqual([found(1), found(4)]);
});

test('what was typed over while it was analysed is not told', async () => {
  const { open, type, told, until } = editor();
  let analysed = (): void => {};
  until(
    new Promise((resolve) => {
      analysed = resolve;
    }),
  );
  open();
  await vi.advanceTimersByTimeAsync(0);
  type(2);
  analysed();
  await vi.runAllTimersAsync();
  expect(told).toEqual([found(2)]);
});

test('a document that is closed has no diagnostics any more, also while it is analysed', async () => {
  const { open, close, told, closed, errors, until } = editor();
  let analysed = (): void => {};
  until(
    new Promise((resolve) => {
      analysed = resolve;
    }),
  );
  open();
  await vi.advanceTimersByTimeAsync(0);
  close();
  analysed();
  await vi.runAllTimersAsync();
  expect(told).toEqual([{ uri: URI, version: undefined, count: 0 }]);
  expect(closed).toEqual([URI]);
  expect(errors).toEqual([]);
});

test('a document that is left alone has none', async () => {
  const { open, told } = editor();
  open('left alone');
  await vi.runAllTimersAsync();
  expect(told).toEqual([{ uri: URI, version: 1, count: 0 }]);
});

test('a document that was not read says why, in the editor and in the log', async () => {
  const { open, told, messages, errors } = editor();
  open('not read');
  await vi.runAllTimersAsync();
  expect(told).toEqual([{ uri: URI, version: 1, count: 1 }]);
  expect(messages).toEqual(['This file hangs. It is read again when it changes.']);
  expect(errors).toEqual([`${URI} hangs: `]);
});

test('all are told again on request, once where many come together', async () => {
  const { open, told, again } = editor();
  open();
  await vi.runAllTimersAsync();
  for (let time = 0; time < 200; time++) {
    again();
    await vi.advanceTimersByTimeAsync(10);
  }
  await vi.runAllTimersAsync();
  expect(told).toEqual([found(1), found(1)]);
});

test('an analysis that fails is logged', async () => {
  const { open, errors, until } = editor();
  const failure = Promise.reject(new Error('no grammar'));
  failure.catch(() => {});
  until(failure);
  open();
  await vi.runAllTimersAsync();
  expect(errors).toEqual(['analysis failed: Error: no grammar']);
});
