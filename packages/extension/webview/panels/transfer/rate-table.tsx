import { HOW_TO_READ_TRANSFER, SIGNS, transferTable } from '@widthwise/figures';
import type { TransferSearch } from '@widthwise/protocol';
import type { JSX } from 'preact';

interface RateTableProps {
  readonly transfer: TransferSearch['transfers'][number];
  readonly label: string;
  readonly objective: TransferSearch['objective'];
}

/** One parametrization: best rate and losses, a row a width; cards where the panel is narrow. */
export function RateTable({ transfer, label, objective }: RateTableProps): JSX.Element {
  const { verdict, drift, widths, rows } = transferTable(transfer, { label, objective });
  return (
    <section aria-label={label}>
      <h2>
        {`${label}: drift ${drift} `}
        <span class="mark">
          {SIGNS[verdict.mark]} {verdict.word}
        </span>
      </h2>
      <table class="cards rates" title={HOW_TO_READ_TRANSFER}>
        <thead>
          <tr>
            <th scope="col">width</th>
            {rows.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {widths.map((width, at) => (
            <tr key={width}>
              <th scope="row">{width}</th>
              {rows.map(({ name, cells }) => (
                <td key={name} data-head={name}>
                  {cells[at]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
