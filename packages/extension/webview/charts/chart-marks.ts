import { type Curve, endText, type Figure, spreadLabels } from '@widthwise/figures';
import type uPlot from 'uplot';
import type { Chart } from './chart.ts';
import type { Theme } from './theme.ts';

const LABEL_HEIGHT = 13;

/** What theory says, dashed across the frame. */
export function drawReferences(plot: uPlot, { figure }: Chart, theme: Theme): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.globalAlpha = 0.7;
  ctx.strokeStyle = theme.text;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([5 * devicePixelRatio, 4 * devicePixelRatio]);
  for (const { y } of figure.references) {
    const at = plot.valToPos(y, 'y', true);
    ctx.beginPath();
    ctx.moveTo(bbox.left, at);
    ctx.lineTo(bbox.left + bbox.width, at);
    ctx.stroke();
  }
  ctx.restore();
}

/** The single measurements behind each curve, as small dots; what lies outside is not drawn. */
export function drawDots(plot: uPlot, { figure }: Chart, theme: Theme): void {
  const { ctx } = plot;
  const radius = 2 * devicePixelRatio;
  const [low, high] = figure.y.range;
  ctx.save();
  ctx.globalAlpha = 0.6;
  for (const { dots, color } of figure.curves) {
    ctx.fillStyle = theme.color(color);
    for (const [x, y] of dots) {
      if (y < low || y > high) continue;
      ctx.beginPath();
      ctx.arc(plot.valToPos(x, 'x', true), plot.valToPos(y, 'y', true), radius, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
  ctx.restore();
}

/** The 95 % interval of each mean, as a band behind its curve. */
export function drawBands(plot: uPlot, { figure }: Chart, theme: Theme): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.globalAlpha = 0.18;
  for (const { x, intervals, color } of figure.curves.filter(({ leaves }) => !leaves)) {
    const known = x.flatMap((at, index) => {
      const interval = intervals[index] ?? null;
      return interval === null ? [] : [{ at: plot.valToPos(at, 'x', true), interval }];
    });
    if (known.length < 2) continue;
    const edge = ({ at, interval }: (typeof known)[number], end: 0 | 1): void =>
      ctx.lineTo(at, plot.valToPos(interval[end], 'y', true));
    ctx.fillStyle = theme.color(color);
    ctx.beginPath();
    for (const each of known) edge(each, 1);
    for (const each of known.toReversed()) edge(each, 0);
    ctx.closePath();
    ctx.fill();
  }
  ctx.restore();
}

/** What each line is, at its right end and tied to it; in the color of text, since those of curves are no colors to read. */
export function drawEndLabels(plot: uPlot, { figure }: Chart, theme: Theme): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const [right, bottom] = [bbox.left + bbox.width, bbox.top + bbox.height];
  const ends = endsOf(figure).map((end) => ({
    ...end,
    at: Math.max(bbox.top, Math.min(bottom, plot.valToPos(end.y, 'y', true))),
    // At the edge in any case: a tie across the frame would read as a curve.
    from: Math.max(right - 4 * ratio, Math.min(right, plot.valToPos(end.x, 'x', true))),
  }));
  const half = (LABEL_HEIGHT / 2) * ratio;
  const places = spreadLabels(
    ends.map(({ at }) => at),
    LABEL_HEIGHT * ratio,
    [bbox.top + half, bottom - half],
  );
  ctx.save();
  ctx.font = theme.font.replace(/^(\d+)px/, (_, pixels: string) => `${Number(pixels) * ratio}px`);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.lineWidth = ratio;
  for (const [index, { text, color, at, from }] of ends.entries()) {
    ctx.strokeStyle = theme.color(color);
    ctx.beginPath();
    ctx.moveTo(from, at);
    ctx.lineTo(right + 6 * ratio, places[index]!);
    ctx.lineTo(right + 12 * ratio, places[index]!);
    ctx.stroke();
    ctx.fillStyle = theme.text;
    ctx.fillText(text, right + 15 * ratio, places[index]!);
  }
  ctx.restore();
}

/** Room at the right for what stands there, in CSS pixels. */
export function labelRoom({ curves, references }: Figure): number {
  const longest = Math.max(...[...curves, ...references].map((line) => endText(line).length), 0);
  return Math.max(60, 24 + 6.2 * longest);
}

interface End extends Pick<Curve, 'color'> {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

function endsOf({ x: { range }, curves, references }: Figure): readonly End[] {
  return [
    ...curves.flatMap((curve) => {
      const [x, y] = [curve.x.at(-1), curve.y.at(-1)];
      if (x === undefined || y === undefined) return [];
      return [{ text: endText(curve), color: curve.color, x: curve.leaves ? range[1] : x, y }];
    }),
    ...references.map((line) => ({ text: endText(line), color: 'text' as const, x: range[1], y: line.y })),
  ];
}
