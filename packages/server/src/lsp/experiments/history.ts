import type { ComparisonReport, ComparisonRequest, RunResult, StepRecord } from '@widthwise/core';
import type {
  ComparisonAdvancedParams,
  ComparisonId,
  ComparisonSnapshot,
  ComparisonState,
  Judgement,
  Progress,
} from '@widthwise/protocol';
import type { PreparedExperiment } from '../../lab/experiments/prepared.ts';
import type { PlanEvents, RunFailure } from '../../lab/runs/plan-events.ts';
import type { WorkMeter } from '../../lab/runs/work-meter.ts';
import { RunTrack } from './run-track.ts';
import { wireJudgement, wireOutcome, wirePlan } from './wire.ts';

/** All that is known of one comparison while it runs and after; views are hydrated from it. */
export class ComparisonHistory implements PlanEvents {
  readonly comparisonId: ComparisonId;
  readonly noted: (sentence: string) => void;
  state: ComparisonState = { kind: 'running' };
  private readonly prepared: PreparedExperiment<ComparisonRequest, ComparisonReport>;
  private readonly tracks: readonly RunTrack[];
  private readonly meter: WorkMeter;
  private readonly results = new Map<string, RunResult>();
  private revision = 0;
  private judgement: Judgement;
  private judged = true;

  /**
   * @param meter says how far the runs are
   * @param noted hears what a person should know and the history does not hold
   */
  constructor(
    comparisonId: ComparisonId,
    prepared: PreparedExperiment<ComparisonRequest, ComparisonReport>,
    { meter, noted }: { readonly meter: WorkMeter; readonly noted: (sentence: string) => void },
  ) {
    this.comparisonId = comparisonId;
    this.noted = noted;
    this.prepared = prepared;
    this.tracks = prepared.plan.map((cell) => new RunTrack(cell));
    this.meter = meter;
    this.judgement = this.judge();
  }

  started(index: number): void {
    this.tracks[index]!.enter({ kind: 'running' });
  }

  advanced(index: number, records: readonly StepRecord[]): void {
    this.tracks[index]!.append(records);
  }

  ended(index: number, result: RunResult): void {
    const { plan, request } = this.prepared;
    this.results.set(result.hash, result);
    this.tracks[index]!.end(result, wireOutcome(result, request.limits[plan[index]!.parametrization] ?? []));
    this.judged = false;
  }

  failed(index: number, { message }: RunFailure): void {
    this.tracks[index]!.enter({ kind: 'failed', reason: message });
  }

  /** Nothing more will come: what still runs was stopped on the way. */
  close(state: ComparisonState): void {
    this.state = state;
    for (const track of this.tracks) if (track.state.kind === 'running') track.enter({ kind: 'cancelled' });
  }

  /** Everything, also what {@link takeAdvance} did not hand out yet: take that first, or it comes a second time. */
  snapshot(): ComparisonSnapshot {
    return {
      comparisonId: this.comparisonId,
      revision: this.revision,
      plan: wirePlan(this.prepared),
      state: this.state,
      progress: this.progress(),
      runs: this.tracks.map((track) => track.history()),
      judgement: this.judgement,
    };
  }

  /** What came since the last call; null where nothing did. */
  takeAdvance(): ComparisonAdvancedParams | null {
    const runs = this.tracks.flatMap((track, index) => track.takeAdvance(index) ?? []);
    if (runs.length === 0) return null;
    const judgement = this.judged ? null : this.judge();
    this.judgement = judgement ?? this.judgement;
    this.judged = true;
    this.revision += 1;
    return {
      comparisonId: this.comparisonId,
      revision: this.revision,
      progress: this.progress(),
      runs,
      judgement,
    };
  }

  private judge(): Judgement {
    // Judged as if what has ended were all: a verdict so far.
    const report = this.prepared.reduce({ results: this.results, complete: true });
    return wireJudgement(report, this.prepared.labels);
  }

  private progress(): Progress {
    const waiting = new Set(['waiting', 'running', 'cancelled']);
    const finished = this.tracks.filter(({ state }) => !waiting.has(state.kind)).length;
    const secondsLeft = this.state.kind === 'running' ? this.meter.secondsLeft() : null;
    return { finished, total: this.tracks.length, secondsLeft };
  }
}
