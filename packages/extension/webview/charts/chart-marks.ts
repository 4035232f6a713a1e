import { type Curve, type ReferenceLine, spreadLabels } from '@widthwise/figures';
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

/** What each line is, at its right end. */
export function drawEndLabels(plot: uPlot, chart: Chart, theme: Theme): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const ends = endsOf(chart).map((end) => ({ ...end, top: plot.valToPos(end.y, 'y', true) }));
  const half = (LABEL_HEIGHT / 2) * ratio;
  const places = spreadLabels(
    ends.map(({ top }) => top),
    LABEL_HEIGHT * ratio,
    [bbox.top + half, bbox.top + bbox.height - half],
  );
  ctx.save();
  ctx.font = theme.font.replace(/^(\d+)px/, (_, pixels: string) => `${Number(pixels) * ratio}px`);
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  for (const [index, { text, color }] of ends.entries()) {
    ctx.fillStyle = theme.color(color);
    ctx.fillText(text, bbox.left + bbox.width + 6 * ratio, places[index]!);
  }
  ctx.restore();
}

/** Against width a curve is named alone: its slope stands in the table above. */
function endsOf({ along, figure }: Chart): readonly (Pick<Curve, 'color'> & { text: string; y: number })[] {
  const text = ({ label, remark }: ReferenceLine | Curve): string => `${label} ${remark}`.trim();
  return [
    ...figure.curves.flatMap((curve) => {
      const y = curve.y.at(-1);
      if (y === undefined) return [];
      return [{ text: along === 'width' ? curve.label : text(curve), color: curve.color, y }];
    }),
    ...figure.references.map((line) => ({ text: text(line), color: 'text' as const, y: line.y })),
  ];
}
