import { type AnalysisOptions, DEFAULT_OPTIONS } from '@widthwise/analysis';
import { analyse, exampleText } from '@widthwise/analysis/testing';
import { describe, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { AnalysisJob, FileAnalyser, Reading } from '../../sources/analyser/file-analyser.ts';
import { documentAnalyses } from './document-analyses.ts';

const URI = 'untitled:model.py';
const GOOD = exampleText('pytorch-mlp');
const TYPING = GOOD.replace('return self.readout(h)', 'return self.readout((');

/** Documents of an editor, and an analyser of which some texts ask too much. */
function editor(answers: Readonly<Record<string, () => Promise<Reading>>> = {}) {
  const open = new Map<string, TextDocument>();
  const asked: AnalysisJob[] = [];
  const aborted: string[] = [];
  const analyser: FileAnalyser = {
    analyse: async (job, signal) => {
      asked.push(job);
      signal?.addEventListener('abort', () => aborted.push(job.text));
      const answer = answers[job.text];
      return answer === undefined ? { kind: 'read', analysis: analyse(job.text) } : answer();
    },
  };
  let plan: () => AnalysisOptions | null = () => DEFAULT_OPTIONS;
  const analyses = documentAnalyses({
    analyser,
    optionsOf: async () => plan(),
    placeOf: async () => null,
    documentOf: (uri) => open.get(uri),
  });
  const type = (text: string): TextDocument => {
    const version = (open.get(URI)?.version ?? 0) + 1;
    const document = TextDocument.create(URI, 'python', version, text);
    open.set(URI, document);
    return document;
  };
  return {
    analyses,
    asked,
    aborted,
    type,
    plan: (next: () => AnalysisOptions | null) => {
      plan = next;
    },
    read: (text: string) => analyses.of(type(text)),
  };
}

const unread = async (): Promise<Reading> => ({ kind: 'unread', why: 'hangs' });
const throwing = async (): Promise<Reading> => {
  throw new Error('no analyser');
};

const countOf = (reading: Reading | null): number | undefined =>
  reading?.kind === 'read' ? reading.analysis.findings.length : undefined;

describe('a version that does not parse', () => {
  test('is read in full as long as there is none before it, and no further after one', async () => {
    const { read, asked } = editor();
    await read(TYPING);
    await read(GOOD);
    await read(TYPING);
    await read(GOOD);
    expect(asked.map(({ options }) => options.hasEarlier ?? false)).toEqual([false, false, true, true]);
  });

  test('is read in full again where the configuration has changed', async () => {
    const { read, asked, analyses } = editor();
    await read(GOOD);
    analyses.forget();
    await read(TYPING);
    expect(asked.map(({ options }) => options.hasEarlier ?? false)).toEqual([false, false]);
  });

  test('rests on the files of the one before it, whose findings it shows', async () => {
    const resting: Reading = { kind: 'read', analysis: { ...analyse(GOOD), imported: ['/there/layers.py'] } };
    const { read, analyses } = editor({ [GOOD]: async () => resting });
    await read(GOOD);
    await read(TYPING);
    expect(analyses.restingOn('/there/layers.py')).toEqual([URI]);
  });
});

describe('a version that fails', () => {
  test('is told, and the next one that is good is read as if it had not been', async () => {
    const { read } = editor({ hostile: unread });
    expect(countOf(await read(GOOD))).toBe(2);
    expect(await read('hostile')).toEqual({ kind: 'unread', why: 'hangs' });
    expect(countOf(await read(GOOD))).toBe(2);
  });

  test('by a throw rejects for itself alone', async () => {
    const { read } = editor({ hostile: throwing });
    await read(GOOD);
    await expect(read('hostile')).rejects.toThrow('no analyser');
    expect(countOf(await read(GOOD))).toBe(2);
  });

  test('leaves what is shown of a text that does not parse to the last good one', async () => {
    const { read } = editor({ hostile: unread });
    await read(GOOD);
    await read('hostile');
    expect(countOf(await read(TYPING))).toBe(2);
  });

  test('is asked for again where nothing could be analysed', async () => {
    const { read, analyses, type, plan } = editor();
    plan(() => {
      throw new Error('no settings');
    });
    await expect(read(GOOD)).rejects.toThrow('no settings');
    plan(() => DEFAULT_OPTIONS);
    expect(countOf(await analyses.of(type(GOOD)))).toBe(2);
  });
});

test('a version is analysed once, and given up when another has come', async () => {
  const { analyses, asked, aborted, type } = editor();
  const document = type(GOOD);
  await Promise.all([analyses.of(document), analyses.of(document)]);
  expect(asked).toHaveLength(1);
  await analyses.of(type('x = 1'));
  expect(aborted).toEqual([GOOD]);
});

test('an answer that comes late changes nothing of a newer version', async () => {
  let answer = (_: Reading): void => {};
  const late = new Promise<Reading>((resolve) => {
    answer = resolve;
  });
  const { read } = editor({ slow: () => late });
  const slow = read('slow');
  expect(countOf(await read(GOOD))).toBe(2);
  answer({ kind: 'read', analysis: analyse('x = 1') });
  await slow;
  expect(countOf(await read(TYPING))).toBe(2);
});

describe('what is shown', () => {
  test('is of the version that is open when it is answered', async () => {
    let answer = (_: Reading): void => {};
    const late = new Promise<Reading>((resolve) => {
      answer = resolve;
    });
    const { analyses, type } = editor({ slow: () => late });
    type('slow');
    const shown = analyses.shown(URI);
    type(GOOD);
    answer({ kind: 'read', analysis: analyse('x = 1') });
    expect(await shown).toMatchObject({ document: { version: 2 }, analysis: { findings: [{}, {}] } });
  });

  test('is nothing of a document that is not open, not read or left alone', async () => {
    const { analyses, type, plan } = editor({ hostile: unread });
    expect(await analyses.shown(URI)).toBeNull();
    type('hostile');
    expect(await analyses.shown(URI)).toBeNull();
    plan(() => null);
    type(GOOD);
    expect(await analyses.shown(URI)).toBeNull();
  });

  test('is read again where the configuration changed meanwhile', async () => {
    const cancelled: Reading[] = [{ kind: 'cancelled' }];
    const { analyses, type, asked } = editor({
      [GOOD]: async () => {
        const first = cancelled.pop();
        if (first !== undefined) analyses.forget();
        return first ?? { kind: 'read', analysis: analyse(GOOD) };
      },
    });
    type(GOOD);
    expect(await analyses.shown(URI)).toMatchObject({ analysis: { findings: [{}, {}] } });
    expect(asked).toHaveLength(2);
  });
});
