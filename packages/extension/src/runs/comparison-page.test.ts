import type { ExperimentId } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { comparisonPage } from './comparison-page.ts';
import type { LoggedRun } from './run-log.ts';

const run = (given: Partial<LoggedRun>, config: LoggedRun['asked']['config']): LoggedRun => ({
  key: 'k',
  asked: { experiment: 'compare', config },
  // SAFETY: ids are made by servers; a test is one.
  experimentId: 'a' as ExperimentId,
  data: 'digits',
  trained: 'μP',
  startedAt: '2026-11-24T10:20:30.456Z',
  state: 'finished',
  answer: 'μP moves.',
  evidence: [],
  ...given,
});

test('shows what was asked differently, and what each found', () => {
  const page = comparisonPage(
    run({ evidence: ['μP: slope 0.'] }, { seeds: 5, depth: 3 }),
    run({ state: 'cancelled', answer: '' }, { seeds: 10, depth: 3 }),
  );
  expect(page).toContain('| started | 2026\\-11\\-24 10\\:20 UTC |');
  expect(page).toContain('| experiment | Compare Parametrizations |');
  expect(page).toContain('| seeds | 5 | 10 |');
  expect(page).not.toContain('depth');
  expect(page).toContain('| state | finished | cancelled |');
  expect(page).toContain('## Left\n\n- μP\\: slope 0\\.');
  expect(page).not.toContain('## Right');
});

test('what others named is text', () => {
  const page = comparisonPage(run({ data: '![x](y)' }, {}), run({}, { data: '|a|\n# b' }));
  expect(page).toContain(String.raw`\!\[x\]\(y\)`);
  expect(page).toContain(String.raw`\|a\| \# b`);
});

test('says that one of them is gone', () => {
  expect(comparisonPage(undefined, run({}, {}))).toMatch(/not in the list any more/);
});
