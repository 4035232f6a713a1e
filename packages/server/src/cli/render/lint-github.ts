import { relative, resolve, sep } from 'node:path';
import { lineIndex, type Severity } from '@widthwise/analysis';
import { findingSentences } from './finding-sentences.ts';
import { type GithubLevel, githubCommand } from './github-command.ts';
import type { LintReport } from './lint-report.ts';
import { lintSummary } from './lint-text.ts';

const COMMANDS: Readonly<Record<Severity, GithubLevel>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** Findings as workflow commands, which GitHub shows beside the lines of a pull request; then what was read. */
export function lintGithub(report: LintReport): string {
  const { linted, seconds, terminal } = report;
  const findings = linted.files.flatMap(({ path, text, analysis }) => {
    const index = lineIndex(text);
    return analysis.findings.map((finding) => {
      const [start, end] = [index.placeOf(finding.span.start), index.placeOf(finding.span.end)];
      const place = { file: path, line: start.line, endLine: end.line };
      // Columns of a finding over several lines are refused.
      const columns = start.line === end.line ? { col: start.column, endColumn: end.column } : {};
      const properties = { ...place, ...columns, title: `${finding.code} ${finding.name}` };
      return command(COMMANDS[finding.severity], properties, findingSentences(finding), report);
    });
  });
  const unread = linted.unread.map(({ file, why }) =>
    command('error', { file, title: 'not read' }, [`${file} ${why}`], report),
  );
  return [...findings, ...unread, `${lintSummary(linted, seconds, terminal)}\n`].join('\n');
}

function command(
  name: GithubLevel,
  { file, ...others }: { readonly file: string } & Readonly<Record<string, string | number>>,
  sentences: readonly string[],
  { cwd, root }: LintReport,
): string {
  const path = relative(root, resolve(cwd, file)).split(sep).join('/');
  return githubCommand(name, { file: path, ...others }, sentences);
}
