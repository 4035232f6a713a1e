import { type ModelOutline, markOf, rowNameText, type WeightRow } from '@widthwise/analysis';
import { cutText } from '@widthwise/core';
import { columnsOf, padToColumns } from '../terminal/columns.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { wrapText } from '../terminal/wrap-text.ts';
import { factorsAt, type WeightFactors, type WidthFactor, wrongIn } from './factors-at.ts';

const QUANTITIES = ['init', 'multiplier', 'rate'] as const;
const HEAD = ['', 'init std', 'multiplier', 'rate', 'weights'];
const LONGEST_NAMES = 120;
const LEFT_OUT = 'finite';

/**
 * What the numbers of a model become from the first of some widths to each other one, weights that go alike in one
 * line; nothing for a model whose width is not known.
 */
export function explainAt(model: ModelOutline, widths: readonly number[], terminal: Terminal): string[] {
  const [from, ...others] = widths;
  if (from === undefined || model.widths.length === 0) return [];
  return others.flatMap((to) => [
    '',
    wrapText(
      terminal.plain(
        `from ${from} to ${to}: what each is multiplied by, μP's in brackets where it is another`,
      ),
      terminal.columns ?? Number.POSITIVE_INFINITY,
      2,
    ),
    ...linesOf(model.weights, to / from, terminal),
  ]);
}

function linesOf(rows: readonly WeightRow[], ratio: number, { columns, plain }: Terminal): string[] {
  const alike = new Map<string, { readonly cells: readonly string[]; readonly names: string[] }>();
  for (const row of rows.filter(({ role }) => role !== LEFT_OUT)) {
    const cells = [markOf(row), ...cellsOf(row, factorsAt(row, ratio))];
    const key = cells.join('\n');
    const one = alike.get(key) ?? { cells, names: [] };
    one.names.push(cutText(rowNameText(row), LONGEST_NAMES));
    alike.set(key, one);
  }
  const table = [HEAD, ...[...alike.values()].map(({ cells, names }) => [...cells, names.join(', ')])];
  const sizes = HEAD.map((_, at) => Math.max(...table.map((line) => columnsOf(plain(line[at] ?? '')))));
  return table.map((line) => {
    const numbers = line.slice(0, -1).map((cell, at) => padToColumns(plain(cell), sizes[at] ?? 0));
    const before = `  ${numbers.join('  ')}  `;
    const edge = columns ?? Number.POSITIVE_INFINITY;
    const names = wrapText(plain(line.at(-1) ?? ''), edge, columnsOf(before));
    return `${before}${names.trimStart()}`.trimEnd();
  });
}

function cellsOf(row: WeightRow, factors: WeightFactors): readonly string[] {
  const wrong = wrongIn(row);
  return QUANTITIES.map((name) => {
    const { yours, wants } = factors[name];
    if (name === 'multiplier' && row.tied !== null) {
      return `${factorText(yours)}, as readout ${factorText(factors.multiplier.asReadout ?? null)}`;
    }
    const upTo = name === 'init' && row.role === 'output' && typeof wants === 'number' ? '≤ ' : '';
    return wrong.has(name) ? `${factorText(yours)} (${upTo}${factorText(wants)})` : factorText(yours);
  });
}

/** Four digits: `× 0.1875`. */
function factorText(factor: WidthFactor): string {
  if (factor === null) return '?';
  return factor === 'zero' ? 'zero' : `× ${Number(factor.toPrecision(4))}`;
}
