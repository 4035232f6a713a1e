import { resolve } from 'node:path';
import { quoted } from '@widthwise/core';
import * as v from 'valibot';
import { entryAt } from '../../files/entry-at.ts';
import type { ReadLimit } from '../../files/read-file.ts';
import { InputError } from '../../input/input-error.ts';
import { misfitSentence, openTable, readBySchema, type Schema, TEXT } from '../../input/schema.ts';
import { readJsonFile } from '../../lab/experiments/json-file.ts';

/** A finding as a baseline knows it. */
export interface KnownFinding {
  /** From the folder of the baseline, with `/` between its names. */
  readonly file: string;
  readonly code: string;
  readonly fingerprint: string;
  /** For whoever reads the file. */
  readonly message: string;
}

/** The findings that a project has and lives with. */
export interface Baseline {
  /** Absolute. */
  readonly path: string;
  readonly findings: readonly KnownFinding[];
}

const VERSION = 1;
const LIMIT: ReadLimit = { bytes: 50_000_000, of: 'a baseline' };

const FINDING: Schema<KnownFinding> = openTable(
  { file: TEXT, code: TEXT, fingerprint: TEXT, message: TEXT },
  'a finding',
);
const FINDINGS: Schema<{ readonly findings: KnownFinding[] }> = openTable(
  { findings: v.array(FINDING) },
  'a baseline',
);

/** An option that names a baseline, and how its file was named. */
export interface NamedBaseline {
  readonly option: string;
  readonly part: string;
  readonly cwd: string;
}

/** @throws InputError for a file that is no baseline, or one of another version */
export async function readBaseline({ option, part, cwd }: NamedBaseline): Promise<Baseline> {
  const path = resolve(cwd, part);
  if ((await entryAt(path)) === null) {
    throw new InputError(option, 'does not exist; --write-baseline writes one', part);
  }
  const findings = await readJsonFile({ path, field: option, part, limit: LIMIT, parse: findingsIn });
  return { path, findings };
}

function findingsIn(json: unknown): readonly KnownFinding[] {
  const { schema, version } = (typeof json === 'object' && json !== null ? json : {}) as Record<
    string,
    unknown
  >;
  if (schema !== 'widthwise/baseline') throw new RangeError('is no baseline of widthwise lint');
  if (version !== VERSION) {
    const which = quoted(JSON.stringify(version) ?? 'none', 20);
    throw new RangeError(
      `is a baseline of version ${which}, and this Widthwise reads version ${VERSION}: remove it and write it anew`,
    );
  }
  const read = readBySchema(FINDINGS, json);
  if ('misfit' in read) throw new RangeError(`is damaged: ${misfitSentence(read.misfit)}`);
  return read.output.findings;
}

/** The text of a baseline: a line a finding, in an order that does not depend on how files were asked for. */
export function baselineText(findings: readonly KnownFinding[]): string {
  const lines = findings.map(({ file, code, fingerprint, message }) =>
    JSON.stringify({ file, code, fingerprint, message }),
  );
  const sorted = [...new Set(lines)].sort();
  const list = sorted.length === 0 ? '[]' : `[\n    ${sorted.join(',\n    ')}\n  ]`;
  return `{\n  "schema": "widthwise/baseline",\n  "version": ${VERSION},\n  "findings": ${list}\n}\n`;
}
