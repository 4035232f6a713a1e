import { SIGNS, transferTable } from '@widthwise/figures';
import type { TransferSearch } from '@widthwise/protocol';
import type { JSX } from 'preact';
import { CardTable } from '../card-table.tsx';

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
      <CardTable
        kind="rates"
        heads={['width', ...rows.map(({ name }) => name)]}
        rows={widths.map((width, at) => [width, ...rows.map(({ cells }) => cells[at])])}
      />
    </section>
  );
}
