import type { JSX } from 'preact';
import { TableHead } from '../table-head.tsx';

interface CardTableProps {
  readonly id?: string;
  /** What else its style is called by. */
  readonly kind?: string;
  /** That of the first column, which names the rows, may be empty. */
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number | undefined)[])[];
}

/** A table of texts, a card a row where the panel is narrow: a number that names one stands there behind the head of its column. */
export function CardTable({ id, kind, heads, rows }: CardTableProps): JSX.Element {
  const [first, ...others] = heads;
  return (
    <table id={id} class={kind === undefined ? 'cards' : `cards ${kind}`}>
      <TableHead heads={heads} />
      <tbody>
        {rows.map(([name, ...cells]) => (
          <tr key={name}>
            <th scope="row" data-head={/^\d/.test(String(name)) ? first : undefined}>
              {name}
            </th>
            {cells.map((cell, index) => (
              <td key={others[index]} data-head={others[index]}>
                {cell}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
