import type { Finding, Severity } from '@widthwise/analysis';
import { slashed } from './analyser/slashed.ts';

/** A file with its findings, as far as causes are told apart. */
interface WithFindings {
  readonly absolute: string;
  readonly findings: readonly Finding[];
}

interface Met {
  readonly finding: Finding;
  readonly file: string;
}

const RANKS: Readonly<Record<Severity, number>> = { hint: 1, information: 2, warning: 3, error: 4 };

/**
 * The findings of some files with one of each cause: what several models inherit or build is wrong once. It stands in
 * the file of the cause if that has it, else at the calls by which files come to it, of which one file may call another's,
 * else at the first model that meets it; where it stands once, as loud as the loudest.
 *
 * @returns the findings of each file, in its order
 */
export function oneOfEachCause(files: readonly WithFindings[]): readonly (readonly Finding[])[] {
  const all = files.flatMap(({ absolute, findings }) =>
    findings.map((finding): Met => ({ finding, file: slashed(absolute) })),
  );
  const shown = new Set(all.map(({ finding: { code, span }, file }) => placeText(code, file, span.start)));
  const isTold = ({ code, elsewhere }: Finding) =>
    elsewhere !== undefined &&
    [elsewhere, ...(elsewhere.calls ?? [])].some(({ path, offset }) =>
      shown.has(placeText(code, path, offset)),
    );
  const byCause = new Map<string, Met[]>();
  for (const met of all) {
    const same = byCause.get(causeOf(met));
    if (same === undefined) byCause.set(causeOf(met), [met]);
    else same.push(met);
  }
  const kept = new Map<Finding, Finding>();
  for (const same of byCause.values()) {
    const left = same.filter(({ finding }) => !isTold(finding));
    const calls = left.filter(({ finding }) => finding.elsewhere?.calls !== undefined);
    for (const { finding } of calls) kept.set(finding, finding);
    const [first] = left;
    if (calls.length > 0 || first === undefined) continue;
    kept.set(first.finding, { ...first.finding, severity: loudest(same) });
  }
  return files.map(({ findings }) => findings.flatMap((finding) => kept.get(finding) ?? []));
}

function causeOf({ finding: { code, span, elsewhere }, file }: Met): string {
  const { path, offset } = elsewhere ?? { path: file, offset: span.start };
  return placeText(code, path, offset);
}

function placeText(code: string, path: string, offset: number): string {
  return `${code} ${offset} ${path}`;
}

function loudest(same: readonly Met[]): Severity {
  const [severity] = same
    .map(({ finding }) => finding.severity)
    .sort((left, right) => RANKS[right] - RANKS[left]);
  return severity!;
}
