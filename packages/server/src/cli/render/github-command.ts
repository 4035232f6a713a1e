import { sep } from 'node:path';
import { shownText } from '@widthwise/core';

/** How loud a workflow command is. */
export type GithubLevel = 'error' | 'warning' | 'notice';

/** A workflow command, which GitHub shows beside a line of a pull request. */
export function githubCommand(
  name: GithubLevel,
  properties: Readonly<Record<string, string | number>>,
  sentences: readonly string[],
): string {
  const said = Object.entries(properties)
    .map(([key, value]) => `${key}=${propertyText(shownText(String(value)))}`)
    .join(',');
  const lines = sentences.map((line) => shownText(line));
  return `::${name} ${said}::${dataText(lines.join('\n'))}`;
}

/** A path as GitHub knows it. */
export function githubPath(file: string): string {
  return file.split(sep).join('/');
}

/** GitHub's own escapes: no text ends its command or begins another. */
function dataText(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function propertyText(text: string): string {
  return dataText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
