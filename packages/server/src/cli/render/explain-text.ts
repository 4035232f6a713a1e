import {
  judgeRow,
  legendOf,
  type ModelOutline,
  markOf,
  maybesText,
  missingText,
  OPTIMIZER_NAMES,
  problemsOfModel,
  remediesOf,
  rowNameText,
  verdictLine,
  type WeightRow,
} from '@widthwise/analysis';
import { cutText, nameText } from '@widthwise/core';
import { columnsOf, padToColumns } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import { explainAt } from './explain-at.ts';

/** A terminal that says it is narrower is not believed. */
const NARROWEST = 40;

/**
 * The models of a file for a terminal: verdict, what breaks it, what is missing, and then the table it follows from, in
 * numbers where widths are given.
 */
export function explainText(
  models: readonly ModelOutline[],
  widths: readonly number[],
  terminal: Terminal,
): string {
  const { plain, toned } = terminal;
  const edge = Math.max(terminal.columns ?? Number.POSITIVE_INFINITY, NARROWEST);
  const wrapped = (text: string, indent: number) => wrapText(plain(text), edge, indent);
  const section = (title: string, items: readonly string[]): readonly string[] =>
    items.length === 0 ? [] : [`\n  ${title}`, ...items.map((item) => wrapped(item, 4))];
  const blocks = models.map((model) =>
    [
      toned('strong', wrapped(`${nameText(model.name)}: ${verdictLine(model)}`, 0)),
      ...section('breaks transfer', problemsOfModel(model)),
      ...section('Adam at one rate would break', model.underAdam?.problems ?? []),
      ...section('what to do', remediesOf(model)),
      ...section('missing', model.missing.map(missingText)),
      '',
      ...weightsIn(model.weights, { ...terminal, columns: edge }),
      ...explainAt(model, widths, { ...terminal, columns: edge }),
      ...section('not there for certain', maybesText(model.weights)),
      ...section('taken for granted', model.assumptions),
      '',
      toned('dim', wrapped(legendOf(model).replaceAll('`', ''), 0)),
    ].join('\n'),
  );
  return `${blocks.join('\n\n')}\n`;
}

/** A table where it fits into a line each, else each weight in a few short lines. */
function weightsIn(rows: readonly WeightRow[], { columns, plain }: Terminal): readonly string[] {
  const edge = columns ?? Number.POSITIVE_INFINITY;
  const lines = tableOf(rows, plain);
  if (lines.every((line) => columnsOf(line) <= edge)) return lines;
  return rows.map((row) => {
    const { quantities, wants } = cellsOf(row);
    const what = describe(row);
    const values = HEAD_OF_QUANTITIES.map((head, index) => `${head} ${quantities[index]}`).join(' · ');
    return [
      `  ${plain(markOf(row)).padEnd(1)} ${plain(nameOf(row))}`,
      ...[what.join(' · '), values, wants === '' ? '' : `μP wants ${wants}`]
        .filter((text) => text !== '')
        .map((text) => wrapText(plain(text), edge, 6)),
    ].join('\n');
  });
}

const HEAD_OF_QUANTITIES = ['init std', 'multiplier', 'rate'];
const HEAD = ['', 'weight', 'role', 'shape', 'optimizer', ...HEAD_OF_QUANTITIES, 'μP wants'];

function tableOf(rows: readonly WeightRow[], plain: Terminal['plain']): readonly string[] {
  const body = rows.map((row) => {
    const { quantities, wants } = cellsOf(row);
    return [markOf(row), nameOf(row), ...describe(row), ...quantities, wants];
  });
  const cells = [HEAD, ...body].map((row) => row.map(plain));
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => columnsOf(row[column] ?? ''))));
  return cells.map((row) =>
    `  ${row.map((cell, column) => padToColumns(cell, widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

/** A longer name or shape is cut, or the table would be as wide as it. */
const LONGEST_CELL = 120;

function nameOf(row: WeightRow): string {
  return `${cutText(rowNameText(row), LONGEST_CELL)}${row.mayBeOff === null ? '' : ', may be off'}`;
}

function describe({ role, shape, optimizer }: WeightRow): readonly string[] {
  return [role ?? '?', cutText(shape, LONGEST_CELL), optimizer === null ? '?' : OPTIMIZER_NAMES[optimizer]];
}

/** The three exponents, and those of μP's that the code does not have. */
function cellsOf(row: WeightRow): { readonly quantities: readonly string[]; readonly wants: string } {
  const judged = judgeRow(row);
  const others = judged.filter(({ state, wants }) => state !== 'right' && wants !== '');
  return {
    quantities: judged.map(({ yours }) => yours),
    wants: others.map(({ quantity, wants }) => `${quantity.replace('learning ', '')} ${wants}`).join(', '),
  };
}
