import type { RunRecord } from '../../built/coordinates/run-record.ts';
import type { ProbeRecord, WidthRecord } from '../../built/probe-record.ts';
import type { ProbeQuestion } from '../../built/run-probe.ts';
import type { ProgressState } from '../terminal/progress-line.ts';

/** What a probe has done, and what it has in hand. */
export class ProbeProgress {
  readonly widths: WidthRecord[] = [];
  readonly runs: RunRecord[] = [];
  readonly #sizes: readonly number[];
  readonly #counted: ProbeRecord['event'];
  readonly #axis: string;
  /** The runs of each size that are in hand, and what had been done before them. */
  #each: number;
  #before = 0;
  #done = 0;
  #total: number;
  #current = 'importing libraries';
  #why = '';

  constructor(sizes: readonly number[], question: ProbeQuestion) {
    const isCheck = question.asks === 'coordinates';
    this.#sizes = sizes;
    this.#counted = isCheck ? 'run' : 'width';
    this.#axis = isCheck && question.at !== undefined ? 'depth' : 'width';
    this.#each = isCheck ? question.seeds : 1;
    this.#total = Math.max(1, sizes.length * this.#each);
  }

  get state(): ProgressState {
    const [done, total] = [this.#done, this.#total];
    return { done, total, share: done / total, current: this.#current, secondsLeft: null };
  }

  hear(record: ProbeRecord): void {
    if (record.event === 'width') this.widths.push(record);
    if (record.event === 'run') this.runs.push(record);
    if (record.event === this.#counted) this.#done++;
    const at = Math.floor((this.#done - this.#before) / this.#each);
    const size = this.#sizes[at] ?? this.#sizes.at(-1);
    this.#current = size === undefined ? 'trying what runs' : `${this.#axis} ${size}${this.#why}`;
  }

  /** A check goes on to more seeds. */
  goOn(from: number, to: number): void {
    this.#before = this.#done;
    this.#each = to - from;
    this.#total = this.#done + this.#each * new Set(this.runs.map(({ width }) => width)).size;
    this.#why = `, on to ${to} seeds: ${from} leave it open`;
  }
}
