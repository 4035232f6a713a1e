import { expect, test } from 'vitest';
import { fileStatusWords } from './file-status-words.ts';

test('the status of a file says what was found and how it was judged', () => {
  expect(fileStatusWords({ profile: 'mup', models: 1, verdicts: 1, findings: 2, unread: null })).toEqual({
    text: 'Widthwise: 2 findings',
    detail: 'profile mup · 1 model',
  });
  expect(fileStatusWords({ profile: 'advisory', models: 3, verdicts: 1, findings: 0, unread: null })).toEqual(
    {
      text: 'Widthwise: 0 findings',
      detail: 'profile advisory · 3 models, 1 with a verdict',
    },
  );
});

test('a file without a model, and one that is left alone, say so', () => {
  const nothing = { models: 0, verdicts: 0, findings: 0, unread: null };
  expect(fileStatusWords({ profile: 'mup', ...nothing }).text).toBe('Widthwise: no model');
  expect(fileStatusWords({ profile: null, ...nothing }).text).toBe('Widthwise: off here');
  expect(fileStatusWords({ profile: null, ...nothing, unread: 'takes too long' })).toEqual({
    text: 'Widthwise: not read',
    detail: 'the file takes too long',
  });
});
