import { appendSeries, type Column } from '@widthwise/figures';
import type {
  ComparisonAdvancedParams,
  ComparisonEndedParams,
  ComparisonId,
  ComparisonPlan,
  ComparisonSnapshot,
  ComparisonState,
  Judgement,
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

/** A comparison as the view holds it: hydrated once, appended to since. */
export interface ShownComparison {
  readonly comparisonId: ComparisonId;
  readonly plan: ComparisonPlan;
  readonly runs: readonly ShownRun[];
  revision: number;
  state: ComparisonState;
  progress: Progress;
  judgement: Judgement;
  /** Index of the run that got points last; null before the first. */
  latestRun: number | null;
}

/** Messages in, what the view shows out. Knows no DOM. */
export class ComparisonStore {
  comparison: ShownComparison | null = null;
  /** Whether the host has said what there is to show. */
  hydrated = false;
  /** Why nothing more will come, when the server is gone. */
  lost: string | null = null;

  hydrate(snapshot: ComparisonSnapshot | null): void {
    this.hydrated = true;
    this.lost = null;
    this.comparison = snapshot === null ? null : shown(snapshot);
  }

  /**
   * Appends what came. Answers `missed` where a message before this one was not seen, so that the whole comparison has
   * to be read again; a message about another comparison, or one that the hydration already held, changes nothing.
   */
  advance({
    comparisonId,
    revision,
    progress,
    runs,
    judgement,
  }: ComparisonAdvancedParams): 'applied' | 'missed' | 'ignored' {
    const comparison = this.comparison;
    if (comparison?.comparisonId !== comparisonId || revision <= comparison.revision) return 'ignored';
    if (revision > comparison.revision + 1) return 'missed';
    comparison.revision = revision;
    comparison.progress = progress;
    comparison.judgement = judgement ?? comparison.judgement;
    for (const { run: index, state, series, outcome } of runs) {
      const run = comparison.runs[index];
      if (run === undefined) continue;
      appendSeries(run.columns, series);
      run.state = state;
      run.outcome = outcome ?? run.outcome;
      if (series.length > 0) comparison.latestRun = index;
    }
    return 'applied';
  }

  end({ comparisonId, state }: ComparisonEndedParams): void {
    if (this.comparison?.comparisonId === comparisonId) this.comparison.state = state;
  }
}

function shown({ runs, ...rest }: ComparisonSnapshot): ShownComparison {
  const latestRun = runs.findLastIndex((run) => run.series.length > 0);
  return { ...rest, runs: runs.map(shownRun), latestRun: latestRun < 0 ? null : latestRun };
}

function shownRun({ series, ...rest }: RunHistory): ShownRun {
  const columns: Column[] = [];
  appendSeries(columns, series);
  return { ...rest, columns };
}
