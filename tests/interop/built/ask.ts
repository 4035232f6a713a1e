import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect } from 'vitest';

/** Where the factories are that tests build. */
export const FACTORIES: string = import.meta.dirname;
/** The command, as it is published. */
export const BIN: string = join(import.meta.dirname, '../../../packages/server/bin/widthwise.js');

/** A parameter, as `explain --python` has it in its JSON. */
interface Parameter {
  readonly name: string;
  readonly role: string | null;
  readonly b: number | 'zero' | null;
  readonly c: number | 'zero' | null;
  readonly decay: number | 'zero' | null;
  readonly update: number | 'zero' | null;
  readonly decayed: number | 'zero' | null;
  readonly group: number | null;
  readonly unknown: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/** What `explain --python` says of a factory. */
export interface Explained {
  readonly code: number | null;
  readonly stderr: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly findings: readonly { readonly kind: string; readonly parameters: readonly string[] }[];
  readonly failures: readonly { readonly width: number | null; readonly why: string }[];
  readonly notes: readonly string[];
}

/** Asks `explain --python`, with a Python of one's own. */
export function explainedBy(python: string, factory: string, ...flags: readonly string[]): Explained {
  const line = ['explain', '--python', factory, '--interpreter', python, '--json', '-', ...flags];
  const { status, stdout, stderr } = spawnSync(process.execPath, [BIN, ...line], {
    cwd: FACTORIES,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const {
    parameters = [],
    findings = [],
    failures = [],
    notes = [],
  } = stdout === '' ? {} : JSON.parse(stdout);
  const named = (parameters as readonly Parameter[]).map((one) => [one.name, one]);
  return { code: status, stderr, parameters: Object.fromEntries(named), findings, failures, notes };
}

/** What `coord-check --python` says of a factory, in its JSON. */
export interface Checked {
  readonly verdict: string;
  readonly suspects: readonly {
    readonly cause: string;
    readonly parameters: readonly string[];
    readonly exponent: { readonly is: number; readonly wants: number } | null;
    readonly line: { readonly file: string; readonly line: number } | null;
    readonly problems: readonly string[];
  }[];
  readonly reasons: readonly string[];
}

/** Asks `coord-check --python`, which has nothing to say beside it. */
export function checkedBy(python: string, target: string, ...flags: readonly string[]): Checked {
  const line = ['coord-check', '--python', target, '--interpreter', python, '--json', '-', ...flags];
  const { stdout, stderr } = spawnSync(process.execPath, [BIN, ...line], {
    cwd: FACTORIES,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

/** The models that are broken, a line each. */
export const MODELS = 'broken_models.py';

/** The number of the line that ends in `# line: NAME`. */
export function lineOf(name: string): number {
  const lines = readFileSync(join(FACTORIES, MODELS), 'utf8').split('\n');
  return lines.findIndex((line) => line.endsWith(`# line: ${name}`)) + 1;
}
