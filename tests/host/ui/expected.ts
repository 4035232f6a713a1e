import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { repo } from '../product.ts';

/** What the tests train: small, so that it takes seconds, and long enough to be watched. */
export interface Training {
  readonly data: string;
  readonly widths: readonly number[];
  readonly parametrizations: readonly string[];
  readonly steps: number;
  readonly seeds: number;
}

interface Series {
  readonly quantity: string;
  readonly layer: number | null;
  readonly steps: readonly number[];
  readonly values: readonly number[];
}

export interface Row {
  readonly parametrization: string;
  readonly width: number;
  readonly seed: number;
  readonly state: string;
  readonly layers: readonly { readonly layer: number; readonly movement: number | null }[];
  readonly series: readonly Series[];
}

/** The rows that `widthwise compare --json -` computes for the same training, in a store of its own. */
export async function rowsOf(training: Training): Promise<Row[]> {
  const store = mkdtempSync(path.join(tmpdir(), 'widthwise-store-'));
  const args = [
    ...['--data', training.data, '--widths', training.widths.join()],
    ...['--parametrizations', training.parametrizations.join(), '--steps', String(training.steps)],
    ...['--seeds', String(training.seeds), '--json', '-', '--store', store],
  ];
  try {
    const cli = path.join(repo, 'packages/server/bin/widthwise.js');
    const { stdout } = await promisify(execFile)(process.execPath, [cli, 'compare', ...args], {
      maxBuffer: 2 ** 26,
    });
    return (JSON.parse(stdout) as { rows: Row[] }).rows;
  } finally {
    rmSync(store, { recursive: true, force: true });
  }
}

/** The training as settings of the workbench. */
export function asSettings(training: Training): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(training).map(([name, value]) => [`widthwise.compare.${name}`, value]),
  );
}
