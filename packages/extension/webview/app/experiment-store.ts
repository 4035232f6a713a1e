import { appendSeries, type Column } from '@widthwise/figures';
import type {
  ExperimentAdvancedParams,
  ExperimentEndedParams,
  ExperimentId,
  ExperimentName,
  ExperimentPlan,
  ExperimentSnapshot,
  ExperimentState,
  Judgements,
  Progress,
  RunHistory,
  RunOutcome,
  RunState,
} from '@widthwise/protocol';

/** One run as the view holds it. */
export interface ShownRun {
  readonly parametrization: string;
  readonly width: number;
  readonly seed: number;
  readonly columns: Column[];
  state: RunState;
  outcome: RunOutcome | null;
}

/** An experiment as the view holds it: hydrated once, appended to since. */
export interface ShownExperiment<Name extends ExperimentName = ExperimentName> {
  readonly experimentId: ExperimentId;
  readonly experiment: Name;
  readonly plan: ExperimentPlan;
  readonly runs: ShownRun[];
  revision: number;
  state: ExperimentState;
  progress: Progress;
  judgement: Judgements[Name];
  /** Index of the run that got points last; null before the first. */
  latestRun: number | null;
}

/** Messages in, what the view shows out. Knows no DOM. */
export class ExperimentStore {
  shown: ShownExperiment | null = null;
  /** Whether the host has said what there is to show. */
  hydrated = false;
  /** Why nothing more will come, when the server is gone. */
  lost: string | null = null;

  hydrate(snapshot: ExperimentSnapshot | null): void {
    this.hydrated = true;
    this.lost = null;
    this.shown = snapshot === null ? null : shownExperiment(snapshot);
  }

  /**
   * Appends what came. Answers `missed` where a message before this one was not seen, so that the whole experiment has
   * to be read again; a message about another experiment, or one that the hydration already held, changes nothing.
   */
  advance({
    experimentId,
    revision,
    state: experimentState,
    progress,
    planned,
    runs,
    judgement,
  }: ExperimentAdvancedParams): 'applied' | 'missed' | 'ignored' {
    const shown = this.shown;
    if (shown?.experimentId !== experimentId || revision <= shown.revision) return 'ignored';
    if (revision > shown.revision + 1) return 'missed';
    shown.revision = revision;
    shown.state = experimentState;
    shown.progress = progress;
    shown.judgement = judgement ?? shown.judgement;
    shown.runs.push(...planned.map(shownRun));
    for (const { run: index, state, series, outcome } of runs) {
      const run = shown.runs[index];
      if (run === undefined) continue;
      appendSeries(run.columns, series);
      run.state = state;
      run.outcome = outcome ?? run.outcome;
      if (series.length > 0) shown.latestRun = index;
    }
    return 'applied';
  }

  end({ experimentId, state }: ExperimentEndedParams): void {
    if (this.shown?.experimentId === experimentId) this.shown.state = state;
  }
}

function shownExperiment({ runs, ...rest }: ExperimentSnapshot): ShownExperiment {
  const latestRun = runs.findLastIndex((run) => run.series.length > 0);
  return { ...rest, runs: runs.map(shownRun), latestRun: latestRun < 0 ? null : latestRun };
}

function shownRun({ series, ...rest }: RunHistory): ShownRun {
  const columns: Column[] = [];
  appendSeries(columns, series);
  return { ...rest, columns };
}
