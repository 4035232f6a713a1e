import { type Figure, valueText } from '@widthwise/figures';
import type { SaveFigureParams } from '@widthwise/protocol';
import { Component, createRef, type JSX } from 'preact';
import uPlot from 'uplot';
import { alignedColumns } from './aligned-columns.ts';
import type { Chart } from './chart.ts';
import { labelRoom } from './chart-marks.ts';
import { alphaOf, chartOptions } from './chart-options.ts';
import { FigureNumbers } from './figure-numbers.tsx';
import { isSameFigure } from './same-figure.ts';
import type { Theme } from './theme.ts';

interface LineChartProps {
  readonly chart: Chart;
  readonly theme: Theme;
  /** False leaves the canvas empty. */
  readonly draw: boolean;
  /** Told after each drawing. */
  readonly onDrawn: (plot: uPlot, chart: Chart) => void;
  readonly onSave: (figure: SaveFigureParams) => void;
}

/** A chart at a fixed place and height. Its figure comes with each frame; the canvas stays. */
export class LineChart extends Component<LineChartProps> {
  readonly #host = createRef<HTMLDivElement>();
  readonly #readout = createRef<HTMLSpanElement>();
  #plot: uPlot | undefined;
  #resized: ResizeObserver | undefined;
  /** What the labels were given when the plot was last laid out. */
  #room = 0;

  override componentDidMount(): void {
    this.#build();
    this.#resized = new ResizeObserver(() => this.#resize());
    this.#resized.observe(this.#host.current!);
  }

  override shouldComponentUpdate(next: LineChartProps): boolean {
    const { chart, theme, draw } = this.props;
    return next.theme !== theme || next.draw !== draw || !isSameFigure(chart.figure, next.chart.figure);
  }

  override componentDidUpdate(previous: LineChartProps): void {
    if (previous.chart.figure.curves.length !== this.props.chart.figure.curves.length) this.#build();
    else this.#show();
  }

  override componentWillUnmount(): void {
    this.#resized?.disconnect();
    this.#plot?.destroy();
  }

  override render({ chart: { name, figure }, onSave }: LineChartProps): JSX.Element {
    return (
      <figure data-chart={name}>
        <figcaption title={figure.formula}>
          <span class="readout" ref={this.#readout} />
          <span class="chart-title">{figure.title}</span>
        </figcaption>
        <div
          class="chart-host"
          ref={this.#host}
          role="img"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: its values are read with the arrow keys
          tabIndex={0}
          aria-label={spoken(figure)}
          onKeyDown={(event) => this.#step(event)}
        />
        {figure.notes.map((note) => (
          <p class="note" key={note}>
            {note}
          </p>
        ))}
        <FigureNumbers {...{ figure, onSave }} />
      </figure>
    );
  }

  #build(): void {
    this.#plot?.destroy();
    const host = this.#host.current!;
    const options = chartOptions({
      chart: () => this.props.chart,
      theme: () => this.props.theme,
      size: { width: host.clientWidth, height: host.clientHeight },
      drawn: (plot) => this.props.onDrawn(plot, this.props.chart),
      pointed: (index) => this.#read(index),
    });
    this.#plot = new uPlot(options, [[], ...this.props.chart.figure.curves.map(() => [])], host);
    this.#show();
  }

  #show(): void {
    const { x, curves } = this.props.chart.figure;
    const ends = [x.ticks[0]!, x.ticks.at(-1)!].map(({ value }) => value);
    if (!this.props.draw || this.#plot === undefined) return;
    for (const [index, curve] of curves.entries()) this.#plot.series[index + 1]!.alpha = alphaOf(curve);
    this.#plot.setData(alignedColumns(curves, ends));
    this.#makeRoom(this.#plot);
  }

  /** Labels grow when slopes are known, and the plot makes way: data alone does not lay it out anew. */
  #makeRoom(plot: uPlot): void {
    const room = labelRoom(this.props.chart.figure);
    if (room === this.#room) return;
    this.#room = room;
    plot.setSize({ width: plot.width, height: plot.height });
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#host.current!;
    if (width > 0 && this.#plot !== undefined && width !== this.#plot.width)
      this.#plot.setSize({ width, height });
  }

  /** The arrow keys move the cursor from point to point; those of the other charts go with it. */
  #step(event: KeyboardEvent): void {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const xs = this.#plot?.data[0] ?? [];
    if (by === undefined || this.#plot === undefined || xs.length === 0) return;
    event.preventDefault();
    const from = this.#plot.cursor.idx ?? (by > 0 ? -1 : xs.length);
    const x = xs[Math.max(0, Math.min(xs.length - 1, from + by))]!;
    this.#plot.setCursor({ left: this.#plot.valToPos(x, 'x'), top: this.#plot.over.clientHeight / 2 });
  }

  /** The values under the cursor, in the title's place. */
  #read(index: number | null): void {
    const readout = this.#readout.current;
    const [xs = [], ...columns] = this.#plot?.data ?? [];
    if (readout === null) return;
    const x = index === null ? undefined : xs[index];
    const { figure } = this.props.chart;
    readout.textContent =
      x === undefined || x === null
        ? ''
        : [
            `${figure.x.title} ${x}`,
            ...columns.flatMap((column, line) => {
              const value = column[index!];
              if (value === null || value === undefined) return [];
              return [`${figure.curves[line]?.label ?? ''} ${valueText(value)}`.trim()];
            }),
          ].join(' · ');
  }
}

/** The newest value of each curve, for those who do not see the canvas. */
function spoken({ title, curves }: Figure): string {
  const newest = curves.flatMap(({ label, y }) => {
    const value = y.at(-1);
    return value === undefined ? [] : [`${label} ${valueText(value)}`.trim()];
  });
  return newest.length === 0 ? `${title}: nothing yet` : `${title}: ${newest.join(', ')}`;
}
