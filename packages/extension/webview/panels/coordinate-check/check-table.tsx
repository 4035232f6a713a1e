import { coordinateTable, SIGNS } from '@widthwise/figures';
import type { JSX } from 'preact';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import { TableHead } from '../../table-head.tsx';

interface CheckTableProps {
  readonly shown: ShownExperiment<'coord-check'>;
  readonly id: string;
  /** The step that is shown; without it, every one. */
  readonly step?: number;
}

/** What was found of every layer: its slopes stand there however narrow the panel is, then a card a row. */
export function CheckTable({ shown, id, step }: CheckTableProps): JSX.Element {
  const rows = coordinateTable(shown.judgement, shown.plan.depth);
  const all = step === undefined;
  return (
    <table id={id} class="cards layers">
      <TableHead
        heads={['layer', ...(all ? ['step'] : []), 'size, slope', 'update, slope', 'theory', 'verdict']}
      />
      <tbody>
        {rows
          .filter((row) => all || row.step === step)
          .map((row) => (
            <tr key={`${row.step} ${row.layer}`}>
              <th scope="row">{row.layer}</th>
              {all && <td data-head="step">{row.step}</td>}
              <td data-head="size, slope">{row.size}</td>
              <td data-head="update, slope">{row.update}</td>
              <td data-head="theory">{row.predicted}</td>
              <td>
                <span class="mark">
                  {SIGNS[row.verdict.mark]} {row.verdict.word}
                </span>
              </td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
