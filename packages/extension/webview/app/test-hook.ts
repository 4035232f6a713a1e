import type { Curve } from '@widthwise/figures';
import type uPlot from 'uplot';
import type { Chart } from '../charts/chart.ts';

/** One curve as it stands on the canvas. */
interface PlottedLine extends Pick<Curve, 'label' | 'x' | 'y' | 'source'> {
  readonly chart: string;
  /** Index within its chart. */
  readonly line: number;
  /** As the canvas resolves it. */
  readonly color: string;
}

/** What a test may ask of the page, as `window.widthwise`. */
export interface TestHook {
  plotted(): PlottedLine[];
  /** Where a point of a curve stands, in pixels of its chart's canvas; null where nothing is drawn. */
  pixelOf(chart: string, line: number, index: number): { readonly x: number; readonly y: number } | null;
}

interface Drawing {
  readonly plot: uPlot;
  readonly chart: Chart;
}

/** Keeps what was drawn last, chart by chart. */
export class DrawnCharts implements TestHook {
  readonly #drawings = new Map<string, Drawing>();

  record(plot: uPlot, chart: Chart): void {
    this.#drawings.set(chart.name, { plot, chart });
  }

  plotted(): PlottedLine[] {
    return [...this.#drawings.values()].flatMap(({ plot, chart }) =>
      chart.figure.curves.map(({ label, x, y, source }, line) => ({
        chart: chart.name,
        line,
        label,
        x: [...x],
        y: [...y],
        source,
        color: strokeOf(plot, line),
      })),
    );
  }

  pixelOf(chart: string, line: number, index: number): { readonly x: number; readonly y: number } | null {
    const drawing = this.#drawings.get(chart);
    const curve = drawing?.chart.figure.curves[line];
    const x = curve?.x[index];
    const y = curve?.y[index];
    if (drawing === undefined || x === undefined || y === undefined) return null;
    return { x: drawing.plot.valToPos(x, 'x', true), y: drawing.plot.valToPos(y, 'y', true) };
  }
}

function strokeOf(plot: uPlot, line: number): string {
  const { stroke } = plot.series[line + 1] ?? {};
  return String(typeof stroke === 'function' ? stroke(plot, line + 1) : (stroke ?? ''));
}
