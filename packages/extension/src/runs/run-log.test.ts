import type { ExperimentId, ExperimentSnapshot, StartExperimentParams } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import type { Memento } from 'vscode';
import { RunLog } from './run-log.ts';

function memory(): Memento {
  const kept = new Map<string, unknown>();
  return {
    keys: () => [...kept.keys()],
    // SAFETY: a memento answers with what was kept, whatever its type.
    get: (key: string) => kept.get(key) as never,
    update: async (key: string, value: unknown) => void kept.set(key, value),
  };
}

function snapshot(id: string, kind: 'running' | 'finished'): ExperimentSnapshot {
  const plan = {
    data: 'digits',
    parametrizations: [{ name: 'mup', label: 'μP' }],
    widths: [64, 128],
    seeds: 1,
  };
  const judgement = { sentence: 'μP moves.', verdicts: { mup: { sentence: 'Slope 0.' } }, slopes: {} };
  // SAFETY: a log reads these of a snapshot; an id is made by a server, and a test is one.
  return { experimentId: id as ExperimentId, plan, state: { kind }, judgement } as never;
}

const asked = (seeds: number): StartExperimentParams => ({ experiment: 'compare', config: { seeds } });

test('what was started is there in a later window, with what came of it', async () => {
  const kept = memory();
  const log = new RunLog(kept);
  await log.started(asked(1), snapshot('a', 'running'));
  await log.ended(snapshot('a', 'finished'));
  const [run] = new RunLog(kept).runs;
  expect(run).toMatchObject({
    data: 'digits',
    trained: 'μP · widths 64, 128 · 1 seed',
    state: 'finished',
    answer: 'μP moves.',
    evidence: ['μP: Slope 0.'],
  });
});

test('the same question takes the place of the one before; another one stands above it', async () => {
  const log = new RunLog(memory());
  let changes = 0;
  log.onChange(() => changes++);
  await log.started(asked(1), snapshot('a', 'finished'));
  await log.started(asked(2), snapshot('b', 'running'));
  await log.started(asked(1), snapshot('c', 'running'));
  expect(log.runs.map(({ experimentId, state }) => [experimentId, state])).toEqual([
    ['c', 'running'],
    ['b', 'running'],
  ]);
  await log.remove([log.runs[0]!.key]);
  expect(log.runs.map(({ experimentId }) => experimentId)).toEqual(['b']);
  expect(changes).toBe(4);
});

test('one that another server takes up again keeps its place and its date', async () => {
  const log = new RunLog(memory());
  await log.started(asked(1), snapshot('a', 'finished'));
  await log.started(asked(2), snapshot('b', 'running'));
  const { startedAt } = log.runs[1]!;
  await log.resumed(asked(1), snapshot('c', 'finished'));
  expect(log.runs.map(({ experimentId }) => experimentId)).toEqual(['b', 'c']);
  expect(log.runs[1]!.startedAt).toBe(startedAt);
});

test('fifty are remembered', async () => {
  const log = new RunLog(memory());
  for (let seeds = 0; seeds < 55; seeds++) await log.started(asked(seeds), snapshot(`${seeds}`, 'running'));
  expect(log.runs).toHaveLength(50);
  expect(log.runs[0]!.experimentId).toBe('54');
});
