import { weightTable } from '@widthwise/figures';
import type { JSX } from 'preact';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import { CardTable } from '../card-table.tsx';

/** What the weights do beside the coordinates, at the last step. */
export function WeightTable({ shown }: { readonly shown: ShownExperiment<'coord-check'> }): JSX.Element {
  return (
    <CardTable
      id="weights"
      heads={['weight', '‖W‖₂', '‖ΔW‖₂', 'alignment']}
      rows={weightTable(shown.judgement, shown.plan.depth).map(({ layer, norm, update, alignment }) => [
        layer,
        norm,
        update,
        alignment,
      ])}
    />
  );
}
