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
  /** The part of the bar that stages before this one have filled, and the part that it fills. */
  #filled = 0;
  readonly #part: number;
  #current = 'importing libraries';
  #why = '';

  constructor(sizes: readonly number[], question: ProbeQuestion) {
    const isCheck = question.asks === 'coordinates';
    this.#sizes = sizes;
    this.#counted = isCheck ? 'run' : 'width';
    this.#axis = isCheck && question.at !== undefined ? 'depth' : 'width';
    this.#each = isCheck ? question.seeds : 1;
    this.#total = Math.max(1, sizes.length * this.#each);
    // Nobody knows how many stages there will be: each fills half of what those before it have left.
    this.#part = isCheck && question.mayGoOn ? 1 / 2 : 1;
  }

  get state(): ProgressState {
    const [done, total] = [this.#done, this.#total];
    return { done, total, share: this.#share, current: this.#current, secondsLeft: null };
  }

  /** Of the bar, which never goes back, and is not full before further seeds. */
  get #share(): number {
    const ofStage = (this.#done - this.#before) / Math.max(1, this.#total - this.#before);
    return this.#filled + (1 - this.#filled) * this.#part * ofStage;
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
    this.#filled = this.#share;
    this.#before = this.#done;
    this.#each = to - from;
    this.#total = this.#done + this.#each * new Set(this.runs.map(({ width }) => width)).size;
    this.#why = `, on to ${to} seeds: ${from} leave it open`;
  }
}
