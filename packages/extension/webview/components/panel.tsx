import { judgedLayers } from '@widthwise/figures';
import type { JSX } from 'preact';
import type uPlot from 'uplot';
import type { Chart } from '../charts/chart.ts';
import { LineChart } from '../charts/line-chart.tsx';
import type { Theme } from '../charts/theme.ts';
import type { ShownComparison } from '../comparison-store.ts';
import { runWords } from '../words.ts';
import { Header } from './header.tsx';
import { VerdictTable } from './verdict-table.tsx';

export interface PanelProps {
  readonly comparison: ShownComparison;
  readonly lost: string | null;
  readonly cancelling: boolean;
  /** Index of the run in the charts over steps, and whether a person picked it. */
  readonly shownRun: number | null;
  readonly picked: boolean;
  /** Whose values stand against width. */
  readonly layer: number;
  readonly overSteps: readonly Chart[];
  readonly overWidth: readonly Chart[];
  readonly announcement: string;
  readonly theme: Theme;
  readonly draw: boolean;
  readonly onCancel: () => void;
  readonly onCompareAgain: () => void;
  /** Null follows the training. */
  readonly onPick: (run: number | null) => void;
  readonly onLayer: (layer: number) => void;
  readonly onDrawn: (plot: uPlot, chart: Chart) => void;
}

/** A comparison, from its verdict down to one run. */
export function Panel(props: PanelProps): JSX.Element {
  const { comparison, shownRun, theme, draw, onDrawn } = props;
  const run = shownRun === null ? undefined : comparison.runs[shownRun];
  const charts = (of: readonly Chart[]): JSX.Element[] =>
    of.map((chart) => (
      // Line styles are fixed for the life of a chart, so that life is one comparison's.
      <LineChart key={`${comparison.comparisonId} ${chart.name}`} {...{ chart, theme, draw, onDrawn }} />
    ));
  return (
    <>
      <Header {...props} />
      <p class="spoken" role="status">
        {props.announcement}
      </p>
      <VerdictTable {...props} />
      <section aria-label="over steps">
        <h2>
          <span id="run">{run === undefined ? 'waiting for the first step' : runWords(comparison, run)}</span>
          {props.picked && comparison.state.kind === 'running' && (
            <button type="button" id="follow" onClick={() => props.onPick(null)}>
              Follow the training
            </button>
          )}
        </h2>
        <div class="charts steps">{charts(props.overSteps)}</div>
      </section>
      <section aria-label="against width">
        <h2>
          against width <LayerChoice {...props} />
        </h2>
        <div class="charts">{charts(props.overWidth)}</div>
      </section>
    </>
  );
}

function LayerChoice({ comparison, layer, onLayer }: PanelProps): JSX.Element {
  const layers = Array.from({ length: comparison.plan.depth }, (_, index) => index + 1);
  return (
    <select
      id="layer"
      aria-label="layer"
      value={layer}
      onChange={(event) => onLayer(Number(event.currentTarget.value))}
    >
      {layers.map((each) => (
        <option key={each} value={each}>
          {`layer ${each}${judgedLayers(layers.length).includes(each) ? '' : ' (not judged)'}`}
        </option>
      ))}
    </select>
  );
}

interface EmptyProps {
  /** Whether the host has said that there is nothing. */
  readonly hydrated: boolean;
  readonly lost: string | null;
  readonly onCompare: () => void;
}

/** What stands where there is no comparison to show. */
export function Empty({ hydrated, lost, onCompare }: EmptyProps): JSX.Element {
  const waiting = !hydrated && lost === null;
  return (
    <div class="empty">
      <p id="status" data-state={lost === null ? 'empty' : 'lost'}>
        {waiting ? 'Reading the comparison…' : (lost ?? 'Nothing compared yet.')}
      </p>
      {!waiting && (
        <>
          <p>
            A comparison trains the same network under several parametrizations at growing widths, and shows
            here which of them keep features moving and linearly independent.
          </p>
          <button type="button" id="again" onClick={onCompare}>
            Compare parametrizations
          </button>
        </>
      )}
    </div>
  );
}
