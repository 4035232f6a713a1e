import { coordinateTable, HOW_TO_READ_CHECK, SIGNS } from '@widthwise/figures';
import type { JSX } from 'preact';
import type { ShownExperiment } from '../../app/experiment-store.ts';

/** What was found of every layer at every step: its slopes stand there however narrow the panel is. */
export function CheckTable({ shown }: { readonly shown: ShownExperiment<'coord-check'> }): JSX.Element {
  return (
    <table id="layers" title={HOW_TO_READ_CHECK}>
      <colgroup>
        <col class="step" />
        <col class="layer" />
        <col />
        <col />
        <col class="theory" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">step</th>
          <th scope="col">layer</th>
          <th scope="col" class="number">
            size
          </th>
          <th scope="col" class="number">
            update
          </th>
          <th scope="col" class="number">
            theory
          </th>
          <th scope="col">verdict</th>
        </tr>
      </thead>
      <tbody>
        {coordinateTable(shown.judgement, shown.plan.depth).map(
          ({ layer, step, size, update, predicted, verdict }) => (
            <tr key={`${step} ${layer}`} data-layer={layer} data-step={step}>
              <td>{step}</td>
              <th scope="row">{layer}</th>
              <td class="number">{size}</td>
              <td class="number">{update}</td>
              <td class="number">{predicted}</td>
              <td>
                <span class="mark">
                  {SIGNS[verdict.mark]} {verdict.word}
                </span>
              </td>
            </tr>
          ),
        )}
      </tbody>
    </table>
  );
}
