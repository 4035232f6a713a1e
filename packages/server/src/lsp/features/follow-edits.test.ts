import { analyse, exampleText } from '@widthwise/analysis/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Reading } from '../../sources/analyser/file-analyser.ts';
import { type EditedDocuments, followEdits } from './follow-edits.ts';

const WHOLE = exampleText('pytorch-mlp');
const HALF_TYPED = `${WHOLE}\nx = (`;
const LONGER = `${WHOLE}\nx = 1\n`;

type Listener = (event: { document: TextDocument }) => void;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** An editor that has a model open, and documents over it; what those hear, and which texts of it are read. */
function editor(over: readonly string[] = ['file:///train.py']) {
  const open = new Map<string, TextDocument>();
  const listeners = new Map<keyof EditedDocuments, Listener[]>();
  const on = (kind: keyof EditedDocuments) => (listener: Listener) =>
    listeners.set(kind, [...(listeners.get(kind) ?? []), listener]);
  // SAFETY: these members are used and no others.
  const documents = {
    get: (uri: string) => open.get(uri),
    onDidOpen: on('onDidOpen'),
    onDidChangeContent: on('onDidChangeContent'),
    onDidSave: on('onDidSave'),
    onDidClose: on('onDidClose'),
  } as unknown as EditedDocuments;
  const heard: (readonly string[])[] = [];
  const read: string[] = [];
  const unsaved: (string | null)[] = [];
  let answer: (text: string) => Promise<Reading | null> = async (text) => ({
    kind: 'read',
    analysis: analyse(text),
  });
  followEdits(documents, {
    places: {
      pathOf: (uri) => uri,
      edited: (document) => unsaved.push(document.getText()),
      settled: () => unsaved.push(null),
    },
    analyses: {
      of: (document) => {
        read.push(document.getText());
        return answer(document.getText());
      },
      restingOn: () => over,
    },
    renew: (uris) => heard.push(uris),
    report: (error) => heard.push([String(error)]),
  });
  const uri = 'file:///model.py';
  const tell = (kind: keyof EditedDocuments, text: string): void => {
    const document = TextDocument.create(uri, 'python', (open.get(uri)?.version ?? 0) + 1, text);
    open.set(uri, document);
    for (const listener of listeners.get(kind) ?? []) listener({ document });
  };
  tell('onDidOpen', WHOLE);
  tell('onDidChangeContent', WHOLE);
  return {
    heard,
    read,
    unsaved,
    type: (text: string) => tell('onDidChangeContent', text),
    save: (text: string) => tell('onDidSave', text),
    close: (text: string) => tell('onDidClose', text),
    answers: (next: typeof answer) => {
      answer = next;
    },
  };
}

const pause = (): Promise<unknown> => vi.advanceTimersByTimeAsync(500);
const ONCE = [['file:///train.py']];

describe('what rests on a document', () => {
  test('hears of no document that is opened', async () => {
    const { heard, unsaved } = editor();
    await pause();
    expect([heard, unsaved]).toEqual([[], []]);
  });

  test('hears of an edit when typing pauses, once, with the text that there is then', async () => {
    const { heard, unsaved, type } = editor();
    type(`${WHOLE}\nx`);
    type(LONGER);
    expect([heard, unsaved]).toEqual([[], []]);
    await pause();
    expect([heard, unsaved]).toEqual([ONCE, [LONGER]]);
  });

  test('does not hear of what is half typed, until it is whole', async () => {
    const { heard, unsaved, type } = editor();
    type(HALF_TYPED);
    await pause();
    expect([heard, unsaved]).toEqual([[], []]);
    type(LONGER);
    await pause();
    expect([heard, unsaved]).toEqual([ONCE, [LONGER]]);
  });

  test('hears of a text that is typed over while it is read with the next one', async () => {
    const { heard, unsaved, type, answers } = editor();
    let done = (_: Reading): void => {};
    answers((text) =>
      text === LONGER
        ? Promise.resolve({ kind: 'read', analysis: analyse(text) })
        : new Promise((resolve) => {
            done = resolve;
          }),
    );
    type(`${WHOLE}\nx`);
    await pause();
    type(LONGER);
    done({ kind: 'cancelled' });
    await pause();
    expect([heard, unsaved]).toEqual([ONCE, [LONGER]]);
  });

  test.each([null, { kind: 'unread', why: 'hangs' } as const])(
    'hears of one that is read as %j',
    async (reading) => {
      const { heard, type, answers } = editor();
      answers(async () => reading);
      type(HALF_TYPED);
      await pause();
      expect(heard).toEqual(ONCE);
    },
  );

  test('hears at once of one that is saved or closed, half typed or not', async () => {
    const saved = editor();
    saved.type(HALF_TYPED);
    saved.save(HALF_TYPED);
    expect([saved.heard, saved.unsaved]).toEqual([ONCE, [null]]);
    await pause();
    expect(saved.heard).toEqual(ONCE);
    const closed = editor();
    closed.type(HALF_TYPED);
    closed.close(HALF_TYPED);
    await pause();
    expect([closed.heard, closed.unsaved]).toEqual([ONCE, [null]]);
  });
});

test('a document on which nothing rests is not read for that, and its text is known at once', async () => {
  const { read, unsaved, type } = editor([]);
  type(HALF_TYPED);
  expect(unsaved).toEqual([HALF_TYPED]);
  await pause();
  expect(read).toEqual([]);
});

test('where nothing can be analysed, that is told', async () => {
  const { heard, type, answers } = editor();
  answers(() => Promise.reject(new Error('no analyser')));
  type(LONGER);
  await pause();
  expect(heard).toEqual([['Error: no analyser']]);
});
