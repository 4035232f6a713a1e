import { quoted } from '../words/shown-text.ts';
import { DataError } from './data-error.ts';

/** One row of a CSV file. */
export interface CsvRecord {
  /** 1-based line it begins on. */
  readonly line: number;
  readonly fields: readonly string[];
}

export type Separator = ',' | ';' | '\t';

/**
 * What separates the fields of a file, by its first record: semicolons or tabs where it has any outside of quotes,
 * else commas. A tab beside a comma is only a blank.
 */
export function separatorOf(text: string): Separator {
  const unquoted = text.replaceAll(/"[^"]*"/g, '""').replace(/^[\uFEFF\r\n]+/, '');
  const [first = ''] = unquoted.split(/[\r\n]/, 1);
  if (first.includes(';')) return ';';
  return /(?<!,\s*)\t(?!\s*,)/.test(first) ? '\t' : ',';
}

/**
 * Splits a CSV file into its records: quoted fields with doubled quotes, any line end, an optional byte order mark.
 * Blank lines are passed over; blanks around an unquoted field are dropped.
 *
 * @throws DataError for a quote that is never closed, or closed before its field ends
 * @see RFC 4180
 */
export function readCsv(text: string, separator: Separator = ','): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const { fields, end, breaks } = readRecord({ text, separator }, at, line);
    if (fields.length > 1 || fields[0] !== '') records.push({ line, fields });
    at = end;
    line += breaks;
  }
  return records;
}

interface Source {
  readonly text: string;
  readonly separator: Separator;
}

interface Reading {
  readonly fields: readonly string[];
  /** Where the next record begins. */
  readonly end: number;
  /** Line breaks passed, those in quotes included. */
  readonly breaks: number;
}

function readRecord(source: Source, start: number, line: number): Reading {
  const { text, separator } = source;
  const fields: string[] = [];
  let at = start;
  let breaks = 1;
  for (;;) {
    while (text[at] === ' ' || (text[at] === '\t' && separator !== '\t')) at++;
    const field = text[at] === '"' ? quotedField(source, at, line) : plainField(source, at);
    fields.push(field.value);
    breaks += field.breaks;
    at = field.end;
    if (text[at] !== separator) break;
    at++;
  }
  const end = text.startsWith('\r\n', at) ? at + 2 : at + 1;
  return { fields, end, breaks };
}

interface Field {
  readonly value: string;
  /** At the separator, the line break or the end of the text. */
  readonly end: number;
  readonly breaks: number;
}

function plainField(source: Source, start: number): Field {
  const end = endOfField(source, start);
  return { value: source.text.slice(start, end).trim(), end, breaks: 0 };
}

function quotedField(source: Source, quote: number, line: number): Field {
  const { text } = source;
  let close = text.indexOf('"', quote + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close === -1) throw new DataError(`line ${line}: a quote is opened and never closed`);
  const end = endOfField(source, close + 1);
  const rest = text.slice(close + 1, end).trim();
  if (rest !== '')
    throw new DataError(`line ${line}: ${quoted(rest, LONGEST_FIELD)} follows a closing quote`);
  const value = text.slice(quote + 1, close).replaceAll('""', '"');
  return { value, end, breaks: value.split(/\r\n|\r|\n/).length - 1 };
}

function endOfField({ text, separator }: Source, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== separator && text[at] !== '\r' && text[at] !== '\n') at++;
  return at;
}

/** More of a field is not quoted. */
export const LONGEST_FIELD = 40;
