import type { RunName } from '../../app/choice.ts';
import type { ShownExperiment } from '../../app/experiment-store.ts';

/** How long a run stays in view before the next takes its place: long enough to be read. */
const HOLD_MS = 3000;

/** Which run is shown by itself: the one a person picked, else the one in progress. */
export class RunInView {
  #shown: number | null = null;
  #sinceMs = 0;

  /** Index of the run to show; null before the first has points. */
  at({ latestRun, runs }: ShownExperiment<'compare'>, picked: RunName | null, nowMs: number): number | null {
    const found = picked === null ? -1 : runs.findIndex((run) => isNamed(run, picked));
    if (found >= 0) return found;
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

function isNamed(run: RunName, { parametrization, width, seed }: RunName): boolean {
  return run.parametrization === parametrization && run.width === width && run.seed === seed;
}
