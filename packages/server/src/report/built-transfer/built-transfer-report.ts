import type { RateTransfer, TransferRow } from '@widthwise/core';
import type { FailureRecord } from '../../built/probe-record.ts';
import type { Probed } from '../../built/run-probe.ts';

/** What was asked of a factory. */
export interface BuiltTransferRequest {
  /** As the caller would type it. */
  readonly file: string;
  readonly factory: string;
  readonly widths: readonly number[];
  readonly seeds: number;
  readonly steps: number;
  /** In seconds; after them no more run begins. */
  readonly timeBudget: number;
}

/** How the best rate of the user's own model goes with its width; a rate is a factor on those that the factory gives. */
export interface BuiltTransferReport {
  readonly request: BuiltTransferRequest;
  readonly versions: Probed['versions'];
  /** `cut` where the time budget ended the search, `stopped` where somebody did. */
  readonly ending: 'whole' | 'cut' | 'stopped';
  readonly transfer: RateTransfer;
  readonly rows: readonly TransferRow[];
  /** The largest learning rate that the factory gives by itself. */
  readonly ownRates: readonly { readonly width: number; readonly rate: number | null }[];
  /** What a search that is not ended early takes as a rule, by what its runs took. */
  readonly wholeSeconds: number;
  readonly hadDropout: boolean;
  readonly failures: readonly FailureRecord[];
}
