import { spawnSync } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';

/** One row of the table that `widthwise explain --json` prints. */
export interface SaidRow {
  readonly name: string;
  readonly role: string | null;
  readonly shape: string;
  readonly a: number | null;
  readonly b: number | 'zero' | null;
  readonly c: number | null;
  readonly optimizer: string | null;
  readonly missing: readonly string[];
}

export interface SaidModel {
  readonly name: string;
  readonly verdict: string;
  readonly headline: string | null;
  /** The regime if Adam trains it at one rate, where no optimizer is found. */
  readonly underAdam?: string;
  readonly widths: readonly string[];
  readonly missing: readonly string[];
  readonly weights: readonly SaidRow[];
}

const command = path.resolve(import.meta.dirname, '../../../packages/server/bin/widthwise.js');

/** What `widthwise explain` says of each model of a file; `failure` where it says that there is none. */
export function said(file: string): { readonly models: readonly SaidModel[]; readonly failure?: string } {
  const { stdout, stderr } = spawnSync(process.execPath, [command, 'explain', '--json', '-', file], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: 300_000,
  });
  try {
    const { models } = JSON.parse(stdout) as { models: readonly SaidModel[] };
    return { models };
  } catch {
    return { models: [], failure: stderr.trim().split('\n').at(-1) ?? 'nothing printed' };
  }
}
