import { expect, test } from 'vitest';
import { announcement } from './announcement.ts';
import { shownComparison } from './example-comparison.fixture.ts';

test('a screen reader hears each quarter and the end, not every run', () => {
  const comparison = shownComparison();
  const heard = Array.from({ length: 100 }, (_, finished) => {
    comparison.progress = { finished, total: 100, secondsLeft: null };
    return announcement(comparison, 'μP moves.');
  });
  expect([...new Set(heard)]).toHaveLength(4);
  comparison.state = { kind: 'cancelled' };
  expect(announcement(comparison, 'μP moves.')).toContain(
    'cancelled at 99/100. μP moves. What had finished is kept',
  );
});
