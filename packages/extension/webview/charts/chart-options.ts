import type uPlot from 'uplot';
import { formatTick } from '../number-format.ts';
import { drawDots, drawEndLabels } from './chart-marks.ts';
import type { ChartAxis, ChartModel } from './chart-model.ts';
import type { Theme } from './theme.ts';

interface ChartSetting {
  /** Asked anew with each drawing. */
  model(): ChartModel;
  theme(): Theme;
  readonly cursorKey: string;
  readonly size: { readonly width: number; readonly height: number };
  drawn(plot: uPlot): void;
  /** The index under the cursor; null when it left. */
  pointed(index: number | null): void;
}

/** Room at the right for the labels at the curves' ends, in CSS pixels. */
const LABEL_ROOM = { value: 66, name: 80 };
const LOGARITHMIC = 3;
/** Distances between ticks of an axis of whole numbers: there is no half step. */
const WHOLE = [0, 1, 2, 3, 4, 5].flatMap((power) => [1, 2, 5].map((mantissa) => mantissa * 10 ** power));

/** uPlot's options: what does not change while a chart lives, and callbacks for what does. */
export function chartOptions(setting: ChartSetting): uPlot.Options {
  const { model, theme, cursorKey, size } = setting;
  const { lines, x, y, endLabels } = model();
  return {
    ...size,
    legend: { show: false },
    padding: [8, LABEL_ROOM[endLabels], 0, 0],
    cursor: {
      sync: { key: cursorKey },
      drag: { x: false, y: false },
      y: false,
      points: { size: 6 },
    },
    scales: {
      x: scaleOf(x, () => model().x),
      y: scaleOf(y, () => model().y),
    },
    axes: [
      { ...axisOf(theme, () => model().x, { size: 24 }), incrs: WHOLE },
      axisOf(theme, () => model().y, { size: 40 }),
    ],
    series: [
      {},
      ...lines.map(
        ({ dash, strength, kind }, index): uPlot.Series => ({
          stroke: () => theme().color(model().lines[index]?.color ?? 'text'),
          dash: [...dash],
          alpha: strength,
          width: kind === 'theory' ? 1 : 2,
          spanGaps: true,
          points: { show: false },
        }),
      ),
    ],
    hooks: {
      draw: [
        (plot) => {
          drawDots(plot, model(), theme());
          drawEndLabels(plot, model(), theme());
          setting.drawn(plot);
        },
      ],
      setCursor: [(plot) => setting.pointed((plot.cursor.left ?? -1) < 0 ? null : (plot.cursor.idx ?? null))],
    },
  };
}

function scaleOf({ scale }: ChartAxis, axis: () => ChartAxis): uPlot.Scale {
  return {
    time: false,
    ...(scale === 'log' ? { distr: LOGARITHMIC } : {}),
    range: () => [...axis().range],
  };
}

function axisOf(theme: () => Theme, axis: () => ChartAxis, { size }: { readonly size: number }): uPlot.Axis {
  const { ticks } = axis();
  const line = { stroke: () => theme().grid, width: 1 };
  return {
    size,
    gap: 4,
    font: theme().font,
    stroke: () => theme().text,
    grid: line,
    ticks: { ...line, size: 4 },
    values: (_plot, splits) => splits.map(formatTick),
    ...(ticks === null
      ? { space: 32 }
      : {
          splits: () => [...(axis().ticks ?? [])],
          filter: (_plot: uPlot, splits: number[]) => splits,
        }),
  };
}
