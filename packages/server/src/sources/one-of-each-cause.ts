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
  readonly isCauseHere: boolean;
}

const RANKS: Readonly<Record<Severity, number>> = { hint: 1, information: 2, warning: 3, error: 4 };

/**
 * The findings of some files with one of each cause: what several models inherit or build is wrong once. It stands in
 * the file of the cause if that has it, else at the first model that meets it, as loud as the loudest.
 *
 * @returns the findings of each file, in its order
 */
export function oneOfEachCause(files: readonly WithFindings[]): readonly (readonly Finding[])[] {
  const byCause = new Map<string, Met>();
  for (const { absolute, findings } of files) {
    for (const finding of findings) {
      const cause = causeOf(absolute, finding);
      const met = { finding, file: absolute, isCauseHere: finding.elsewhere === undefined };
      byCause.set(cause, loudest(byCause.get(cause), met));
    }
  }
  return files.map(({ absolute, findings }) =>
    findings.flatMap((finding) => {
      const kept = byCause.get(causeOf(absolute, finding));
      const isKept = kept !== undefined && kept.file === absolute && kept.finding.span === finding.span;
      return isKept ? [kept.finding] : [];
    }),
  );
}

function causeOf(absolute: string, { code, span, elsewhere }: Finding): string {
  const { path, offset } = elsewhere ?? { path: slashed(absolute), offset: span.start };
  return `${code} ${offset} ${path}`;
}

function loudest(first: Met | undefined, next: Met): Met {
  if (first === undefined) return next;
  const kept = next.isCauseHere && !first.isCauseHere ? next : first;
  const severities = [first.finding.severity, next.finding.severity];
  const [severity] = severities.sort((left, right) => RANKS[right] - RANKS[left]);
  return { ...kept, finding: { ...kept.finding, severity: severity! } };
}
