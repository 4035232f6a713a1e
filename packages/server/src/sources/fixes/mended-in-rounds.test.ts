import { DEFAULT_OPTIONS } from '@widthwise/analysis';
import { analyse, exampleText } from '@widthwise/analysis/testing';
import { expect, test } from 'vitest';
import { mendedInRounds } from './mended-in-rounds.ts';
import { IDENTICAL } from './proven-fixes.ts';

test('every text that it has read can be called off', async () => {
  const text = exampleText('pytorch-mlp');
  const { signal } = new AbortController();
  const given = new Set<AbortSignal | undefined>();
  const { findings } = await mendedInRounds(
    {
      job: { file: 'm.py', text, options: DEFAULT_OPTIONS, place: null },
      analysis: analyse(text),
      analyser: {
        analyse: async (job, signal) => {
          given.add(signal);
          return { kind: 'read', analysis: analyse(job.text) };
        },
      },
      signal,
    },
    IDENTICAL,
  );
  expect(findings).toHaveLength(2);
  expect([...given]).toEqual([signal]);
});
