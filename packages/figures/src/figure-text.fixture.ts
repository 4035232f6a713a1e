import type { Axis, Curve, Figure } from './index.ts';
import { valueText } from './words/number-text.ts';

/** A figure in lines of text, to be compared with what it was: values to three digits, which every machine computes. */
export function figureText(figure: Figure): string {
  const { id, title, formula, x, y, curves, references, notes } = figure;
  return [
    `${id}: ${title}`,
    `  ${formula}`,
    `  x ${axisText(x)}`,
    `  y ${axisText(y)}`,
    ...curves.map((curve) => `  ${curveText(curve)}`),
    ...references.map((line) => `  --- ${line.label} ${line.remark} at ${valueText(line.y)}`),
    ...notes.map((note) => `  note ${note}`),
    '',
  ].join('\n');
}

function axisText({ title, scale, range, ticks }: Axis): string {
  return `${title} ${scale} ${range.map(valueText).join('…')}: ${ticks.map(({ text }) => text).join(' ')}`;
}

function curveText({ label, remark, color, dotted, faint, leaves, x, y, intervals, dots }: Curve): string {
  const style = [color, dotted && 'dotted', faint && 'faint', leaves && 'leaves'].filter(Boolean).join(' ');
  const points = x.map((at, index) => {
    const interval = intervals[index] ?? null;
    return `${at}: ${valueText(y[index]!)}${interval === null ? '' : ` (${interval.map(valueText).join('…')})`}`;
  });
  const single = dots.length === 0 ? '' : ` · ${dots.length} dots`;
  return `[${style}] ${label} ${remark} | ${points.join(', ')}${single}`;
}
