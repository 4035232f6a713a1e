import type { MeasuredComparison, MeasuredRow, TabledComparison } from '@widthwise/figures';
import type { ShownExperiment, ShownRun } from '../../app/experiment-store.ts';

/** What is known of a comparison so far, as figures read it: what has points. */
export function measuredComparison({ runs, judgement }: ShownExperiment<'compare'>): MeasuredComparison {
  return {
    rows: runs.flatMap(measuredRow),
    slopes: judgement.slopes,
    infiniteWidth: judgement.infiniteWidth,
  };
}

/** The same as the table reads it: what has ended. */
export function tabledComparison({ runs, judgement }: ShownExperiment<'compare'>): TabledComparison {
  const rows = runs.flatMap(({ parametrization, width, outcome }) =>
    outcome === null ? [] : [{ parametrization, width, loss: outcome.loss, layers: outcome.layers }],
  );
  return { rows, slopes: judgement.slopes, verdicts: judgement.verdicts };
}

function measuredRow({ parametrization, width, state, outcome, columns }: ShownRun): readonly MeasuredRow[] {
  const { kind } = state;
  const started = kind === 'running' || kind === 'finished' || kind === 'diverged';
  if (!started || columns.length === 0) return [];
  return [{ parametrization, width, state: kind, layers: outcome?.layers ?? [], series: columns }];
}
