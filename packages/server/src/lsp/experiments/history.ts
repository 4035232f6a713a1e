import { type RunResult, reduceComparison, type StepRecord } from '@widthwise/core';
import type {
  ComparisonAdvancedParams,
  ComparisonId,
  ComparisonSnapshot,
  ComparisonState,
  Judgement,
  Progress,
} from '@widthwise/protocol';
import type { PreparedComparison } from '../../lab/experiments/prepared-comparison.ts';
import type { PlanEvents, RunFailure } from '../../lab/runs/plan-events.ts';
import { WorkMeter } from '../../lab/runs/work-meter.ts';
import { RunTrack } from './run-track.ts';
import { wireJudgement, wireOutcome, wirePlan } from './wire.ts';

/** All that is known of one comparison while it runs and after; views are hydrated from it. */
export class ComparisonHistory implements PlanEvents {
  readonly comparisonId: ComparisonId;
  readonly noted: (sentence: string) => void;
  state: ComparisonState = { kind: 'running' };
  private readonly prepared: PreparedComparison;
  private readonly tracks: readonly RunTrack[];
  private readonly meter: WorkMeter;
  private readonly results = new Map<string, RunResult>();
  private revision = 0;
  private judgement: Judgement;
  private judged = true;

  /**
   * @param rate operations a second that the machine is believed to do, until enough is measured
   * @param noted hears what a person should know and the history does not hold
   */
  constructor(
    comparisonId: ComparisonId,
    prepared: PreparedComparison,
    rate: number,
    noted: (sentence: string) => void,
  ) {
    this.comparisonId = comparisonId;
    this.noted = noted;
    this.prepared = prepared;
    this.tracks = prepared.plan.map((cell) => new RunTrack(cell));
    this.meter = new WorkMeter(
      prepared.cost.runs.map(({ flops }) => flops),
      rate,
    );
    this.judgement = this.judge();
  }

  started(index: number): void {
    this.tracks[index]!.enter({ kind: 'running' });
  }

  advanced(index: number, records: readonly StepRecord[]): void {
    this.tracks[index]!.append(records);
    this.meter.reach(index, records.at(-1)!.step / (this.prepared.request.steps + 1));
  }

  ended(index: number, result: RunResult, origin: 'computed' | 'store'): void {
    const { plan, limits } = this.prepared;
    this.results.set(result.hash, result);
    this.tracks[index]!.end(result, wireOutcome(result, limits[plan[index]!.parametrization] ?? []));
    this.meter.reach(index, 1, origin);
    this.judged = false;
  }

  failed(index: number, { message }: RunFailure): void {
    this.tracks[index]!.enter({ kind: 'failed', reason: message });
    this.meter.reach(index, 1);
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
    const { request, plan, limits, labels } = this.prepared;
    // Judged as if what has ended were all: a verdict so far.
    const report = reduceComparison(request, plan, { results: this.results, limits, complete: true });
    return wireJudgement(report, labels);
  }

  private progress(): Progress {
    const waiting = new Set(['waiting', 'running', 'cancelled']);
    const finished = this.tracks.filter(({ state }) => !waiting.has(state.kind)).length;
    const secondsLeft = this.state.kind === 'running' ? this.meter.secondsLeft() : null;
    return { finished, total: this.tracks.length, secondsLeft };
  }
}
