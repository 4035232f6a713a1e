import { type Axis, type Curve, legible } from '@widthwise/figures';
import type uPlot from 'uplot';
import type { Chart } from './chart.ts';
import { drawBands, drawDots, drawEndLabels, drawReferences, labelRoom } from './chart-marks.ts';
import type { Theme } from './theme.ts';

interface ChartSetting {
  /** Asked anew with each drawing. */
  chart(): Chart;
  theme(): Theme;
  readonly size: { readonly width: number; readonly height: number };
  drawn(plot: uPlot): void;
  /** The index under the cursor; null when it left. */
  pointed(index: number | null): void;
}

const LOGARITHMIC = 3;
/** In CSS pixels, on and off in turn. */
const DOTTED = [2, 3];
/** What is not judged, or has ended while others run, stands back. */
const FAINT = 0.55;

/** How much of a curve is seen: as its chart says now, while the rest of its style is fixed. */
export function alphaOf({ faint }: Pick<Curve, 'faint'>): number {
  return faint ? FAINT : 1;
}

/** uPlot's options: what does not change while a chart lives, and callbacks for what does. */
export function chartOptions(setting: ChartSetting): uPlot.Options {
  const { chart, theme, size } = setting;
  const { along, figure } = chart();
  return {
    ...size,
    legend: { show: false },
    padding: [8, () => labelRoom(chart().figure), 0, 0],
    cursor: {
      sync: { key: along },
      drag: { x: false, y: false },
      y: false,
      points: { size: 6 },
    },
    scales: {
      x: scaleOf(figure.x, () => chart().figure.x),
      y: scaleOf(figure.y, () => chart().figure.y),
    },
    axes: [xAxis(theme, () => chart().figure.x), axisOf(theme, () => chart().figure.y, 40)],
    series: [{}, ...figure.curves.map((_, index) => seriesOf(index, chart, theme))],
    hooks: {
      drawAxes: [(plot) => drawBands(plot, chart(), theme())],
      draw: [
        (plot) => {
          drawReferences(plot, chart(), theme());
          drawDots(plot, chart(), theme());
          drawEndLabels(plot, chart(), theme());
          setting.drawn(plot);
        },
      ],
      setCursor: [(plot) => setting.pointed((plot.cursor.left ?? -1) < 0 ? null : (plot.cursor.idx ?? null))],
    },
  };
}

function seriesOf(index: number, chart: () => Chart, theme: () => Theme): uPlot.Series {
  const curve = chart().figure.curves[index]!;
  return {
    stroke: () => theme().color(chart().figure.curves[index]?.color ?? 'text'),
    dash: curve.dotted ? [...DOTTED] : [],
    alpha: alphaOf(curve),
    width: 2,
    spanGaps: true,
    points: { show: false },
  };
}

function scaleOf({ scale }: Axis, axis: () => Axis): uPlot.Scale {
  return {
    time: false,
    ...(scale === 'log' ? { distr: LOGARITHMIC } : {}),
    range: () => [...axis().range],
  };
}

/** Along x some ticks may have to go where the chart is narrow. */
function xAxis(theme: () => Theme, axis: () => Axis): uPlot.Axis {
  return {
    ...axisOf(theme, axis, 24),
    filter: (plot, splits) => {
      const ticks = legible(
        axis().ticks,
        (value) => plot.valToPos(value, 'x'),
        (text) => 7 * text.length + 4,
      );
      const kept = new Set(ticks.map(({ value }) => value));
      return splits.map((split) => (kept.has(split) ? split : null));
    },
  };
}

function axisOf(theme: () => Theme, axis: () => Axis, size: number): uPlot.Axis {
  const line = { stroke: () => theme().grid, width: 1 };
  return {
    size,
    gap: 4,
    font: theme().font,
    stroke: () => theme().text,
    grid: line,
    ticks: { ...line, size: 4 },
    splits: () => axis().ticks.map(({ value }) => value),
    filter: (_plot, splits) => splits,
    values: (_plot, splits) => {
      const texts = new Map(axis().ticks.map(({ value, text }) => [value, text]));
      return splits.map((split) => texts.get(split) ?? '');
    },
  };
}
