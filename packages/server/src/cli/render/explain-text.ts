import type { ModelOutline, WeightRow } from '@widthwise/analysis';
import { exponentText, markOf, problemsOf, verdictLine, wantedText } from '@widthwise/analysis';
import type { Terminal } from '../terminal/terminal.ts';

/** The weight tables of models for a terminal. */
export function explainText(models: readonly ModelOutline[], { plain, toned }: Terminal): string {
  const blocks = models.map((model) =>
    [
      `${toned('strong', plain(`${model.name}: ${verdictLine(model)}`))}`,
      ...tableOf(model.weights, plain),
      ...section('breaks transfer', problemsOf(model.weights)).map(plain),
      ...section('missing', model.missing).map(plain),
      ...section('taken for granted', model.assumptions).map(plain),
    ].join('\n'),
  );
  return `${blocks.join('\n\n')}\n\n${toned('dim', plain(LEGEND))}\n`;
}

const LEGEND =
  "W = n^−a·w, w ~ N(0, n^−2b), learning rate η·n^−c on w; n is the width; μP's exponents in each weight's own form";

const HEAD = ['weight', 'role', 'shape', 'a', 'b', 'c', 'optimizer', 'μP wants', ''];

function tableOf(rows: readonly WeightRow[], plain: Terminal['plain']): readonly string[] {
  const cells = [HEAD, ...rows.map(cellsOf)].map((row) => row.map(plain));
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => (row[column] ?? '').length)));
  return cells.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

function cellsOf(row: WeightRow): readonly string[] {
  const { name, role, shape, a, b, c, optimizer } = row;
  return [
    name,
    role ?? '?',
    shape,
    exponentText(a),
    exponentText(b),
    exponentText(c),
    optimizer ?? '?',
    wantedText(row),
    markOf(row),
  ];
}

function section(title: string, items: readonly string[]): readonly string[] {
  return items.map((item, index) =>
    index === 0 ? `\n  ${title}: ${item}` : `  ${' '.repeat(title.length + 1)} ${item}`,
  );
}
