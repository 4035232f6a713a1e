import type { RunResult, StepRecord } from '@widthwise/core';
import type { RunOutcome } from '@widthwise/protocol';
import { expect, test } from 'vitest';
import { RunTrack } from './run-track.ts';

const cell = { parametrization: 'mup', width: 64, seed: 0 };
const outcome: RunOutcome = { loss: [1, 0.5], outputChange: 0.1, layers: [] };
const record = (step: number, value: number): StepRecord => ({
  kind: 'step',
  step,
  points: [{ quantity: 'loss', layer: null, value }],
});

/** SAFETY: a track reads state, divergedAt and series of a result. */
const result = (series: RunResult['series'], divergedAt: number | null = null): RunResult =>
  ({ state: divergedAt === null ? 'finished' : 'diverged', divergedAt, series }) as RunResult;

const losses = { quantity: 'loss', layer: null } as const;

test('each point is told once', () => {
  const track = new RunTrack(cell);
  expect(track.takeAdvance(3)).toBeNull();
  track.enter({ kind: 'running' });
  track.append([record(0, 1), record(1, 0.8)]);
  expect(track.takeAdvance(3)).toEqual({
    run: 3,
    state: { kind: 'running' },
    series: [{ ...losses, steps: [0, 1], values: [1, 0.8] }],
    outcome: null,
  });
  track.append([record(2, 0.7)]);
  expect(track.takeAdvance(3)?.series).toEqual([{ ...losses, steps: [2], values: [0.7] }]);
  expect(track.takeAdvance(3)).toBeNull();
});

test('a step without points moves nothing but is not lost', () => {
  const track = new RunTrack(cell);
  track.append([{ kind: 'step', step: 1, points: [] }]);
  expect(track.takeAdvance(0)?.series).toEqual([]);
  expect(track.history().series).toEqual([]);
});

test('a result from the store is told whole', () => {
  const track = new RunTrack(cell);
  track.end(result([{ ...losses, steps: [0, 1], values: [1, 0.5] }]), outcome);
  expect(track.takeAdvance(0)).toEqual({
    run: 0,
    state: { kind: 'finished' },
    series: [{ ...losses, steps: [0, 1], values: [1, 0.5] }],
    outcome,
  });
});

test('a result tells only what its records had not', () => {
  const track = new RunTrack(cell);
  track.append([record(0, 1)]);
  track.takeAdvance(0);
  track.end(result([{ ...losses, steps: [0, 1], values: [1, 0.5] }]), outcome);
  expect(track.takeAdvance(0)?.series).toEqual([{ ...losses, steps: [1], values: [0.5] }]);
});

test('divergence is a state, at its step', () => {
  const track = new RunTrack(cell);
  track.append([record(0, 1), { kind: 'diverged', step: 1 }]);
  expect(track.history().state).toEqual({ kind: 'diverged', atStep: 1 });
  track.end(result([{ ...losses, steps: [0], values: [1] }], 1), outcome);
  expect(track.history().state).toEqual({ kind: 'diverged', atStep: 1 });
});
