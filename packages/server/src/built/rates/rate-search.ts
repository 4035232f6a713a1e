import {
  type RateTransfer,
  rateAt,
  rateTransfer,
  type TransferCell,
  type TransferRow,
  wantedPlaces,
} from '@widthwise/core';
import type { RateRecord, RateRun } from './rate-record.ts';

/** Of the losses after a step so many last ones count. */
const LAST_PART = 4;

/** What a search for the best rates of a factory is about. */
export interface RateSearchSetting {
  /** What it is called in the result. */
  readonly name: string;
  /** The narrowest first. */
  readonly widths: readonly number[];
  readonly seeds: number;
}

/** Which rates of a factory's model to train next, and what those that have ended show; a rate is a factor on its own. */
export class RateSearch {
  private readonly setting: RateSearchSetting;
  /** By width, the runs that have ended: a map for every seed, by place. */
  private readonly ended: Map<number, readonly Map<number, RateRecord>[]>;
  private queue: { readonly width: number; readonly seed: number; readonly place: number }[] = [];
  private inHand: { readonly width: number; readonly seed: number; readonly place: number } | null = null;

  constructor(setting: RateSearchSetting) {
    this.setting = setting;
    this.ended = new Map(
      setting.widths.map((width) => [width, Array.from({ length: setting.seeds }, () => new Map())]),
    );
  }

  /** How many runs are known to be left. */
  get left(): number {
    return this.queue.length;
  }

  /** What to train next; null where nothing is left. */
  next(): RateRun | null {
    if (this.queue.length === 0) this.queue = this.wanted();
    this.inHand = this.queue.shift() ?? null;
    if (this.inHand === null) return null;
    const { width, seed, place } = this.inHand;
    return [width, seed, rateAt(place, 1)];
  }

  /** Takes what the run in hand did. */
  heard(record: RateRecord): void {
    if (this.inHand === null) return;
    const { width, seed, place } = this.inHand;
    this.ended.get(width)?.[seed]?.set(place, record);
  }

  /** A width that cannot be trained is left out. */
  leaveOut(width: number): void {
    this.ended.delete(width);
    this.queue = this.queue.filter((run) => run.width !== width);
  }

  /**
   * What becomes of the best rate.
   *
   * @param ending `cut` where time has ended the search, `stopped` where nothing is to be judged
   * @returns null where no width can be trained
   */
  transfer(ending: 'whole' | 'cut' | 'stopped'): RateTransfer | null {
    const cells = this.cells().map((cell) => ({ ...cell, isCut: ending === 'cut' }));
    if (cells.length === 0) return null;
    return rateTransfer(cells, { center: 1, predicted: null, complete: ending !== 'stopped' });
  }

  /** Every run, by width, rate and seed. */
  rows(): readonly TransferRow[] {
    const rows = [...this.ended].flatMap(([width, seeds]) =>
      seeds.flatMap((runs, seed) =>
        [...runs].map(([place, record]): TransferRow => {
          const loss = endLoss(record);
          const state = Number.isFinite(loss) ? 'finished' : 'diverged';
          const rate = rateAt(place, 1);
          const { name: parametrization } = this.setting;
          return { parametrization, width, rate, seed, state, loss: state === 'finished' ? loss : null };
        }),
      ),
    );
    return rows.sort(
      (one, other) => one.width - other.width || one.rate - other.rate || one.seed - other.seed,
    );
  }

  private wanted(): typeof this.queue {
    const cells = this.cells();
    if (cells.length === 0) return [];
    const seeds = Array.from({ length: this.setting.seeds }, (_, seed) => seed);
    return wantedPlaces(cells).flatMap((places, at) =>
      places.flatMap((place) => seeds.map((seed) => ({ width: cells[at]!.width, seed, place }))),
    );
  }

  private cells(): readonly TransferCell[] {
    return [...this.ended].map(([width, seeds]): TransferCell => {
      const starts = seeds.flatMap((runs) => [...runs.values()].flatMap(({ losses }) => losses[0] ?? []));
      return {
        parametrization: this.setting.name,
        width,
        curves: seeds.map(
          (runs) =>
            new Map(
              [...runs]
                .filter(([place]) => seeds.every((each) => each.has(place)))
                .map(([place, record]) => [place, endLoss(record)] as const),
            ),
        ),
        start: starts.length === 0 ? null : starts.reduce((sum, loss) => sum + loss, 0) / starts.length,
      };
    });
  }
}

/** The mean loss over the last quarter of the steps; ∞ where it diverged. */
function endLoss({ losses, stoppedAt }: RateRecord): number {
  if (stoppedAt !== null) return Number.POSITIVE_INFINITY;
  const last = losses.slice(-Math.max(1, Math.round((losses.length - 1) / LAST_PART)));
  return last.reduce<number>((sum, loss) => sum + (loss ?? Number.POSITIVE_INFINITY), 0) / last.length;
}
