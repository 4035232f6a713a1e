import type { BuiltCheckReport } from '../../report/built-check/built-check-report.ts';
import { builtCheckSentence, builtSuspectSentence } from '../../report/built-check/check-words.ts';
import { githubCommand, githubPath } from './github-command.ts';

/** A coordinate check of a built model as workflow commands: each suspect beside its line, the verdict beside the factory. */
export function builtCheckGithub(report: BuiltCheckReport): string {
  const { check, suspects, failures, request } = report;
  const level = check.verdict === 'fail' ? 'error' : check.verdict === 'pass' ? 'notice' : 'warning';
  const lines = suspects.map((suspect) => {
    const { line } = suspect;
    const place =
      line === null ? { file: githubPath(request.file) } : { file: githubPath(line.file), line: line.line };
    const { mending } = suspect;
    const sentences = [
      `${builtSuspectSentence(suspect)}.`,
      ...(mending === '' ? [] : [`To mend it: ${mending}.`]),
    ];
    return githubCommand(level, { ...place, title: 'coordinate check' }, sentences);
  });
  const lost = failures.map(({ width, why }) =>
    githubCommand('error', { file: githubPath(request.file), title: 'not measured' }, [
      `width ${width ?? '?'}: ${why}`,
    ]),
  );
  const whole = githubCommand(level, { file: githubPath(request.file), title: 'coordinate check' }, [
    `${builtCheckSentence(report)}.`,
  ]);
  return `${[...lines, ...lost, whole].join('\n')}\n`;
}
