import { execFile } from 'node:child_process';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ComparisonReport } from '@widthwise/core';
import {
  CancelExperiment,
  type ExperimentConfig,
  type ExperimentId,
  type ExperimentSnapshot,
  PROTOCOL_VERSION,
  REFUSED,
  ReadExperiment,
  type Series,
  StartExperiment,
} from '@widthwise/protocol';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ResponseError, ShowMessageNotification } from 'vscode-languageserver-protocol';
import { type ServerHandle, serverHandle } from './server-handle.ts';

const SMALL = {
  data: 'digits:16',
  widths: [32, 48, 64],
  parametrizations: ['sp-constant', 'ntp', 'mup'],
  steps: 8,
  seeds: 2,
} as const;
const FLAGS = ['--data', 'digits:16', '--widths', '32,48,64', '--parametrizations', 'sp-constant,ntp,mup'];
const CLI = join(import.meta.dirname, '../../packages/server/bin/widthwise.js');
/** Minutes of work, so that it is surely still running when it is cancelled. */
const LONG = { widths: [256, 1024], parametrizations: ['mup'], steps: 400, seeds: 20 };

let server: ServerHandle;
beforeAll(async () => {
  server = await serverHandle();
});
afterAll(async () => {
  expect(await server.close()).toBe(0);
});

async function finished(config: ExperimentConfig): Promise<ExperimentSnapshot<'compare'>> {
  const { experimentId } = await server.connection.sendRequest(StartExperiment, {
    experiment: 'compare',
    config,
  });
  expect(await server.endOf(experimentId)).toEqual({ kind: 'finished' });
  // SAFETY: what was started is a comparison.
  return server.connection.sendRequest(ReadExperiment, { experimentId }) as Promise<
    ExperimentSnapshot<'compare'>
  >;
}

/** The rows of `--json`, from the snapshot that a view is hydrated with. */
function rowsOf({ runs }: ExperimentSnapshot): unknown[] {
  return runs.map(({ state, outcome, ...run }) => ({
    ...run,
    ...outcome,
    state: state.kind,
    divergedAt: state.kind === 'diverged' ? state.atStep : null,
  }));
}

test('the answer to initialize states the version of the protocol', () => {
  expect(server.initialized.capabilities.experimental).toEqual({
    widthwise: { protocolVersion: PROTOCOL_VERSION },
  });
});

describe('a comparison', () => {
  test('equals what the command prints for the same configuration', async () => {
    const snapshot = await finished(SMALL);
    const args = ['compare', ...FLAGS, '--steps', '8', '--seeds', '2', '--json', '-', '--fresh'];
    const { stdout } = await promisify(execFile)(process.execPath, [CLI, ...args], { cwd: server.folder });
    const report = JSON.parse(stdout) as ComparisonReport;
    expect(rowsOf(snapshot)).toEqual(report.rows);
    expect(snapshot.judgement.slopes).toEqual(report.slopes);
    for (const [name, { stable, featureLearning, richness, reasons }] of Object.entries(report.verdicts!)) {
      expect(snapshot.judgement.verdicts[name]).toMatchObject({ stable, featureLearning, richness, reasons });
    }
  });

  test('told piece by piece is the same as read whole', async () => {
    server.advanced.length = 0;
    const whole = await finished({ ...SMALL, data: 'mixture:3,8,16' });
    const told = server.advanced.filter(({ experimentId }) => experimentId === whole.experimentId);
    expect(told.map(({ revision }) => revision)).toEqual(told.map((_, index) => index + 1));
    expect(told.at(-1)?.progress).toMatchObject({ finished: 18, total: 18 });
    for (const [index, run] of whole.runs.entries()) {
      const advances = told.flatMap(({ runs }) => runs.filter((advance) => advance.run === index));
      expect(joined(advances.flatMap(({ series }) => series))).toEqual(run.series);
      expect(advances.at(-1)).toMatchObject({ state: run.state, outcome: run.outcome });
    }
  });

  test('is told at most twenty times a second', async () => {
    server.advanced.length = 0;
    const began = performance.now();
    await finished({ ...SMALL, dataSeed: 1, data: 'mixture:4,8,32', widths: [64, 96, 128], steps: 20 });
    const periods = (performance.now() - began) / 50;
    // One message a period, one before the comparison is read and one at its end.
    expect(server.advanced.length).toBeLessThanOrEqual(periods + 2);
  });

  test('whose results cannot be kept says so once, and is whole all the same', async () => {
    const warnings: string[] = [];
    const listening = server.connection.onNotification(
      ShowMessageNotification.type,
      ({ message }) => void warnings.push(message),
    );
    const config = { ...SMALL, data: 'mixture:5,4,16' };
    const { experimentId } = await server.connection.sendRequest(StartExperiment, {
      experiment: 'compare',
      config,
    });
    await rename(join(server.folder, '.widthwise'), join(server.folder, 'moved away'));
    expect(await server.endOf(experimentId)).toEqual({ kind: 'finished' });
    listening.dispose();
    expect(warnings).toEqual([expect.stringMatching(/results cannot be kept in .*ENOENT/)]);
  });

  test('found in the store is whole at once', async () => {
    const config = { ...SMALL, data: 'mixture:2,4,16' };
    const first = await finished(config);
    const second = await finished(config);
    expect(second.experimentId).not.toBe(first.experimentId);
    expect(rowsOf(second)).toEqual(rowsOf(first));
  });

  test('cancelled on its way ends as cancelled, keeps what had finished and leaves nothing running', async () => {
    const { experimentId } = await server.connection.sendRequest(StartExperiment, {
      experiment: 'compare',
      config: LONG,
    });
    while (!server.advanced.some((params) => params.experimentId === experimentId)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const snapshot = await server.connection.sendRequest(CancelExperiment, { experimentId });
    expect(await server.endOf(experimentId)).toEqual({ kind: 'cancelled' });
    expect(snapshot.state).toEqual({ kind: 'cancelled' });
    expect(snapshot.runs.some(({ state }) => state.kind === 'running')).toBe(false);
    const messages = server.advanced.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.advanced.length).toBe(messages);
  });
});

describe('what cannot be done is refused', () => {
  test.each([
    [{ widths: [64] }, 'widthwise.compare.widths: a slope needs at least two widths, got 64'],
    [{ learningRate: 0 }, 'widthwise.compare.learningRate: expected a number above 0, got 0'],
    [{ baseWidth: 0 }, 'baseWidth: expected a whole number'],
    [{ parametrizations: ['nosuch'] }, 'parametrizations'],
    [{ data: 'csv:missing.csv' }, 'missing.csv'],
    [{ data: 'csv:../outside.csv' }, 'outside the workspace'],
    [{ parametrizations: ['abc:/etc/passwd'] }, 'outside the workspace'],
  ])('%j', async (config, named) => {
    const refused = await server.connection
      .sendRequest(StartExperiment, { experiment: 'compare', config })
      .catch((error) => error);
    expect(refused).toBeInstanceOf(ResponseError);
    expect(refused.code).toBe(REFUSED);
    expect(refused.data).toEqual({ kind: 'invalid-config' });
    expect(refused.message).toContain(named);
    expect(refused.message).not.toContain('--');
  });

  test('a folder that the editor has not open', async () => {
    const start = server.connection.sendRequest(StartExperiment, {
      experiment: 'compare',
      config: SMALL,
      folder: 'file:///elsewhere',
    });
    await expect(start).rejects.toMatchObject({ code: REFUSED, data: { kind: 'invalid-config' } });
  });

  test('a comparison that nobody started', async () => {
    // SAFETY: an id that the server never made is what is tested.
    const experimentId = 'nobody' as ExperimentId;
    const refusal = { code: REFUSED, data: { kind: 'unknown-experiment' } };
    await expect(server.connection.sendRequest(ReadExperiment, { experimentId })).rejects.toMatchObject(
      refusal,
    );
    await expect(server.connection.sendRequest(CancelExperiment, { experimentId })).rejects.toMatchObject(
      refusal,
    );
  });
});

/** Appends the pieces of each (quantity, layer), as a view does. */
function joined(pieces: readonly Series[]): Series[] {
  const whole: { -readonly [Key in keyof Series]: Series[Key] }[] = [];
  for (const { quantity, layer, steps, values } of pieces) {
    const found = whole.find((series) => series.quantity === quantity && series.layer === layer);
    if (found === undefined) whole.push({ quantity, layer, steps: [...steps], values: [...values] });
    else {
      found.steps = [...found.steps, ...steps];
      found.values = [...found.values, ...values];
    }
  }
  return whole;
}
