import type { PlannedRun, RunResult, StepRecord } from '@widthwise/core';
import type {
  ExperimentAdvancedParams,
  ExperimentId,
  ExperimentSnapshot,
  ExperimentState,
  Progress,
} from '@widthwise/protocol';
import type { PlanEvents, RunFailure } from '../../lab/runs/plan-events.ts';
import type { WorkMeter } from '../../lab/runs/work-meter.ts';
import { wireOutcome } from './run-outcome.ts';
import { RunTrack } from './run-track.ts';
import type { WiredRun } from './wired-experiment.ts';

/** All that is known of one experiment while it runs and after; views are hydrated from it. */
export class ExperimentHistory implements PlanEvents {
  readonly experimentId: ExperimentId;
  readonly noted: (sentence: string) => void;
  state: ExperimentState = { kind: 'running' };
  private readonly run: WiredRun;
  private readonly tracks: RunTrack[];
  /** All that is planned so far. */
  private readonly plan: PlannedRun[];
  /** How many of it were told. */
  private told: number;
  private readonly meter: WorkMeter;
  private readonly results = new Map<string, RunResult>();
  private revision = 0;
  private judgement: ExperimentSnapshot['judgement'];
  private judged = true;

  /**
   * @param meter says how far the runs are
   * @param noted hears what a person should know and the history does not hold
   */
  constructor(
    experimentId: ExperimentId,
    run: WiredRun,
    { meter, noted }: { readonly meter: WorkMeter; readonly noted: (sentence: string) => void },
  ) {
    this.experimentId = experimentId;
    this.noted = noted;
    this.run = run;
    this.plan = [...run.prepared.plan];
    this.told = this.plan.length;
    this.tracks = this.plan.map((cell) => new RunTrack(cell));
    this.meter = meter;
    this.judgement = this.judge();
  }

  planned(runs: readonly PlannedRun[]): void {
    this.plan.push(...runs);
    this.tracks.push(...runs.map((cell) => new RunTrack(cell)));
  }

  started(index: number): void {
    this.tracks[index]!.enter({ kind: 'running' });
  }

  advanced(index: number, records: readonly StepRecord[]): void {
    this.tracks[index]!.append(records);
  }

  ended(index: number, result: RunResult): void {
    const { parametrization } = this.plan[index]!;
    this.results.set(result.hash, result);
    this.tracks[index]!.end(result, wireOutcome(result, this.run.plan.limits[parametrization] ?? []));
    this.judged = false;
  }

  failed(index: number, { message }: RunFailure): void {
    this.tracks[index]!.enter({ kind: 'failed', reason: message });
  }

  /** Goes on after so many messages that others have told of the experiment. */
  resume(revision: number): void {
    this.revision = revision;
  }

  /** Nothing more will come: what still runs was stopped on the way. */
  close(state: ExperimentState): void {
    this.state = state;
    for (const track of this.tracks) if (track.state.kind === 'running') track.enter({ kind: 'cancelled' });
  }

  /** Everything, also what {@link takeAdvance} did not hand out yet: take that first, or it comes a second time. */
  snapshot(): ExperimentSnapshot {
    return {
      experimentId: this.experimentId,
      experiment: this.run.experiment,
      revision: this.revision,
      plan: this.run.plan,
      state: this.state,
      progress: this.progress(),
      runs: this.tracks.map((track) => track.history()),
      judgement: this.judgement,
    };
  }

  /** What came since the last call; null where nothing did. */
  takeAdvance(): ExperimentAdvancedParams | null {
    const planned = this.tracks.slice(this.told).map((track) => track.planned());
    const runs = this.tracks.flatMap((track, index) => track.takeAdvance(index) ?? []);
    if (runs.length + planned.length === 0) return null;
    this.told = this.tracks.length;
    const judgement = this.judged ? null : this.judge();
    this.judgement = judgement ?? this.judgement;
    this.judged = true;
    this.revision += 1;
    return {
      experimentId: this.experimentId,
      revision: this.revision,
      state: this.state,
      progress: this.progress(),
      planned,
      runs,
      judgement,
    };
  }

  /** As if what has ended were all: a verdict so far. */
  private judge(): ExperimentSnapshot['judgement'] {
    return this.run.judge({ results: this.results, complete: true, plan: this.plan });
  }

  progress(): Progress {
    const waiting = new Set(['waiting', 'running', 'cancelled']);
    const finished = this.tracks.filter(({ state }) => !waiting.has(state.kind)).length;
    const secondsLeft = this.state.kind === 'running' ? this.meter.secondsLeft() : null;
    return { finished, total: this.tracks.length, secondsLeft };
  }
}
