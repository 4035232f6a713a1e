import { execFile } from 'node:child_process';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ComparisonReport } from '@widthwise/core';
import {
  CancelComparison,
  type ComparisonId,
  type ComparisonSnapshot,
  PROTOCOL_VERSION,
  REFUSED,
  ReadComparison,
  type Series,
  StartComparison,
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

async function finished(config: object): Promise<ComparisonSnapshot> {
  const { comparisonId } = await server.connection.sendRequest(StartComparison, { config });
  expect(await server.endOf(comparisonId)).toEqual({ kind: 'finished' });
  return server.connection.sendRequest(ReadComparison, { comparisonId });
}

/** The rows of `--json`, from the snapshot that a view is hydrated with. */
function rowsOf({ runs }: ComparisonSnapshot): unknown[] {
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
    const told = server.advanced.filter(({ comparisonId }) => comparisonId === whole.comparisonId);
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
    const { comparisonId } = await server.connection.sendRequest(StartComparison, { config });
    await rename(join(server.folder, '.widthwise'), join(server.folder, 'moved away'));
    expect(await server.endOf(comparisonId)).toEqual({ kind: 'finished' });
    listening.dispose();
    expect(warnings).toEqual([expect.stringMatching(/results cannot be kept in .*ENOENT/)]);
  });

  test('found in the store is whole at once', async () => {
    const config = { ...SMALL, data: 'mixture:2,4,16' };
    const first = await finished(config);
    const second = await finished(config);
    expect(second.comparisonId).not.toBe(first.comparisonId);
    expect(rowsOf(second)).toEqual(rowsOf(first));
  });

  test('cancelled on its way ends as cancelled, keeps what had finished and leaves nothing running', async () => {
    const { comparisonId } = await server.connection.sendRequest(StartComparison, { config: LONG });
    while (!server.advanced.some((params) => params.comparisonId === comparisonId)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const snapshot = await server.connection.sendRequest(CancelComparison, { comparisonId });
    expect(await server.endOf(comparisonId)).toEqual({ kind: 'cancelled' });
    expect(snapshot.state).toEqual({ kind: 'cancelled' });
    expect(snapshot.runs.some(({ state }) => state.kind === 'running')).toBe(false);
    const messages = server.advanced.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.advanced.length).toBe(messages);
  });
});

describe('what cannot be done is refused', () => {
  test.each([
    [{ widths: [64] }, 'widths'],
    [{ learningRate: 0 }, 'learningRate'],
    [{ parametrizations: ['nosuch'] }, 'parametrizations'],
    [{ data: 'csv:missing.csv' }, 'missing.csv'],
    [{ data: 'csv:../outside.csv' }, 'outside the workspace'],
    [{ parametrizations: ['abc:/etc/passwd'] }, 'outside the workspace'],
  ])('%j', async (config, named) => {
    const refused = await server.connection.sendRequest(StartComparison, { config }).catch((error) => error);
    expect(refused).toBeInstanceOf(ResponseError);
    expect(refused.code).toBe(REFUSED);
    expect(refused.data).toEqual({ kind: 'invalid-config' });
    expect(refused.message).toContain(named);
    expect(refused.message).not.toContain('--');
  });

  test('a folder that the editor has not open', async () => {
    const start = server.connection.sendRequest(StartComparison, {
      config: SMALL,
      folder: 'file:///elsewhere',
    });
    await expect(start).rejects.toMatchObject({ code: REFUSED, data: { kind: 'invalid-config' } });
  });

  test('a comparison that nobody started', async () => {
    // SAFETY: an id that the server never made is what is tested.
    const comparisonId = 'nobody' as ComparisonId;
    const refusal = { code: REFUSED, data: { kind: 'unknown-comparison' } };
    await expect(server.connection.sendRequest(ReadComparison, { comparisonId })).rejects.toMatchObject(
      refusal,
    );
    await expect(server.connection.sendRequest(CancelComparison, { comparisonId })).rejects.toMatchObject(
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
