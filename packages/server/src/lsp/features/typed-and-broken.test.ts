import { fc } from '@fast-check/vitest';
import type { Analysis } from '@widthwise/analysis';
import { DEFAULT_OPTIONS } from '@widthwise/analysis';
import { exampleText } from '@widthwise/analysis/testing';
import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { analyserInProcess } from '../../../test/analyser-in-process.ts';
import { lintFiles } from '../../sources/analyse-files.ts';
import type { FileAnalyser } from '../../sources/analyser/file-analyser.ts';
import { documentAnalyses } from './document-analyses.ts';

const TEXT = exampleText('pytorch-mlp');
const OPTIONS = { ...DEFAULT_OPTIONS, profile: 'mup' } as const;
const INIT = TEXT.split('\n').find((line) => line.includes('std=0.02')) ?? '';

/** What an editor shows of some texts that come one after the other in one document. */
async function typed(texts: readonly string[], analyser: FileAnalyser): Promise<readonly Analysis[]> {
  const analyses = documentAnalyses({
    analyser,
    optionsOf: async () => OPTIONS,
    placeOf: async () => null,
    documentOf: () => undefined,
  });
  const shown: Analysis[] = [];
  for (const [version, text] of texts.entries()) {
    const reading = await analyses.of(TextDocument.create('untitled:m.py', 'python', version, text));
    if (reading?.kind === 'read') shown.push(reading.analysis);
  }
  return shown;
}

/** What `lint` finds in a text that it sees for the first time. */
async function linted(text: string): Promise<Analysis | undefined> {
  const given = { path: 'm.py', absolute: '/nowhere/m.py', source: { text } };
  const context = { cwd: '/nowhere', signal: new AbortController().signal, analyser: analyserInProcess() };
  const { files } = await lintFiles([], { profile: 'mup' }, { ...context, given });
  return files[0]?.analysis;
}

/** What is said of the text as it is: not what is kept of one before it, and says so. */
function saidOf({ findings, models, unread }: Analysis) {
  const isKept = (assumptions: readonly string[]) =>
    assumptions.some((one) => one.startsWith('As it was read'));
  return {
    unread,
    findings: findings
      .filter(({ assumptions }) => !isKept(assumptions))
      .map(({ code, span }) => ({ code, span })),
    weights: models.filter(({ assumptions }) => !isKept(assumptions)).flatMap(({ weights }) => weights),
    verdicts: models.flatMap(({ verdict }) => verdict ?? []),
  };
}

async function expectSameAsLint(texts: readonly string[]): Promise<void> {
  const shown = await typed(texts, analyserInProcess());
  expect(shown).toHaveLength(texts.length);
  for (const [at, text] of texts.entries()) {
    const found = await linted(text);
    expect(saidOf(shown[at]!), text).toEqual(saidOf(found!));
    if (found!.broken)
      expect(saidOf(found!), text).toMatchObject({ findings: [], weights: [], verdicts: [] });
  }
}

const atEnd = `${TEXT}\nfoo = (\n`;
const ahead = `(${TEXT}`;
const elseAhead = (text: string) => text.replace(INIT, `else:\n${INIT}`);

test.each([
  ['broken at the end after it was whole', [TEXT, atEnd, TEXT]],
  ['broken in two places, of which one is mended', [elseAhead(atEnd), atEnd, elseAhead(ahead), ahead]],
  [
    'broken from the start, and a line of it goes',
    [TEXT, ahead, ahead.replace(INIT, ''), TEXT.replace(INIT, '')],
  ],
  ['in a string that is not closed', [TEXT, TEXT.replace('class', '"""\nclass'), `${TEXT}\n"""`, TEXT]],
  ['in a call that is not closed', [TEXT.replace(INIT, INIT.replace(')', '')), TEXT]],
])('a text %s has in an editor what lint finds', (_, texts) => expectSameAsLint(texts));

const COME = [
  '"""',
  "'",
  '(',
  ')',
  '[',
  '}',
  ':',
  'else:\n',
  '@',
  ' ',
  '\n',
  '\\\n',
  '#',
  'x = (\n',
  'def f(\n',
  '',
];

const edit = fc.record({ at: fc.nat(TEXT.length), gone: fc.nat(30), come: fc.constantFrom(...COME) });

test('whatever was typed before, an editor has what lint finds', () =>
  fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 2, maxLength: 4 }), async (edits) => {
      const texts = [TEXT];
      for (const { at, gone, come } of edits) {
        const last = texts.at(-1) ?? '';
        texts.push(last.slice(0, at) + come + last.slice(at + gone));
      }
      // And back again, so that each is also met from behind.
      await expectSameAsLint([...texts, ...texts.slice(1, -1).toReversed(), TEXT]);
    }),
    { numRuns: 12 },
  ));
