import { valueText } from '@widthwise/figures';
import { Component, createRef, type JSX } from 'preact';
import uPlot from 'uplot';
import { alignedColumns } from './aligned-columns.ts';
import type { ChartModel } from './chart-model.ts';
import { chartOptions } from './chart-options.ts';
import type { Theme } from './theme.ts';

interface LineChartProps {
  readonly model: ChartModel;
  readonly theme: Theme;
  /** Charts of one key share their cursor. */
  readonly cursorKey: string;
  /** False leaves the canvas empty. */
  readonly draw: boolean;
  /** Told after each drawing. */
  readonly onDrawn: (name: string, plot: uPlot, model: ChartModel) => void;
}

/** A chart at a fixed place and height. The model comes with each frame; the canvas stays. */
export class LineChart extends Component<LineChartProps> {
  readonly #host = createRef<HTMLDivElement>();
  readonly #readout = createRef<HTMLSpanElement>();
  #plot: uPlot | undefined;
  #resized: ResizeObserver | undefined;

  override componentDidMount(): void {
    this.#build();
    this.#resized = new ResizeObserver(() => this.#resize());
    this.#resized.observe(this.#host.current!);
  }

  override componentDidUpdate(previous: LineChartProps): void {
    if (previous.model.lines.length !== this.props.model.lines.length) this.#build();
    else this.#show();
  }

  override componentWillUnmount(): void {
    this.#resized?.disconnect();
    this.#plot?.destroy();
  }

  override render({ model }: LineChartProps): JSX.Element {
    return (
      <figure data-chart={model.name} role="img" aria-label={spoken(model)} title={model.formula}>
        <figcaption>
          <span class="readout" ref={this.#readout} />
          <span class="chart-title">{model.title}</span>
        </figcaption>
        <div class="chart-host" ref={this.#host} />
      </figure>
    );
  }

  #build(): void {
    this.#plot?.destroy();
    const host = this.#host.current!;
    const options = chartOptions({
      model: () => this.props.model,
      theme: () => this.props.theme,
      cursorKey: this.props.cursorKey,
      size: { width: host.clientWidth, height: host.clientHeight },
      drawn: (plot) => this.props.onDrawn(this.props.model.name, plot, this.props.model),
      pointed: (index) => this.#read(index),
    });
    this.#plot = new uPlot(options, [[], ...this.props.model.lines.map(() => [])], host);
    this.#show();
  }

  #show(): void {
    if (this.props.draw) this.#plot?.setData(alignedColumns(this.props.model.lines));
  }

  #resize(): void {
    const { clientWidth: width, clientHeight: height } = this.#host.current!;
    if (width > 0 && this.#plot !== undefined && width !== this.#plot.width)
      this.#plot.setSize({ width, height });
  }

  /** The values under the cursor, in the title's place. */
  #read(index: number | null): void {
    const readout = this.#readout.current;
    const [xs = [], ...columns] = this.#plot?.data ?? [];
    if (readout === null) return;
    const x = index === null ? undefined : xs[index];
    const { model } = this.props;
    readout.textContent =
      x === undefined || x === null
        ? ''
        : [
            `${model.along} ${x}`,
            ...columns.flatMap((column, line) => {
              const value = column[index!];
              const shown = model.lines[line];
              const measured = shown?.kind === 'measured' && value !== null && value !== undefined;
              return measured ? [`${shown?.label ?? ''} ${valueText(value)}`.trim()] : [];
            }),
          ].join(' · ');
  }
}

/** The newest value of each curve, for those who do not see the canvas. */
function spoken({ title, lines }: ChartModel): string {
  const newest = lines.flatMap(({ label, y }) => {
    const value = y.at(-1);
    return value === undefined ? [] : [`${label} ${valueText(value)}`.trim()];
  });
  return newest.length === 0 ? `${title}: nothing yet` : `${title}: ${newest.join(', ')}`;
}
