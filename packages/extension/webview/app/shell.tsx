import type { ExperimentName, SaveFigureParams, ViewAskParams } from '@widthwise/protocol';
import type { JSX } from 'preact';
import type uPlot from 'uplot';
import type { Chart } from '../charts/chart.ts';
import { LineChart } from '../charts/line-chart.tsx';
import type { Theme } from '../charts/theme.ts';
import { PANELS } from '../panels/index.ts';
import { announcement } from './announcement.ts';
import type { Choice } from './choice.ts';
import type { ShownExperiment } from './experiment-store.ts';
import { Header } from './header.tsx';
import type { Panel } from './panel.ts';

interface ShellProps {
  readonly shown: ShownExperiment;
  readonly lost: string | null;
  readonly cancelling: boolean;
  readonly theme: Theme;
  readonly draw: boolean;
  readonly onCancel: () => void;
  readonly onRun: (experiment: ExperimentName, seeds?: number) => void;
  readonly onAsk: (what: ViewAskParams['what']) => void;
  readonly onSave: (figure: SaveFigureParams) => void;
  readonly onDrawn: (plot: uPlot, chart: Chart) => void;
  readonly choice: Choice;
  readonly choose: (choice: Choice) => void;
}

/** An experiment, from its verdict down: header, then whatever its own panel shows. */
export function Shell(props: ShellProps): JSX.Element {
  const { shown, theme, draw, onDrawn, onSave, choice, choose } = props;
  // SAFETY: the panel of a name shows the experiments of that name.
  const panel = PANELS[shown.experiment] as Panel<ExperimentName>;
  const Body = panel.body;
  const charts = (of: readonly Chart[]): JSX.Element[] =>
    of.map((chart) => (
      // Line styles are fixed for the life of a chart, so that life is one experiment's.
      <LineChart key={`${shown.experimentId} ${chart.name}`} {...{ chart, theme, draw, onDrawn, onSave }} />
    ));
  return (
    <>
      <Header {...props} panel={panel} onRunAgain={(seeds) => props.onRun(shown.experiment, seeds)} />
      <p class="spoken" role="status">
        {announcement(shown, panel.answer(shown))}
      </p>
      <div class="body">
        <Body key={shown.experimentId} {...{ shown, theme, charts, onSave, choice, choose }} />
      </div>
    </>
  );
}

interface EmptyProps {
  /** Whether the host has said that there is nothing. */
  readonly hydrated: boolean;
  readonly lost: string | null;
  readonly onRun: (experiment: ExperimentName) => void;
}

/** What stands where there is nothing to show: what there is to begin. */
export function Empty({ hydrated, lost, onRun }: EmptyProps): JSX.Element {
  const waiting = !hydrated && lost === null;
  // SAFETY: the keys of a table of panels are names of experiments.
  const names = Object.keys(PANELS) as ExperimentName[];
  return (
    <div class="empty">
      <h1>Widthwise</h1>
      <p id="status" data-state={lost === null ? 'empty' : 'lost'}>
        {waiting ? 'Reading what was run…' : (lost ?? 'Nothing was run yet.')}
      </p>
      {!waiting &&
        names.map((name) => (
          <div key={name}>
            <p>{PANELS[name].about}</p>
            <button type="button" data-run={name} onClick={() => onRun(name)}>
              {PANELS[name].begin}
            </button>
          </div>
        ))}
    </div>
  );
}
