import { howToRead, judgedLayers } from '@widthwise/figures';
import type { SaveFigureParams } from '@widthwise/protocol';
import type { JSX } from 'preact';
import type { ShownExperiment } from '../../app/experiment-store.ts';
import type { Chart } from '../../charts/chart.ts';
import type { Theme } from '../../charts/theme.ts';
import { AtInfiniteWidth } from '../infinite-width.tsx';
import { Spectra } from '../spectra.tsx';
import { comparisonCharts, runCharts } from './charts.ts';
import { RunGrid } from './run-grid.tsx';
import { VerdictTable } from './verdict-table.tsx';
import { runWords } from './words.ts';

export interface ComparisonViewProps {
  readonly shown: ShownExperiment<'compare'>;
  /** Index of the run that is shown by itself, and whether a person picked it. */
  readonly shownRun: number | null;
  readonly picked: boolean;
  /** Whose movement stands over steps. */
  readonly layer: number;
  readonly theme: Theme;
  readonly charts: (of: readonly Chart[]) => JSX.Element[];
  readonly onSave: (figure: SaveFigureParams) => void;
  /** Null follows the training. */
  readonly onPick: (run: number | null) => void;
  readonly onLayer: (layer: number) => void;
}

/** A comparison: verdicts and slopes, then figures against width, over steps, and one run. */
export function ComparisonView(props: ComparisonViewProps): JSX.Element {
  const { shown, layer, theme, charts, onSave } = props;
  const { againstWidth, overSteps, atInfiniteWidth } = comparisonCharts(shown, layer);
  const [losses = [], movements = []] = overSteps;
  return (
    <>
      <section class="evidence" aria-label="verdicts">
        <VerdictTable comparison={shown} theme={theme} />
        <div>
          <Reasons shown={shown} />
          <p class="about">{howToRead(shown.plan)}</p>
        </div>
      </section>
      <section aria-label="against width">
        <h2>Against width</h2>
        <div class="charts">{charts(againstWidth.flat())}</div>
      </section>
      <section aria-label="over steps">
        <h2>Loss over steps</h2>
        <div class="charts">{charts(losses)}</div>
        <h2>
          Movement over steps <LayerChoice depth={shown.plan.depth} layer={layer} onLayer={props.onLayer} />
        </h2>
        <div class="charts">{charts(movements)}</div>
      </section>
      <AtInfiniteWidth
        found={shown.judgement.infiniteWidth}
        setting={shown.plan}
        figures={charts(atInfiniteWidth)}
      />
      <Spectra
        features={shown.plan.parametrizations.map(({ name, label }) => ({
          label,
          layers: shown.judgement.features?.[name] ?? [],
        }))}
        onSave={onSave}
      />
      <OneRun {...props} />
    </>
  );
}

/** Each verdict with the evidence that decides it. */
function Reasons({ shown: { plan, judgement } }: Pick<ComparisonViewProps, 'shown'>): JSX.Element | null {
  const reasons = plan.parametrizations.flatMap(({ name, label }) => {
    const sentence = judgement.verdicts[name]?.sentence ?? '';
    return sentence === '' ? [] : [{ name, label, sentence }];
  });
  if (reasons.length === 0) return null;
  return (
    <details id="reasons">
      <summary>Why: what decides each verdict</summary>
      <dl>
        {reasons.map(({ name, label, sentence }) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{sentence}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function OneRun({ shown, shownRun, picked, charts, onPick }: ComparisonViewProps): JSX.Element {
  const run = shownRun === null ? null : (shown.runs[shownRun] ?? null);
  return (
    <section aria-label="one run">
      <h2>
        <span id="run">{`One run: ${run === null ? 'waiting for the first step' : runWords(shown, run)}`}</span>
        {picked && shown.state.kind === 'running' && (
          <button type="button" id="follow" onClick={() => onPick(null)}>
            Follow the training
          </button>
        )}
      </h2>
      <RunGrid comparison={shown} {...{ shownRun, onPick }} />
      <div class="charts">{charts(runCharts(shown, run))}</div>
    </section>
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
