import type { JSX } from 'preact';

interface NumberTableProps {
  readonly name: string;
  /** Those of the columns: the first is of what names the rows. */
  readonly heads: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  /** What names the rows: numbers, too, or words. */
  readonly rowsAre: 'numbers' | 'words';
  /** Whether the name is to be seen. */
  readonly caption?: boolean;
}

/** A table of numbers that scrolls by itself where it is wider than its place. */
export function NumberTable({ name, heads, rows, rowsAre, caption }: NumberTableProps): JSX.Element {
  const first = rowsAre === 'numbers' ? 'number' : undefined;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached from the keyboard
    <section class="wide" tabIndex={0} aria-label={name}>
      <table class="fit">
        {caption && <caption>{name}</caption>}
        <thead>
          <tr>
            {heads.map((head, column) => (
              <th key={head} scope="col" class={column === 0 ? first : 'number'}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([row = '', ...cells]) => (
            <tr key={row}>
              <th scope="row" class={first}>
                {row}
              </th>
              {cells.map((text, index) => (
                <td key={heads[index + 1]} class="number">
                  {text}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
