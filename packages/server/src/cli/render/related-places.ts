import type { Finding, LineIndex } from '@widthwise/analysis';

/** A place that has to do with a finding, by its file; line and column count from 1. */
export interface RelatedAt {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Those of a finding in a file of this path. */
export function relatedAt({ related }: Finding, path: string, index: LineIndex): readonly RelatedAt[] {
  return related.map(({ span, message, elsewhere }) => {
    const { line, column } = elsewhere ?? index.placeOf(span.start);
    return { file: elsewhere?.path ?? path, line, column, message };
  });
}
