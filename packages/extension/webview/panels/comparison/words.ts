import type { ShownExperiment, ShownRun } from '../../app/experiment-store.ts';
import { noVerdict } from '../../app/no-verdict.ts';

/** The sentence that answers the comparison, as far as anything is decided. */
export function answer({ state, judgement }: ShownExperiment<'compare'>): string {
  const { verdicts, sentence } = judgement;
  if (state.kind === 'finished') return sentence;
  const decided = Object.values(verdicts).some(({ featureLearning }) => featureLearning !== null);
  if (decided) return `So far: ${sentence}`;
  return noVerdict(state);
}

/** `μP · width 1024 · seed 2 · step 7 of 10`. */
export function runWords({ plan }: ShownExperiment<'compare'>, run: ShownRun): string {
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
