/** A row of a table by the name of what it is about. */
export interface NamedCells {
  readonly name: string;
  readonly cells: readonly string[];
}

/** Rows of what a loop makes as one, where all of them say the same; in the order in which the first of each comes. */
export function rowsAlike(
  rows: readonly NamedCells[],
  starred: (name: string) => string,
): readonly NamedCells[] {
  const kinds = new Map<string, Set<string>>();
  const keyOf = ({ cells }: NamedCells): string => cells.join('\n');
  for (const row of rows) {
    const star = starred(row.name);
    kinds.set(star, (kinds.get(star) ?? new Set()).add(keyOf(row)));
  }
  const said = new Set<string>();
  return rows.flatMap((row) => {
    const star = starred(row.name);
    if (kinds.get(star)!.size > 1) return [row];
    if (said.has(star)) return [];
    said.add(star);
    return [{ ...row, name: star }];
  });
}
