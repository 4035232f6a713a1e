import { randomUUID } from 'node:crypto';
import type {
  ExperimentAdvancedParams,
  ExperimentEndedParams,
  ExperimentId,
  ExperimentSnapshot,
  ExperimentState,
} from '@widthwise/protocol';
import { type ExecutionOptions, openExecution } from '../../lab/experiments/execute.ts';
import type { PlanOutcome } from '../../lab/runs/plan-events.ts';
import { Refusal } from '../connection/answering.ts';
import { ExperimentHistory } from './history.ts';
import type { WiredRun } from './wired-experiment.ts';

/** At most 20 messages a second. */
const PERIOD_MS = 50;
/** How many ended experiments can still be read. */
const MOST_ENDED = 8;

/** Who hears of experiments. */
export interface ExperimentListener {
  advanced(params: ExperimentAdvancedParams): void;
  ended(params: ExperimentEndedParams): void;
  /** One sentence for the log. */
  noted(sentence: string): void;
  /** One sentence for the person who started it. */
  warned(sentence: string): void;
}

interface Entry {
  readonly history: ExperimentHistory;
  readonly abort: AbortController;
  /** Resolves when nothing of it runs any more; never rejects. */
  readonly ended: Promise<void>;
}

/** The experiments of one server: their histories, and the runs of those in progress. */
export class ExperimentRegistry {
  private readonly entries = new Map<ExperimentId, Entry>();
  private readonly listener: ExperimentListener;

  constructor(listener: ExperimentListener) {
    this.listener = listener;
  }

  /**
   * Starts training and answers as soon as it has begun; the listener hears nothing before the caller's turn is over.
   *
   * @param signal aborted before it has begun, nothing starts
   */
  async start(run: WiredRun, options: ExecutionOptions, signal: AbortSignal): Promise<ExperimentSnapshot> {
    const execution = await openExecution(run.prepared, options);
    signal.throwIfAborted();
    // SAFETY: this is where experiment ids are made.
    const experimentId = randomUUID() as ExperimentId;
    const { meter } = execution;
    const history = new ExperimentHistory(experimentId, run, { meter, noted: this.listener.warned });
    const abort = new AbortController();
    const outcome = execution.run(abort.signal, history);
    this.entries.set(experimentId, { history, abort, ended: this.follow(history, outcome, abort.signal) });
    this.forget();
    return history.snapshot();
  }

  /** The whole experiment, after telling what was still to be told, so that nothing in it comes again. */
  read(experimentId: ExperimentId): ExperimentSnapshot {
    const { history } = this.require(experimentId);
    this.flush(history);
    return history.snapshot();
  }

  async cancel(experimentId: ExperimentId): Promise<ExperimentSnapshot> {
    const { abort, ended, history } = this.require(experimentId);
    abort.abort();
    await ended;
    return history.snapshot();
  }

  /** Stops everything; resolves when no thread is left. */
  async dispose(): Promise<void> {
    const entries = [...this.entries.values()];
    for (const { abort } of entries) abort.abort();
    await Promise.all(entries.map(({ ended }) => ended));
  }

  /** Tells what comes, at most so often, until the execution is over. */
  private async follow(
    history: ExperimentHistory,
    execution: Promise<PlanOutcome>,
    signal: AbortSignal,
  ): Promise<void> {
    const ticking = setInterval(() => this.flush(history), PERIOD_MS);
    try {
      history.close(endState(await execution, history, signal));
    } catch (error) {
      this.listener.noted(
        `an experiment ended early: ${error instanceof Error ? error.stack : String(error)}`,
      );
      history.close({ kind: 'failed', reason: 'The experiment ended early.' });
    } finally {
      clearInterval(ticking);
    }
    this.flush(history);
    this.listener.ended({ experimentId: history.experimentId, state: history.state });
  }

  private flush(history: ExperimentHistory): void {
    const advance = history.takeAdvance();
    if (advance !== null) this.listener.advanced(advance);
  }

  private require(experimentId: ExperimentId): Entry {
    const entry = this.entries.get(experimentId);
    if (entry !== undefined) return entry;
    throw new Refusal('unknown-experiment', 'The language server does not know this experiment (any more).');
  }

  /** Drops the oldest of those that have ended. */
  private forget(): void {
    const ended = [...this.entries].filter(([, { history }]) => history.state.kind !== 'running');
    for (const [experimentId] of ended.slice(0, -MOST_ENDED)) this.entries.delete(experimentId);
  }
}

function endState(
  { complete, failures }: PlanOutcome,
  history: ExperimentHistory,
  signal: AbortSignal,
): ExperimentState {
  if (!complete && signal.aborted) return { kind: 'cancelled' };
  if (failures.length === 0) return { kind: 'finished' };
  const { total } = history.snapshot().progress;
  return { kind: 'failed', reason: `${failures.length} of ${total} runs failed: ${failures[0]!.message}.` };
}
