import type { Slope } from '@widthwise/core';
import {
  type ComparisonTable,
  type JudgedSlope,
  judgedSlopeText,
  SIGNS,
  slopeText,
  type TableRow,
  type VerdictCell,
} from '@widthwise/figures';
import { columnsOf, padToColumns } from '../terminal/columns.ts';
import type { Terminal, Tone } from '../terminal/terminal.ts';
import { TONES } from '../terminal/tones.ts';

interface Column {
  /** Stands above those that share it: in full where they are wide enough, else in short. */
  readonly group: readonly [full: string, short: string];
  readonly head: string;
  /** The lowest goes first where the line is too short; what has none stays. */
  readonly rank: number;
  readonly cell: (row: TableRow) => string;
  readonly tone?: (row: TableRow) => Tone;
}

const GAP = 2;
const NO_GROUP = ['', ''] as const;

/** The table in lines for a terminal; columns go before a line wraps. */
export function terminalTable(table: ComparisonTable, terminal: Terminal): string[] {
  let columns = allColumns(table);
  const text = (column: Column, row: TableRow): string => terminal.plain(column.cell(row));
  const widths = (of: readonly Column[]): number[] =>
    of.map((column, index) => {
      const cells = table.rows
        .filter((row) => row.statement === null || index === 0)
        .map((row) => columnsOf(text(column, row)));
      const alone = of.filter(({ group }) => group[0] === column.group[0]).length === 1;
      return Math.max(
        columnsOf(terminal.plain(column.head)),
        alone ? columnsOf(terminal.plain(column.group[1])) : 0,
        ...cells,
      );
    });
  const total = (of: readonly Column[]): number => widths(of).reduce((sum, width) => sum + width + GAP, -GAP);
  while (terminal.columns !== null && total(columns) > terminal.columns) {
    const lowest = Math.min(...columns.map(({ rank }) => rank));
    if (lowest === Number.POSITIVE_INFINITY) break;
    columns = columns.filter(({ rank }) => rank !== lowest);
  }
  return layOut(table, columns, widths(columns), terminal);
}

function layOut(
  table: ComparisonTable,
  columns: readonly Column[],
  widths: readonly number[],
  terminal: Terminal,
): string[] {
  const gap = ' '.repeat(GAP);
  const line = (cells: readonly string[]): string => cells.join(gap).trimEnd();
  const heads = columns.map(({ head }, index) => padToColumns(terminal.plain(head), widths[index]!));
  const rows = table.rows.map((row) => {
    const cells = columns.map((column, index) => {
      const padded = padToColumns(terminal.plain(column.cell(row)), widths[index]!);
      return column.tone === undefined ? padded : terminal.toned(column.tone(row), padded);
    });
    if (row.statement === null) return line(cells);
    return line([
      cells[0]!,
      terminal.toned(
        TONES[row.statement.mark],
        terminal.plain(`${SIGNS[row.statement.mark]} ${row.statement.word}`),
      ),
    ]);
  });
  const groups = groupLine(columns, widths, terminal);
  return [
    ...(groups === '' ? [] : [terminal.toned('dim', groups)]),
    terminal.toned('dim', line(heads)),
    ...rows,
  ];
}

function groupLine(columns: readonly Column[], widths: readonly number[], terminal: Terminal): string {
  let line = '';
  let start = 0;
  for (const [index, { group }] of columns.entries()) {
    if (group[0] !== columns[index - 1]?.group[0]) {
      const room = widths.reduce(
        (sum, width, i) => (columns[i]!.group[0] === group[0] ? sum + width + GAP : sum),
        -GAP,
      );
      const [full, short] = group.map(terminal.plain);
      line = padToColumns(line, start) + (columnsOf(full!) <= room ? full! : short!);
    }
    start += widths[index]! + GAP;
  }
  return line.trimEnd();
}

function allColumns({ layers, widest }: ComparisonTable): Column[] {
  const fixed = Number.POSITIVE_INFINITY;
  const verdict = (pick: (row: TableRow) => VerdictCell): Column => ({
    group: NO_GROUP,
    head: '',
    rank: fixed,
    cell: (row) => `${SIGNS[pick(row).mark]} ${pick(row).word}`,
    tone: (row) => TONES[pick(row).mark],
  });
  const slopes = (
    group: Column['group'],
    base: number,
    pick: (row: TableRow) => readonly (Slope | JudgedSlope)[],
  ): Column[] =>
    layers.map((layer, index) => ({
      group,
      head: `layer ${layer}`,
      rank: index === layers.length - 1 && base > 0 ? fixed : base + index,
      cell: (row) => {
        const slope = pick(row)[index]!;
        return 'predicted' in slope ? judgedSlopeText(slope) : slopeText(slope);
      },
    }));
  return [
    { group: NO_GROUP, head: '', rank: fixed, cell: (row) => row.label },
    verdict((row) => row.features),
    verdict((row) => row.richness),
    ...slopes(['movement, slope with width', 'movement slope'], 2000, (row) => row.movement),
    ...slopes(['λ_min, slope with width', 'λ_min slope'], 2000, (row) => row.lambdaMin),
    ...slopes(['joint λ_min, slope with width', 'joint λ_min'], -2000, (row) => row.lambdaMinJoint),
    {
      group: [`λ_min at start, layer ${layers.at(-1)}`, 'λ_min at start'],
      head: `n = ${widest} / ∞`,
      rank: -1000,
      cell: ({ start }) => `${start.measured} / ${start.limit}`,
    },
    { group: NO_GROUP, head: `loss at ${widest}`, rank: 0, cell: (row) => row.loss },
  ];
}
