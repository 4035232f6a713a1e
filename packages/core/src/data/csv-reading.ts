import { quoted } from '../words/shown-text.ts';
import type { Separator } from './csv-records.ts';

/** How a CSV file was taken. */
export interface CsvReading {
  readonly separator: Separator;
  /** `numbered` for one that only counts its columns. */
  readonly header: 'named' | 'numbered' | 'none';
  readonly inputs: number;
  /** 1-based column of the label, and its name where a header has one. */
  readonly label: { readonly column: number; readonly name: string | null };
  readonly target:
    | { readonly kind: 'classes'; readonly classes: number }
    /** `integers` how many values the label has, where all are integers and too many to be classes. */
    | { readonly kind: 'regression'; readonly integers: number | null };
  /** Whether there are but two distinct rows, which columns minus their means make opposite. */
  readonly madeOpposite: boolean;
}

const SEPARATORS: Readonly<Record<Separator, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs' };
const HEADERS: Readonly<Record<CsvReading['header'], string>> = {
  named: 'a header',
  numbered: 'a header that numbers the columns',
  none: 'no header',
};

/** The reading in one sentence without its full stop, so that a person can object to it. */
export function csvReadingText({
  separator,
  header,
  inputs,
  label,
  target,
  madeOpposite,
}: CsvReading): string {
  const name = label.name === null ? '' : ` ${quoted(label.name)}`;
  const opposite = madeOpposite
    ? '; its two distinct rows are opposite once columns are centered, so that features of an odd activation are linearly dependent at every width: more rows are needed'
    : '';
  return `${inputs} ${inputs === 1 ? 'input' : 'inputs'}, ${targetText(target)} from column ${label.column}${name}, ${HEADERS[header]}, separated by ${SEPARATORS[separator]}${opposite}`;
}

function targetText(target: CsvReading['target']): string {
  if (target.kind === 'classes') return `${target.classes} classes`;
  const why =
    target.integers === null ? '' : ` (${target.integers} integers are too many to be taken for classes)`;
  return `regression${why}`;
}
