import { lintGithub } from './lint-github.ts';
import { lintJsonText } from './lint-json.ts';
import type { LintReport } from './lint-report.ts';
import { lintSarif } from './lint-sarif.ts';
import { lintText } from './lint-text.ts';

export const LINT_FORMATS = ['text', 'json', 'sarif', 'github'] as const;

/** What a run of `lint` prints. */
export async function printedLint(
  format: (typeof LINT_FORMATS)[number],
  report: LintReport,
): Promise<string> {
  switch (format) {
    case 'text':
      return lintText(report.linted, report.seconds, report.terminal);
    case 'json':
      return lintJsonText(report);
    case 'sarif':
      return lintSarif(report);
    case 'github':
      return lintGithub(report);
  }
}
