import { valueText } from '@widthwise/figures';
import type uPlot from 'uplot';
import type { ChartModel } from './chart-model.ts';
import { spreadLabels } from './end-labels.ts';
import type { Theme } from './theme.ts';

const LABEL_HEIGHT = 13;

/** The single measurements of each line, as small dots. */
export function drawDots(plot: uPlot, { lines }: ChartModel, theme: Theme): void {
  const { ctx } = plot;
  const radius = 2 * devicePixelRatio;
  ctx.save();
  ctx.globalAlpha = 0.6;
  for (const { dots, color } of lines) {
    ctx.fillStyle = theme.color(color);
    for (const [x, y] of dots) {
      ctx.beginPath();
      ctx.arc(plot.valToPos(x, 'x', true), plot.valToPos(y, 'y', true), radius, 0, 2 * Math.PI);
      ctx.fill();
    }
  }
  ctx.restore();
}

/** What each curve is, at its right end. */
export function drawEndLabels(plot: uPlot, { lines, endLabels }: ChartModel, theme: Theme): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const ended = lines.flatMap((line) => {
    const value = line.y.at(-1);
    return value === undefined ? [] : [{ line, value, top: plot.valToPos(value, 'y', true) }];
  });
  const half = (LABEL_HEIGHT / 2) * ratio;
  const places = spreadLabels(
    ended.map(({ top }) => top),
    LABEL_HEIGHT * ratio,
    [bbox.top + half, bbox.top + bbox.height - half],
  );
  ctx.save();
  ctx.font = theme.font.replace(/^(\d+)px/, (_, pixels: string) => `${Number(pixels) * ratio}px`);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const [index, { line, value }] of ended.entries()) {
    ctx.fillStyle = theme.color(line.color);
    const named = line.kind === 'theory' || endLabels === 'name';
    const text = named ? line.label : `${line.label} ${valueText(value)}`.trim();
    ctx.fillText(text, bbox.left + bbox.width + 6 * ratio, places[index]!);
  }
  ctx.restore();
}
