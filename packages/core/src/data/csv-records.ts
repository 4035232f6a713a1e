import { DataError } from './data-error.ts';

/** One row of a CSV file. */
export interface CsvRecord {
  /** 1-based line it begins on. */
  readonly line: number;
  readonly fields: readonly string[];
}

/**
 * Splits a CSV file into its records: commas, quoted fields with doubled quotes, LF or CRLF, an optional byte
 * order mark. Blank lines are passed over; blanks around an unquoted field are dropped.
 *
 * @throws DataError for a quote that is never closed, or closed before its field ends
 * @see RFC 4180
 */
export function readCsv(text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const { fields, end, breaks } = readRecord(text, at, line);
    if (fields.length > 1 || fields[0] !== '') records.push({ line, fields });
    at = end;
    line += breaks;
  }
  return records;
}

interface Reading {
  readonly fields: readonly string[];
  /** Where the next record begins. */
  readonly end: number;
  /** Line breaks passed, those in quotes included. */
  readonly breaks: number;
}

function readRecord(text: string, start: number, line: number): Reading {
  const fields: string[] = [];
  let at = start;
  let breaks = 1;
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t') at++;
    const field = text[at] === '"' ? quotedField(text, at, line) : plainField(text, at);
    fields.push(field.value);
    breaks += field.breaks;
    at = field.end;
    if (text[at] !== ',') break;
    at++;
  }
  const end = text.startsWith('\r\n', at) ? at + 2 : at + 1;
  return { fields, end, breaks };
}

interface Field {
  readonly value: string;
  /** At the comma, the line break or the end of the text. */
  readonly end: number;
  readonly breaks: number;
}

function plainField(text: string, start: number): Field {
  const end = endOfField(text, start);
  return { value: text.slice(start, end).trim(), end, breaks: 0 };
}

function quotedField(text: string, quote: number, line: number): Field {
  let close = text.indexOf('"', quote + 1);
  while (close !== -1 && text[close + 1] === '"') close = text.indexOf('"', close + 2);
  if (close === -1) throw new DataError(`line ${line}: a quote is opened and never closed`);
  const end = endOfField(text, close + 1);
  const rest = text.slice(close + 1, end).trim();
  if (rest !== '') throw new DataError(`line ${line}: '${rest}' follows a closing quote`);
  const value = text.slice(quote + 1, close).replaceAll('""', '"');
  return { value, end, breaks: value.split('\n').length - 1 };
}

function endOfField(text: string, start: number): number {
  let at = start;
  while (at < text.length && !',\r\n'.includes(text[at])) at++;
  return at;
}
