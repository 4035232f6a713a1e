import { forecastText } from '@widthwise/figures';
import type { CommandIo } from '../command.ts';
import { fitToColumns } from './columns.ts';

/** Where an execution stands, in whole runs and in a share of the work. */
export interface ProgressState {
  readonly done: number;
  readonly total: number;
  readonly share: number;
  /** What is in hand, `μP 1024 seed 2`. */
  readonly current: string;
  readonly secondsLeft: number | null;
}

const PERIOD_MS = 100;
const BAR = 28;

/** One line on standard error that follows the work; nothing where standard error is no terminal. */
export class ProgressLine {
  private readonly stderr: CommandIo['stderr'];
  private readonly plain: (text: string) => string;
  private readonly shown: boolean;
  private lastMs = Number.NEGATIVE_INFINITY;

  constructor({ stderr, env }: Pick<CommandIo, 'stderr' | 'env'>, plain: (text: string) => string) {
    this.stderr = stderr;
    this.plain = plain;
    this.shown = stderr.isTTY === true && env['TERM'] !== 'dumb';
  }

  /** Draws at most ten times a second; `state` is asked only when it does. */
  update(state: () => ProgressState): void {
    const nowMs = performance.now();
    if (!this.shown || nowMs - this.lastMs < PERIOD_MS) return;
    this.lastMs = nowMs;
    const columns = this.stderr.columns || 80;
    this.stderr.write(`\r\u001b[2K${fitToColumns(this.plain(progressText(state())), columns - 1)}`);
  }

  clear(): void {
    if (this.shown && this.lastMs > 0) this.stderr.write('\r\u001b[2K');
  }
}

/** `  ━━━━╺━━━  51/80  μP 1024 seed 2  4 s left`. */
export function progressText({ done, total, share, current, secondsLeft }: ProgressState): string {
  const filled = Math.round(BAR * Math.min(1, share));
  const bar = `${'━'.repeat(filled)}${filled < BAR ? '╺' : ''}${'─'.repeat(Math.max(0, BAR - filled - 1))}`;
  const left = secondsLeft === null ? '' : `  ${forecastText(secondsLeft)} left`;
  return `  ${bar}  ${done}/${total}  ${current}${left}`;
}
