import { randomUUID } from 'node:crypto';
import type {
  ExperimentEndedParams,
  ExperimentId,
  ExperimentSnapshot,
  ExperimentState,
} from '@widthwise/protocol';
import { InputError } from '../../input/input-error.ts';
import { defaultWorkers } from '../../lab/runs/executor.ts';
import { Refusal } from '../connection/answering.ts';
import { ExperimentThread, type ThreadListener } from './experiment-thread.ts';
import type { ExperimentOrder, PreparedMessage } from './thread-messages.ts';
import { Turns } from './turns.ts';

/** How many experiments run at a time. */
const MOST_RUNNING = 2;
/** How many more may be in preparation or in the queue. */
const MOST_WAITING = 8;
/** How many ended experiments can still be read. */
const MOST_ENDED = 8;
/** How long an experiment may take to stop, before its thread is terminated. */
const GRACE_MS = 5000;

/** Who hears of experiments. */
export interface ExperimentListener extends ThreadListener {
  ended(params: ExperimentEndedParams): void;
}

/** What to run, and where. */
export type AskedExperiment = Omit<ExperimentOrder, 'experimentId' | 'share'>;

interface Entry {
  readonly order: ExperimentOrder;
  readonly planHash: string;
  /** As last known here; the thread of a running one knows more. */
  snapshot: ExperimentSnapshot;
  /** Null while it waits and after its end. */
  thread: ExperimentThread | null;
  readonly stop: AbortController;
  /** Resolves when nothing of it runs any more; never rejects. */
  ended: Promise<void>;
}

/** The experiments of one server: those that run, each in a thread of its own, those that wait, those that have ended. */
export class ExperimentRegistry {
  private readonly entries = new Map<ExperimentId, Entry>();
  private readonly listener: ExperimentListener;
  private readonly preparations = new Turns(MOST_RUNNING);
  private readonly places = new Turns(MOST_RUNNING);
  private readonly queue: Entry[] = [];
  private readonly running = new Set<Entry>();
  /** How many workers each running experiment may have. */
  private readonly share = new Int32Array(new SharedArrayBuffer(4));
  private readonly disposal = new AbortController();
  private preparing = 0;

  constructor(listener: ExperimentListener) {
    this.listener = listener;
  }

  /**
   * Prepares an experiment and answers with it as planned, running or queued; the listener hears nothing of it before
   * the caller's turn is over.
   *
   * @param signal aborted before the answer, what prepares it ends and nothing starts
   * @throws InputError for what cannot be trained
   */
  async start(asked: AskedExperiment, signal: AbortSignal): Promise<ExperimentSnapshot> {
    const open = this.preparing + this.queue.length + this.running.size;
    if (open >= MOST_RUNNING + MOST_WAITING) {
      throw new Refusal(
        'busy',
        `${open} experiments are running or waiting: cancel one, or wait until one ends.`,
      );
    }
    this.preparing++;
    try {
      const until = AbortSignal.any([signal, this.disposal.signal]);
      return await this.preparations.take(until, () => this.place(asked, until));
    } finally {
      this.preparing--;
    }
  }

  /** The whole experiment, after telling what was still to be told, so that nothing in it comes again. */
  async read(experimentId: ExperimentId): Promise<ExperimentSnapshot> {
    const entry = this.require(experimentId);
    try {
      return (await entry.thread?.read()) ?? entry.snapshot;
    } catch {
      // Its thread is gone; how it ended is known in a moment.
      await entry.ended;
      return entry.snapshot;
    }
  }

  async cancel(experimentId: ExperimentId): Promise<ExperimentSnapshot> {
    const entry = this.require(experimentId);
    entry.stop.abort();
    await entry.ended;
    return entry.snapshot;
  }

  /** Stops everything; resolves when no thread is left. */
  async dispose(): Promise<void> {
    this.disposal.abort();
    const entries = [...this.entries.values()];
    for (const { stop } of entries) stop.abort();
    await Promise.all(entries.map(({ ended }) => ended));
  }

  private async place(asked: AskedExperiment, signal: AbortSignal): Promise<ExperimentSnapshot> {
    // SAFETY: this is where experiment ids are made.
    const experimentId = randomUUID() as ExperimentId;
    const order = { ...asked, experimentId, share: this.share.buffer };
    const thread = new ExperimentThread(order, this.listener);
    const { snapshot, planHash } = await preparedBy(thread, signal);
    const entry: Entry = {
      order,
      planHash,
      snapshot,
      thread: null,
      stop: new AbortController(),
      ended: Promise.resolve(),
    };
    this.entries.set(experimentId, entry);
    entry.ended = this.live(entry, thread);
    this.forget();
    return entry.snapshot;
  }

  /** From the place in the queue, where it needs one, to the end. */
  private async live(entry: Entry, prepared: ExperimentThread): Promise<void> {
    const { signal } = entry.stop;
    try {
      if (!this.places.taken) await this.places.take(signal, () => this.run(entry, prepared));
      else {
        // What waits holds neither a thread nor data.
        void prepared.terminate();
        this.enqueue(entry);
        await this.places.take(signal, async () => this.run(entry, await this.prepareAgain(entry)));
      }
    } catch (error) {
      entry.snapshot = { ...entry.snapshot, state: this.earlyEnd(error, signal) };
    }
    this.dequeue(entry);
    this.listener.ended({ experimentId: entry.snapshot.experimentId, state: entry.snapshot.state });
  }

  private async run(entry: Entry, thread: ExperimentThread): Promise<void> {
    const { signal } = entry.stop;
    let grace: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      thread.cancel();
      grace = setTimeout(() => void thread.terminate(), GRACE_MS);
    };
    entry.thread = thread;
    this.running.add(entry);
    this.divide();
    this.dequeue(entry);
    thread.begin(entry.snapshot.revision);
    signal.addEventListener('abort', cancel, { once: true });
    try {
      entry.snapshot = await thread.ended;
    } finally {
      clearTimeout(grace);
      signal.removeEventListener('abort', cancel);
      entry.thread = null;
      this.running.delete(entry);
      this.divide();
      await thread.terminate();
    }
  }

  private async prepareAgain(entry: Entry): Promise<ExperimentThread> {
    const thread = new ExperimentThread(entry.order, this.listener);
    const { planHash } = await preparedBy(thread, entry.stop.signal);
    if (planHash === entry.planHash) return thread;
    await thread.terminate();
    throw new InputError(null, 'What it reads has changed while it waited: start it again');
  }

  private earlyEnd(error: unknown, signal: AbortSignal): ExperimentState {
    if (signal.aborted) return { kind: 'cancelled' };
    if (error instanceof InputError) return { kind: 'failed', reason: `${error.message}.` };
    const what = error instanceof Error ? error.stack : String(error);
    this.listener.noted(`an experiment ended early: ${what}`);
    return { kind: 'failed', reason: 'The experiment ended early.' };
  }

  private enqueue(entry: Entry): void {
    this.queue.push(entry);
    entry.snapshot = { ...entry.snapshot, state: { kind: 'queued', before: this.queue.length } };
  }

  /** Takes one out of the queue, if it is there, and tells those behind it. */
  private dequeue(entry: Entry): void {
    const index = this.queue.indexOf(entry);
    if (index < 0) return;
    this.queue.splice(index, 1);
    if (entry.thread !== null) this.tell(entry, { kind: 'running' });
    for (const [place, each] of this.queue.entries()) {
      if (place >= index) this.tell(each, { kind: 'queued', before: place + 1 });
    }
  }

  private tell(entry: Entry, state: ExperimentState): void {
    const { experimentId, revision, progress } = entry.snapshot;
    entry.snapshot = { ...entry.snapshot, state, revision: revision + 1 };
    this.listener.advanced({
      experimentId,
      revision: revision + 1,
      state,
      progress,
      planned: [],
      runs: [],
      judgement: null,
    });
  }

  /** Shares the workers of the machine among those that run. */
  private divide(): void {
    const each = Math.floor(defaultWorkers() / Math.max(1, this.running.size));
    Atomics.store(this.share, 0, Math.max(1, each));
  }

  private require(experimentId: ExperimentId): Entry {
    const entry = this.entries.get(experimentId);
    if (entry !== undefined) return entry;
    throw new Refusal('unknown-experiment', 'The language server does not know this experiment (any more).');
  }

  /** Drops the oldest of those that have ended. */
  private forget(): void {
    const open = new Set<Entry>([...this.queue, ...this.running]);
    const ended = [...this.entries].filter(([, entry]) => !open.has(entry));
    for (const [experimentId] of ended.slice(0, -MOST_ENDED)) this.entries.delete(experimentId);
  }
}

/** What a thread has prepared; an abort before that ends the thread. */
async function preparedBy(thread: ExperimentThread, signal: AbortSignal): Promise<PreparedMessage> {
  const end = (): void => void thread.terminate();
  signal.addEventListener('abort', end, { once: true });
  try {
    const prepared = await thread.prepared;
    signal.throwIfAborted();
    return prepared;
  } catch (error) {
    await thread.terminate();
    throw signal.aborted ? signal.reason : error;
  } finally {
    signal.removeEventListener('abort', end);
  }
}
