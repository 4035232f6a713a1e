/** What a user's data set is refused for: one sentence that says where. */
export class DataError extends Error {
  override readonly name: string = 'DataError';
}

/** A label's column that the header does not have. */
export class UnknownColumnError extends DataError {
  override readonly name = 'UnknownColumnError';
  readonly column: string;
  /** Those that it has. */
  readonly columns: readonly string[];

  /** @param meant put behind what was asked for, ` (did you mean 'x'?)` */
  constructor(column: string, columns: readonly string[], meant: string = '') {
    const some = columns.slice(0, MOST_NAMED).join(', ');
    const rest = columns.length > MOST_NAMED ? ` and ${columns.length - MOST_NAMED} more` : '';
    super(`label: no column is named '${column}'${meant}; there are ${some}${rest}`);
    this.column = column;
    this.columns = columns;
  }
}

const MOST_NAMED = 10;
