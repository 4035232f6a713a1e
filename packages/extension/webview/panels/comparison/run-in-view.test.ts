import { expect, test } from 'vitest';
import { shownComparison } from '../../app/example-comparison.fixture.ts';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import { RunInView } from './run-in-view.ts';

function comparison(latestRun: number | null): ShownExperiment<'compare'> {
  return Object.assign(shownComparison(), { latestRun });
}

test('nothing is in view before the first points', () => {
  expect(new RunInView().at(comparison(null), null, 0)).toBeNull();
});

test('narrow runs do not flicker past: one stays long enough to be seen', () => {
  const view = new RunInView();
  expect(view.at(comparison(0), null, 1000)).toBe(0);
  expect(view.at(comparison(1), null, 1100)).toBe(0);
  expect(view.at(comparison(3), null, 4100)).toBe(3);
});

test('a run in progress stays in view until it ends, whichever gets points beside it', () => {
  const view = new RunInView();
  const running = comparison(0);
  running.runs[0]!.state = { kind: 'running' };
  expect(view.at(running, null, 0)).toBe(0);
  running.latestRun = 1;
  expect(view.at(running, null, 60_000)).toBe(0);
  running.runs[0]!.state = { kind: 'finished' };
  expect(view.at(running, null, 60_001)).toBe(1);
});

test('a picked run stays until the training is followed again, also in a comparison that began anew', () => {
  const view = new RunInView();
  const picked = { parametrization: 'mup', width: 256, seed: 0 };
  expect(view.at(comparison(0), picked, 0)).toBe(2);
  expect(new RunInView().at(comparison(0), picked, 0)).toBe(2);
  expect(view.at(comparison(0), null, 1)).toBe(0);
});

test('a picked run that this comparison does not have picks nothing', () => {
  const picked = { parametrization: 'mup', width: 1024, seed: 0 };
  expect(new RunInView().at(comparison(1), picked, 0)).toBe(1);
});
