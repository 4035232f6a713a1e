import { createHash } from 'node:crypto';
import type {
  ExperimentId,
  ExperimentSnapshot,
  ExperimentState,
  StartExperimentParams,
} from '@widthwise/protocol';
import type { Memento } from 'vscode';

/** An experiment that was started in this workspace, as it is remembered beyond the life of a window. */
export interface LoggedRun {
  /** The same for the same question. */
  readonly key: string;
  readonly asked: StartExperimentParams;
  /** Of this life of the server, or of one before. */
  readonly experimentId: ExperimentId;
  /** `digits, 64 samples`. */
  readonly data: string;
  /** What was trained, in words: `SP, μP · widths 64, 128 · 5 seeds`. */
  readonly trained: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly state: ExperimentState['kind'];
  /** Of a finished one, in a sentence; empty otherwise. */
  readonly answer: string;
  /** What the answer rests on, a sentence each. */
  readonly evidence: readonly string[];
}

const KEY = 'widthwise.runs';
const MOST = 50;

/** The experiments of a workspace, newest first. One that is started again takes the place of the one before. */
export class RunLog {
  readonly #memory: Memento;
  readonly #listeners = new Set<() => void>();

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  get runs(): readonly LoggedRun[] {
    return this.#memory.get<readonly LoggedRun[]>(KEY) ?? [];
  }

  /** By what the server called it. */
  find(experimentId: ExperimentId | null): LoggedRun | undefined {
    return this.runs.find((run) => run.experimentId === experimentId);
  }

  onChange(listener: () => void): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  async started(asked: StartExperimentParams, snapshot: ExperimentSnapshot): Promise<void> {
    const key = keyOf(asked);
    const run = { key, asked, startedAt: new Date().toISOString(), ...describe(snapshot) };
    await this.#keep([run, ...this.runs.filter((each) => each.key !== key)].slice(0, MOST));
  }

  /** Taken up again by another server: it stands where it stood. */
  async resumed(asked: StartExperimentParams, snapshot: ExperimentSnapshot): Promise<void> {
    const key = keyOf(asked);
    if (!this.runs.some((run) => run.key === key)) return this.started(asked, snapshot);
    await this.#keep(this.runs.map((run) => (run.key === key ? { ...run, ...describe(snapshot) } : run)));
  }

  async ended(snapshot: ExperimentSnapshot): Promise<void> {
    const { experimentId } = snapshot;
    await this.#keep(
      this.runs.map((run) => (run.experimentId === experimentId ? { ...run, ...describe(snapshot) } : run)),
    );
  }

  async remove(keys: readonly string[]): Promise<void> {
    await this.#keep(this.runs.filter(({ key }) => !keys.includes(key)));
  }

  async #keep(runs: readonly LoggedRun[]): Promise<void> {
    await this.#memory.update(KEY, runs);
    for (const listener of this.#listeners) listener();
  }
}

function keyOf(asked: StartExperimentParams): string {
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 16);
}

function describe(snapshot: ExperimentSnapshot): Omit<LoggedRun, 'key' | 'asked' | 'startedAt'> {
  const { experimentId, plan, state, judgement } = snapshot;
  const finished = state.kind === 'finished';
  const { parametrizations, widths, seeds } = plan;
  const labels = parametrizations.map(({ label }) => label).join(', ');
  return {
    experimentId,
    data: plan.data,
    trained: `${labels} · widths ${widths.join(', ')} · ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`,
    state: state.kind,
    answer: finished ? judgement.sentence : '',
    evidence: finished ? evidenceOf(judgement, parametrizations) : [],
  };
}

function evidenceOf(
  judgement: ExperimentSnapshot['judgement'],
  parametrizations: ExperimentSnapshot['plan']['parametrizations'],
): readonly string[] {
  if ('evidence' in judgement) return judgement.evidence;
  if ('suspects' in judgement) return judgement.suspects;
  if (!('verdicts' in judgement)) return [];
  return parametrizations.flatMap(({ name, label }) => {
    const sentence = judgement.verdicts[name]?.sentence;
    return sentence === undefined ? [] : [`${label}: ${sentence}`];
  });
}
