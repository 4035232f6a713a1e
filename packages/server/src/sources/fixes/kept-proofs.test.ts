import { DEFAULT_OPTIONS } from '@widthwise/analysis';
import { analyse } from '@widthwise/analysis/testing';
import { expect, test } from 'vitest';
import type { AnalysisJob, FileAnalyser, Reading } from '../analyser/file-analyser.ts';
import { keptProofs } from './kept-proofs.ts';

/** An analyser that gives these answers and is then out of them; what it is asked for. */
function scripted(...answers: readonly Reading[]) {
  const asked: string[] = [];
  const left = [...answers];
  const analyser: FileAnalyser = {
    analyse: async ({ text }) => {
      asked.push(text);
      return left.shift() ?? { kind: 'read', analysis: analyse(text) };
    },
  };
  return { asked, proofsOf: keptProofs(analyser) };
}

const jobOf = (text: string, file = 'm.py'): AnalysisJob => ({
  file,
  text,
  options: DEFAULT_OPTIONS,
  place: null,
});

test('a text is read once for one analysis of its file, and again for the next', async () => {
  const { asked, proofsOf } = scripted();
  const [first, next] = [analyse('x = 1'), analyse('x = 1')];
  const one = await proofsOf({ file: 'm.py', analysis: first }).analyse(jobOf('x = 2'));
  expect(await proofsOf({ file: 'm.py', analysis: first }).analyse(jobOf('x = 2'))).toBe(one);
  expect(asked).toEqual(['x = 2']);
  await proofsOf({ file: 'm.py', analysis: next }).analyse(jobOf('x = 2'));
  expect(asked).toEqual(['x = 2', 'x = 2']);
});

test.each([{ kind: 'cancelled' } as const, { kind: 'unread', why: 'hangs' } as const])(
  'one that came to %j is read again',
  async (answer) => {
    const { asked, proofsOf } = scripted(answer);
    const { analyse: read } = proofsOf({ file: 'm.py', analysis: analyse('x = 1') });
    expect(await read(jobOf('x = 2'))).toEqual(answer);
    expect(await read(jobOf('x = 2'))).toMatchObject({ kind: 'read' });
    expect(asked).toHaveLength(2);
  },
);

test('another file is read each time', async () => {
  const { asked, proofsOf } = scripted();
  const { analyse: read } = proofsOf({ file: 'm.py', analysis: analyse('x = 1') });
  await read(jobOf('y = 1', 'other.py'));
  await read(jobOf('y = 1', 'other.py'));
  expect(asked).toHaveLength(2);
});
