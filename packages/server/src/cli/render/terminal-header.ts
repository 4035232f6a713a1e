import type { RunSetting, TwinNotes } from '@widthwise/core';
import { counted, networkText, twinLines } from '@widthwise/figures';
import { prose } from '../terminal/prose.ts';
import type { Terminal } from '../terminal/terminal.ts';

interface Header {
  readonly subject: string;
  /** Steps and rates, in words. */
  readonly training: string;
  /** How a data file was read; null where nothing was guessed. */
  readonly dataReading: string | null;
  readonly twin: TwinNotes | null;
  /** What no run will change. */
  readonly foreseen: readonly string[];
  readonly request: RunSetting;
}

/** What an experiment's command prints before it starts: on what, what, what will not be known, how many, where, how long. */
export function terminalHeader(
  { subject, training, dataReading, twin, foreseen, request }: Header,
  work: string,
  terminal: Terminal,
): string {
  const { widths, seeds } = request;
  const setting = [
    subject,
    networkText(request),
    training,
    `widths ${widths.join(' ')}`,
    counted(seeds, 'seed'),
  ];
  const read = dataReading === null ? [] : [`read as ${dataReading}`];
  return [setting.join(' · '), ...read, ...(twin === null ? [] : twinLines(twin)), ...foreseen, work]
    .map((line) => `${prose(line, terminal)}\n`)
    .join('');
}
