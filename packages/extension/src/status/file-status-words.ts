import type { FileStatusResult } from '@widthwise/protocol';

/** What the status item says of a file: what was found, and how it was judged. */
export interface FileStatusWords {
  readonly text: string;
  readonly detail: string;
}

/** The status of a file in words. */
export function fileStatusWords(status: FileStatusResult): FileStatusWords {
  const { profile, models, verdicts, findings, unread } = status;
  if (unread !== null) return { text: 'Widthwise: not read', detail: `the file ${unread}` };
  if (profile === null) return { text: 'Widthwise: off here', detail: 'the settings leave this file alone' };
  if (models === 0) return { text: 'Widthwise: no model', detail: `profile ${profile}` };
  const judged = verdicts === models ? '' : `, ${verdicts} with a verdict`;
  return {
    text: `Widthwise: ${counted(findings, 'finding')}`,
    detail: `profile ${profile} · ${counted(models, 'model')}${judged}`,
  };
}

function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
