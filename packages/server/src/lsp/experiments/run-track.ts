import { type RunResult, type StepRecord, seriesColumns } from '@widthwise/core';
import type { RunAdvance, RunHistory, RunOutcome, RunState } from '@widthwise/protocol';

/** The history of one planned run, and what of it was not yet told. */
export class RunTrack {
  state: RunState = { kind: 'waiting' };
  private readonly cell: Pick<RunHistory, 'parametrization' | 'width' | 'seed'>;
  private series = seriesColumns();
  private outcome: RunOutcome | null = null;
  /** How many points of each series were told, by its place. */
  private told: readonly number[] = [];
  private changed = false;

  constructor({ parametrization, width, seed }: Pick<RunHistory, 'parametrization' | 'width' | 'seed'>) {
    this.cell = { parametrization, width, seed };
  }

  enter(state: RunState): void {
    this.state = state;
    this.changed = true;
  }

  append(records: readonly StepRecord[]): void {
    for (const record of records) {
      if (record.kind === 'diverged') this.enter({ kind: 'diverged', atStep: record.step });
      else this.series.append(record.step, record.points);
    }
    this.changed = true;
  }

  /** A whole result holds every point, also those of a run that was never watched: one from the store. */
  end({ state, divergedAt, series }: RunResult, outcome: RunOutcome): void {
    this.series = seriesColumns(series);
    this.outcome = outcome;
    this.enter(state === 'diverged' ? { kind: 'diverged', atStep: divergedAt ?? 0 } : { kind: 'finished' });
  }

  history(): RunHistory {
    return { ...this.cell, state: this.state, series: this.series.all(), outcome: this.outcome };
  }

  /** As it is before anything came. */
  planned(): RunHistory {
    return { ...this.cell, state: { kind: 'waiting' }, series: [], outcome: null };
  }

  /** What came since the last call; null where nothing did. */
  takeAdvance(run: number): RunAdvance | null {
    if (!this.changed) return null;
    this.changed = false;
    const series = this.series.since(this.told);
    this.told = this.series.lengths();
    return { run, state: this.state, series, outcome: this.outcome };
  }
}
