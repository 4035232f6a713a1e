import type { RunResult, SeriesPoint, StepRecord } from '@widthwise/core';
import type { RunAdvance, RunHistory, RunOutcome, RunState, Series } from '@widthwise/protocol';

interface OpenSeries extends Series {
  readonly steps: number[];
  readonly values: number[];
}

/** The history of one planned run, and what of it was not yet told. */
export class RunTrack {
  state: RunState = { kind: 'waiting' };
  private readonly cell: Pick<RunHistory, 'parametrization' | 'width' | 'seed'>;
  private series: readonly OpenSeries[] = [];
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
      else for (const point of record.points) this.push(record.step, point);
    }
    this.changed = true;
  }

  /** A whole result holds every point, also those of a run that was never watched: one from the store. */
  end({ state, divergedAt, series }: RunResult, outcome: RunOutcome): void {
    this.series = series.map(({ steps, values, ...of }) => ({
      ...of,
      steps: [...steps],
      values: [...values],
    }));
    this.outcome = outcome;
    this.enter(state === 'diverged' ? { kind: 'diverged', atStep: divergedAt ?? 0 } : { kind: 'finished' });
  }

  history(): RunHistory {
    return { ...this.cell, state: this.state, series: this.series, outcome: this.outcome };
  }

  /** What came since the last call; null where nothing did. */
  takeAdvance(run: number): RunAdvance | null {
    if (!this.changed) return null;
    this.changed = false;
    const series = this.series.flatMap(({ steps, values, ...of }, place) => {
      const from = this.told[place] ?? 0;
      return values.length === from ? [] : [{ ...of, steps: steps.slice(from), values: values.slice(from) }];
    });
    this.told = this.series.map(({ values }) => values.length);
    return { run, state: this.state, series, outcome: this.outcome };
  }

  private push(step: number, { quantity, layer, value }: SeriesPoint): void {
    let open = this.series.find((each) => each.quantity === quantity && each.layer === layer);
    if (open === undefined) {
      open = { quantity, layer, steps: [], values: [] };
      this.series = [...this.series, open];
    }
    open.steps.push(step);
    open.values.push(value);
  }
}
