import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DEFAULT_OPTIONS } from '@widthwise/analysis';
import { expect, test } from 'vitest';
import { analyserInProcess } from '../../../test/analyser-in-process.ts';
import { folderOf } from '../../../test/folder-of.ts';
import type { AnalysisJob, Reading } from './file-analyser.ts';
import { rememberingAnalyser } from './remembering-analyser.ts';

const JOB: AnalysisJob = { file: 'model.py', text: '', options: DEFAULT_OPTIONS, place: null };

/** What a remembering analyser answers to a job that is given twice, and how often it was done. */
async function twice(readings: readonly (() => Promise<Reading>)[]): Promise<[string, number]> {
  let count = 0;
  const remembering = rememberingAnalyser({
    analyse: async () =>
      (await readings[Math.min(count++, readings.length - 1)]?.()) ?? { kind: 'cancelled' },
  });
  await remembering.analyse(JOB);
  const { kind } = await remembering.analyse(JOB);
  return [kind, count];
}

async function reading(imported: readonly string[] = []): Promise<Reading> {
  const empty = await analyserInProcess().analyse(JOB);
  return empty.kind === 'read' ? { ...empty, analysis: { ...empty.analysis, imported } } : empty;
}

test('what was read is not read again', async () => {
  expect(await twice([() => reading()])).toEqual(['read', 1]);
});

test('what was late or killed is tried again', async () => {
  const late = async (): Promise<Reading> => ({ kind: 'unread', why: 'takes too long' });
  expect(await twice([late, () => reading()])).toEqual(['read', 2]);
});

test('what rests on a file that was saved meanwhile is read again', async () => {
  const other = join(await folderOf({ 'other.py': '' }), 'other.py');
  await sleep(100);
  expect(await twice([() => reading([other])])).toEqual(['read', 1]);
  const saving = async (): Promise<Reading> => {
    await writeFile(other, 'n = 1');
    await utimes(other, 0, 0);
    return reading([other]);
  };
  expect(await twice([saving, () => reading([other])])).toEqual(['read', 2]);
});

test('what an editor has of a file is looked at where the reading rests on it, and as it was read', async () => {
  const unsaved = new Map([
    ['/w/other.py', 'n = 1'],
    ['/w/apart.py', 'x = 1'],
  ]);
  const given: (string | undefined)[] = [];
  const remembering = rememberingAnalyser({
    analyse: async ({ place }) => {
      const text = place?.unsaved?.get('/w/other.py');
      unsaved.set('/w/other.py', 'n = 3');
      given.push(place?.unsaved?.get('/w/other.py'));
      return given.at(-1) === text ? reading(['/w/other.py']) : { kind: 'cancelled' };
    },
  });
  const read = (texts: Readonly<Record<string, string>>) => {
    for (const [path, text] of Object.entries(texts)) unsaved.set(path, text);
    return remembering.analyse({ ...JOB, place: { path: '/w/model.py', root: '/w', version: 0, unsaved } });
  };
  await read({ '/w/other.py': 'n = 1' });
  await read({ '/w/other.py': 'n = 1', '/w/apart.py': 'x = 2' });
  expect(given).toEqual(['n = 1']);
  await read({ '/w/other.py': 'n = 2' });
  await read({ '/w/other.py': 'n = 3' });
  expect(given).toEqual(['n = 1', 'n = 2', 'n = 3']);
});
