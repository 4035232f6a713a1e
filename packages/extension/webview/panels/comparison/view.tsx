import { judgedLayers } from '@widthwise/figures';
import type { JSX } from 'preact';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import type { Chart } from '../../charts/chart.ts';
import type { Theme } from '../../charts/theme.ts';
import { stepCharts, widthCharts } from './charts.ts';
import { VerdictTable } from './verdict-table.tsx';
import { runWords } from './words.ts';

export interface ComparisonViewProps {
  readonly shown: ShownExperiment<'compare'>;
  /** Index of the run in the charts over steps, and whether a person picked it. */
  readonly shownRun: number | null;
  readonly picked: boolean;
  /** Whose values stand against width. */
  readonly layer: number;
  readonly theme: Theme;
  readonly charts: (of: readonly Chart[]) => JSX.Element[];
  /** Null follows the training. */
  readonly onPick: (run: number | null) => void;
  readonly onLayer: (layer: number) => void;
}

/** A comparison, from its verdicts down to one run. */
export function ComparisonView(props: ComparisonViewProps): JSX.Element {
  const { shown, shownRun, picked, layer, theme, charts, onPick } = props;
  const run = shownRun === null ? null : (shown.runs[shownRun] ?? null);
  return (
    <>
      <VerdictTable comparison={shown} {...{ layer, theme, shownRun, onPick }} />
      <section aria-label="over steps">
        <h2>
          <span id="run">{run === null ? 'waiting for the first step' : runWords(shown, run)}</span>
          {picked && shown.state.kind === 'running' && (
            <button type="button" id="follow" onClick={() => onPick(null)}>
              Follow the training
            </button>
          )}
        </h2>
        <div class="charts steps">{charts(stepCharts(shown, run))}</div>
      </section>
      <section aria-label="against width">
        <h2>
          against width <LayerChoice depth={shown.plan.depth} layer={layer} onLayer={props.onLayer} />
        </h2>
        <div class="charts">{charts(widthCharts(shown, layer))}</div>
      </section>
    </>
  );
}

interface LayerChoiceProps {
  readonly depth: number;
  readonly layer: number;
  readonly onLayer: (layer: number) => void;
}

function LayerChoice({ depth, layer, onLayer }: LayerChoiceProps): JSX.Element {
  const layers = Array.from({ length: depth }, (_, index) => index + 1);
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
