import { createHash } from 'node:crypto';
import type { Finding } from '@widthwise/analysis';
import type { LintedFile } from '../../sources/analyse-files.ts';

/** A finding with what it is known by from one version of its file to the next. */
export interface Fingerprinted {
  readonly finding: Finding;
  readonly fingerprint: string;
}

/**
 * The findings of a file, in its order, each with a hash of its rule and of the statement as it is written, spaces
 * aside: it stays what it is when lines move. The second of the same rule at an equal statement counts as a second.
 */
export function fingerprintsOf({ text, analysis }: LintedFile): readonly Fingerprinted[] {
  const seen = new Map<string, number>();
  return analysis.findings.map((finding) => {
    const { start, end } = finding.span;
    const statement = `${finding.code}\n${text.slice(start, end).replaceAll(/\s+/g, ' ')}`;
    const before = seen.get(statement) ?? 0;
    seen.set(statement, before + 1);
    return { finding, fingerprint: hashOf(`${statement}\n${before}`) };
  });
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
