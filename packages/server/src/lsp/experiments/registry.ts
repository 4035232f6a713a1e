import { randomUUID } from 'node:crypto';
import type { ComparisonReport, ComparisonRequest } from '@widthwise/core';
import type {
  ComparisonAdvancedParams,
  ComparisonEndedParams,
  ComparisonId,
  ComparisonSnapshot,
  ComparisonState,
} from '@widthwise/protocol';
import { type ExecutionOptions, openExecution } from '../../lab/experiments/execute.ts';
import type { PreparedExperiment } from '../../lab/experiments/prepared.ts';
import type { PlanOutcome } from '../../lab/runs/plan-events.ts';
import { Refusal } from '../connection/answering.ts';
import { ComparisonHistory } from './history.ts';

/** At most 20 messages a second. */
const PERIOD_MS = 50;
/** How many ended comparisons can still be read. */
const MOST_ENDED = 8;

/** Who hears of comparisons. */
export interface ComparisonListener {
  advanced(params: ComparisonAdvancedParams): void;
  ended(params: ComparisonEndedParams): void;
  /** One sentence for the log. */
  noted(sentence: string): void;
  /** One sentence for the person who compares. */
  warned(sentence: string): void;
}

interface Entry {
  readonly history: ComparisonHistory;
  readonly abort: AbortController;
  /** Resolves when nothing of it runs any more; never rejects. */
  readonly ended: Promise<void>;
}

/** The comparisons of one server: their histories, and the runs of those in progress. */
export class ComparisonRegistry {
  private readonly entries = new Map<ComparisonId, Entry>();
  private readonly listener: ComparisonListener;

  constructor(listener: ComparisonListener) {
    this.listener = listener;
  }

  /**
   * Starts training and answers as soon as it has begun; the listener hears nothing before the caller's turn is over.
   *
   * @param signal aborted before it has begun, nothing starts
   */
  async start(
    prepared: PreparedExperiment<ComparisonRequest, ComparisonReport>,
    options: ExecutionOptions,
    signal: AbortSignal,
  ): Promise<ComparisonSnapshot> {
    const execution = await openExecution(prepared, options);
    signal.throwIfAborted();
    // SAFETY: this is where comparison ids are made.
    const comparisonId = randomUUID() as ComparisonId;
    const { meter } = execution;
    const history = new ComparisonHistory(comparisonId, prepared, { meter, noted: this.listener.warned });
    const abort = new AbortController();
    const outcome = execution.run(abort.signal, history);
    this.entries.set(comparisonId, { history, abort, ended: this.follow(history, outcome, abort.signal) });
    this.forget();
    return history.snapshot();
  }

  /** The whole comparison, after telling what was still to be told, so that nothing in it comes again. */
  read(comparisonId: ComparisonId): ComparisonSnapshot {
    const { history } = this.require(comparisonId);
    this.flush(history);
    return history.snapshot();
  }

  async cancel(comparisonId: ComparisonId): Promise<ComparisonSnapshot> {
    const { abort, ended, history } = this.require(comparisonId);
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
    history: ComparisonHistory,
    execution: Promise<PlanOutcome>,
    signal: AbortSignal,
  ): Promise<void> {
    const ticking = setInterval(() => this.flush(history), PERIOD_MS);
    try {
      history.close(endState(await execution, history, signal));
    } catch (error) {
      this.listener.noted(
        `a comparison ended early: ${error instanceof Error ? error.stack : String(error)}`,
      );
      history.close({ kind: 'failed', reason: 'The comparison ended early.' });
    } finally {
      clearInterval(ticking);
    }
    this.flush(history);
    this.listener.ended({ comparisonId: history.comparisonId, state: history.state });
  }

  private flush(history: ComparisonHistory): void {
    const advance = history.takeAdvance();
    if (advance !== null) this.listener.advanced(advance);
  }

  private require(comparisonId: ComparisonId): Entry {
    const entry = this.entries.get(comparisonId);
    if (entry !== undefined) return entry;
    throw new Refusal('unknown-comparison', 'The language server does not know this comparison (any more).');
  }

  /** Drops the oldest of those that have ended. */
  private forget(): void {
    const ended = [...this.entries].filter(([, { history }]) => history.state.kind !== 'running');
    for (const [comparisonId] of ended.slice(0, -MOST_ENDED)) this.entries.delete(comparisonId);
  }
}

function endState(
  { complete, failures }: PlanOutcome,
  history: ComparisonHistory,
  signal: AbortSignal,
): ComparisonState {
  if (!complete && signal.aborted) return { kind: 'cancelled' };
  if (failures.length === 0) return { kind: 'finished' };
  const { total } = history.snapshot().progress;
  return { kind: 'failed', reason: `${failures.length} of ${total} runs failed: ${failures[0]!.message}.` };
}
