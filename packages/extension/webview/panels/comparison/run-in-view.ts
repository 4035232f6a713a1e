import type { ShownExperiment } from '../../app/experiment-store.ts';

/** How long a run stays in view before the next takes its place: narrow ones last but a few milliseconds. */
const HOLD_MS = 800;

/** Which run the charts over steps show: the one a person picked, else the one in progress. */
export class RunInView {
  #picked: number | null = null;
  #shown: number | null = null;
  #sinceMs = 0;

  /** Keeps one run in view; null follows the training again. */
  pick(run: number | null): void {
    this.#picked = run;
  }

  get picked(): number | null {
    return this.#picked;
  }

  /** Index of the run to show; null before the first has points. */
  at(shown: ShownExperiment<'compare'>, nowMs: number): number | null {
    if (this.#picked !== null) return this.#picked;
    const { latestRun, runs } = shown;
    const held =
      this.#shown !== null &&
      (runs[this.#shown]?.state.kind === 'running' || nowMs - this.#sinceMs < HOLD_MS);
    if (!held && latestRun !== this.#shown) {
      this.#shown = latestRun;
      this.#sinceMs = nowMs;
    }
    return this.#shown;
  }
}
