import { dirname, join, relative, resolve } from 'node:path';
import { entryAt } from '../../files/entry-at.ts';
import type { Linted, LintedFile } from '../../sources/analyse-files.ts';
import { slashed } from '../../sources/analyser/slashed.ts';
import type { Baseline, KnownFinding } from './baseline-file.ts';
import { fingerprintsOf } from './fingerprints.ts';

/** What a baseline says of a run. */
export interface Known {
  /** How many findings it has that are here, and not told. */
  readonly count: number;
  /** Those of it that are no more: of files that were read, or are not there any more. */
  readonly gone: readonly KnownFinding[];
}

/** A run without the findings that a baseline knows. */
export async function withoutKnown(
  linted: Linted,
  baseline: Baseline,
  cwd: string,
): Promise<{ readonly linted: Linted; readonly known: Known }> {
  const left = new Map(baseline.findings.map((finding) => [keyOf(finding), finding]));
  let count = 0;
  const files = linted.files.map((file) => {
    const here = knownAs(file, baseline.path, cwd);
    const findings = file.analysis.findings.filter((_, at) => {
      const isKnown = left.delete(keyOf(here[at]!));
      if (isKnown) count++;
      return !isKnown;
    });
    return { ...file, analysis: { ...file.analysis, findings } };
  });
  const gone = await goneOf([...left.values()], files, { baseline: baseline.path, cwd });
  return { linted: { ...linted, files }, known: { count, gone } };
}

/** What a baseline is to hold after a run: what was found, and what it had of files that were not read. */
export async function findingsToKeep(
  linted: Linted,
  { path, findings }: Baseline,
  cwd: string,
): Promise<readonly KnownFinding[]> {
  const gone = new Set(await goneOf(findings, linted.files, { baseline: path, cwd }));
  const found = linted.files.flatMap((file) => knownAs(file, path, cwd));
  return [...found, ...findings.filter((finding) => !gone.has(finding))];
}

/** The findings of a file, in its order. */
function knownAs(file: LintedFile, baseline: string, cwd: string): readonly KnownFinding[] {
  const name = nameIn(baseline, resolve(cwd, file.path));
  return fingerprintsOf(file).map(({ finding: { code, message }, fingerprint }) => ({
    file: name,
    code,
    fingerprint,
    message,
  }));
}

/** Those of some findings whose file was read or is not there any more. */
async function goneOf(
  findings: readonly KnownFinding[],
  files: readonly LintedFile[],
  { baseline, cwd }: { readonly baseline: string; readonly cwd: string },
): Promise<readonly KnownFinding[]> {
  const read = new Set(files.map(({ path }) => nameIn(baseline, resolve(cwd, path))));
  const others = new Set(findings.map(({ file }) => file).filter((file) => !read.has(file)));
  const there = new Map<string, boolean>();
  for (const file of others) there.set(file, (await entryAt(join(dirname(baseline), file))) !== null);
  return findings.filter(({ file }) => there.get(file) !== true);
}

function nameIn(baseline: string, absolute: string): string {
  return slashed(relative(dirname(baseline), absolute));
}

function keyOf({ file, code, fingerprint }: KnownFinding): string {
  return `${code} ${fingerprint} ${file}`;
}
