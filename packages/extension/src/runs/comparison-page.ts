import { EXPERIMENTS } from '../experiments.ts';
import { plainMarkdown } from '../explain/plain-markdown.ts';
import type { LoggedRun } from './run-log.ts';

const GONE = '# Two runs\n\nOne of them is not in the list any more.\n';

/** Two runs beside each other in Markdown: what was asked differently first, then what each found. */
export function comparisonPage(left: LoggedRun | undefined, right: LoggedRun | undefined): string {
  if (left === undefined || right === undefined) return GONE;
  const names = [...new Set([...Object.keys(left.asked.config), ...Object.keys(right.asked.config)])];
  const settings = names
    .map((name) => [name, settingText(left, name), settingText(right, name)] as const)
    .filter(([, one, other]) => one !== other);
  const rows = [
    ['experiment', title(left), title(right)] as const,
    ['data', left.data, right.data] as const,
    ['trained', left.trained, right.trained] as const,
    ...settings,
    ['state', left.state, right.state] as const,
    ['answer', left.answer, right.answer] as const,
  ];
  return [
    '# Two runs',
    '',
    `| started | ${plainMarkdown(started(left))} | ${plainMarkdown(started(right))} |`,
    '|---|---|---|',
    ...rows.map((row) => `| ${row.map(plainMarkdown).join(' | ')} |`),
    '',
    ...evidence('Left', left),
    ...evidence('Right', right),
    '',
  ].join('\n');
}

function title({ asked }: LoggedRun): string {
  return EXPERIMENTS[asked.experiment].title;
}

/** To the minute: `2026-11-27 11:56 UTC`. */
function started({ startedAt }: LoggedRun): string {
  return `${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
}

function settingText({ asked }: LoggedRun, name: string): string {
  const value = Object.hasOwn(asked.config, name) ? asked.config[name] : undefined;
  return value === undefined || value === null ? 'default' : String(value);
}

function evidence(side: string, run: LoggedRun): readonly string[] {
  if (run.evidence.length === 0) return [];
  return [`## ${side}`, '', ...run.evidence.map((sentence) => `- ${plainMarkdown(sentence)}`), ''];
}
