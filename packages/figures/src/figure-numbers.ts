import type { Curve, Figure } from './figure.ts';
import { valueText } from './words/number-text.ts';

/** A figure as a table: a row an x, a column a curve that has points. */
export interface FigureNumbers {
  /** What x counts, then each curve with what is said of it. */
  readonly heads: readonly string[];
  readonly rows: readonly { readonly x: number; readonly cells: readonly string[] }[];
  /** What theory says, a line each. */
  readonly references: readonly string[];
}

/** @param most rows, evenly spread, the first and the last among them */
export function figureNumbers(figure: Figure, most: number = Number.POSITIVE_INFINITY): FigureNumbers {
  const curves = figure.curves.filter(({ x }) => x.length > 0);
  const places = spread(
    [...new Set(curves.flatMap(({ x }) => x))].sort((left, right) => left - right),
    most,
  );
  return {
    heads: [figure.x.title, ...curves.map(nameAndRemark)],
    rows: places.map((x) => ({ x, cells: curves.map((curve) => valueAt(curve, x)) })),
    references: figure.references.map(nameAndRemark),
  };
}

/** All numbers of a figure, a line a point. */
export function figureCsv({ x, curves, references }: Figure): string {
  const lines = curves.flatMap(({ label, x: places, y, intervals }) =>
    places.map((at, index) => [csvText(label), at, y[index]!, ...(intervals[index] ?? ['', ''])].join(',')),
  );
  const theory = references.map(({ label, y }) => [csvText(label), '', y, '', ''].join(','));
  return `${['curve', x.title, 'value', 'low', 'high'].join(',')}\n${[...lines, ...theory].join('\n')}\n`;
}

function spread(places: readonly number[], most: number): readonly number[] {
  if (places.length <= most) return places;
  return Array.from(
    { length: most },
    (_, index) => places[Math.round((index * (places.length - 1)) / (most - 1))]!,
  );
}

/** A name that begins like a formula is a name to a spreadsheet, too. */
function csvText(text: string): string {
  const safe = /^[=+\-@]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

function nameAndRemark({ label, remark }: Pick<Curve, 'label' | 'remark'>): string {
  return `${label} ${remark}`.trim();
}

function valueAt({ x, y, intervals }: Curve, at: number): string {
  const index = x.indexOf(at);
  if (index < 0) return '';
  const interval = intervals[index] ?? null;
  return `${valueText(y[index]!)}${interval === null ? '' : ` (${interval.map(valueText).join('–')})`}`;
}
