import { forecastText } from '@widthwise/figures';
import type { ComparisonState, Progress } from '@widthwise/protocol';
import type { ShownComparison, ShownRun } from './comparison-store.ts';

/** `running 51/80 · 4 s left`. */
export function statusWords(state: ComparisonState, { finished, total, secondsLeft }: Progress): string {
  const count = `${finished}/${total}`;
  switch (state.kind) {
    case 'running':
      return `running ${count}${secondsLeft === null ? '' : ` · ${forecastText(secondsLeft)} left`}`;
    case 'finished':
      return `finished ${count}`;
    case 'cancelled':
      return `cancelled at ${count}`;
    case 'failed':
      return `failed at ${count}`;
  }
}

/** The sentence that answers the comparison, as far as anything is decided. */
export function answer({ state, judgement }: ShownComparison): string {
  const { verdicts, sentence } = judgement;
  if (state.kind === 'finished') return sentence;
  const decided = Object.values(verdicts).some(({ featureLearning }) => featureLearning !== null);
  if (decided) return `So far: ${sentence}`;
  return state.kind === 'running' ? 'No verdict yet.' : 'No verdict: too few runs had finished.';
}

/** What to do next, once nothing more comes; null while it runs. */
export function nextStep(state: ComparisonState): string | null {
  switch (state.kind) {
    case 'running':
      return null;
    case 'finished':
      return 'Results are kept. A page with figures: widthwise compare';
    case 'cancelled':
      return 'What had finished is kept; comparing again computes the rest.';
    case 'failed':
      return `${state.reason} Widthwise: Show Output has the details.`;
  }
}

/** `μP · width 1024 · seed 2 · step 7 of 10`. */
export function runWords({ plan }: ShownComparison, run: ShownRun): string {
  const label =
    plan.parametrizations.find(({ name }) => name === run.parametrization)?.label ?? run.parametrization;
  return `${label} · width ${run.width} · seed ${run.seed} · ${progressWords(run, plan.steps)}`;
}

function progressWords({ state, columns }: ShownRun, steps: number): string {
  const step = Math.max(0, ...columns.map((column) => column.steps.at(-1) ?? 0));
  switch (state.kind) {
    case 'diverged':
      return `diverged at step ${state.atStep}`;
    case 'cancelled':
      return `cancelled at step ${step} of ${steps}`;
    case 'failed':
      return `failed: ${state.reason}`;
    case 'waiting':
    case 'running':
    case 'finished':
      return `step ${step} of ${steps}`;
  }
}
