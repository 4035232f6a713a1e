import { HOW_TO_READ_WEIGHTS, weightTable } from '@widthwise/figures';
import type { JSX } from 'preact';
import type { ShownExperiment } from '../../app/experiment-store.ts';

/** What the weights do beside the coordinates, at the last step. */
export function WeightTable({ shown }: { readonly shown: ShownExperiment<'coord-check'> }): JSX.Element {
  return (
    <table id="weights" class="cards" title={HOW_TO_READ_WEIGHTS}>
      <thead>
        <tr>
          <th scope="col">weight</th>
          <th scope="col">‖W‖₂</th>
          <th scope="col">‖ΔW‖₂</th>
          <th scope="col">alignment</th>
        </tr>
      </thead>
      <tbody>
        {weightTable(shown.judgement, shown.plan.depth).map(({ layer, norm, update, alignment }) => (
          <tr key={layer}>
            <th scope="row">{layer}</th>
            <td data-head="‖W‖₂">{norm}</td>
            <td data-head="‖ΔW‖₂">{update}</td>
            <td data-head="alignment">{alignment}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
