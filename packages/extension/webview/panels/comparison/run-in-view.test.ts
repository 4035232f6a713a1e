import { expect, test } from 'vitest';
import { shownComparison } from '../../app/example-comparison.fixture.ts';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import { RunInView } from './run-in-view.ts';

function comparison(latestRun: number | null): ShownExperiment<'compare'> {
  return Object.assign(shownComparison(), { latestRun });
}

test('nothing is in view before the first points', () => {
  expect(new RunInView().at(comparison(null), 0)).toBeNull();
});

test('narrow runs do not flicker past: one stays long enough to be seen', () => {
  const view = new RunInView();
  expect(view.at(comparison(0), 1000)).toBe(0);
  expect(view.at(comparison(1), 1100)).toBe(0);
  expect(view.at(comparison(3), 1900)).toBe(3);
});

test('a run in progress stays in view until it ends, whichever gets points beside it', () => {
  const view = new RunInView();
  const running = comparison(0);
  running.runs[0]!.state = { kind: 'running' };
  expect(view.at(running, 0)).toBe(0);
  running.latestRun = 1;
  expect(view.at(running, 60_000)).toBe(0);
  running.runs[0]!.state = { kind: 'finished' };
  expect(view.at(running, 60_001)).toBe(1);
});

test('a picked run stays until the training is followed again', () => {
  const view = new RunInView();
  view.pick(2);
  expect(view.at(comparison(0), 0)).toBe(2);
  view.pick(null);
  expect(view.at(comparison(0), 1)).toBe(0);
});
