import type { JSX } from 'preact';

/** The heads of a table's columns; where that of the first is empty, its rows are named without one. */
export function TableHead({ heads }: { readonly heads: readonly string[] }): JSX.Element {
  return (
    <thead>
      <tr>
        {heads.map((head) =>
          head === '' ? (
            <td key={head} />
          ) : (
            <th key={head} scope="col">
              {head}
            </th>
          ),
        )}
      </tr>
    </thead>
  );
}
