import type { BuiltTransferReport } from '../../report/built-transfer/built-transfer-report.ts';
import { builtTransferSentence } from '../../report/built-transfer/built-transfer-words.ts';
import { githubCommand, githubPath } from './github-command.ts';

/** The best rates of a built model as workflow commands: the verdict beside the factory, and what was not measured. */
export function builtTransferGithub(report: BuiltTransferReport): string {
  const { transfer, failures, request } = report;
  const file = githubPath(request.file);
  const level = transfer.verdict === 'transfers' ? 'notice' : 'warning';
  const lost = failures.map(({ width, why }) =>
    githubCommand('error', { file, title: 'not measured' }, [
      width === undefined ? why : `width ${width}: ${why}`,
    ]),
  );
  const verdict = githubCommand(level, { file, title: 'learning-rate transfer' }, [
    builtTransferSentence(report).text,
  ]);
  return `${[...lost, verdict].join('\n')}\n`;
}
