import './known-language.ts';
import {
  CancelExperiment,
  ExperimentAdvanced,
  ExperimentEnded,
  type ExperimentName,
  type ExperimentRef,
  HydrateView,
  ReadExperiment,
  RunAgain,
  SaveFigure,
  type SaveFigureParams,
  ViewAsk,
  type ViewAskParams,
  ViewLost,
  ViewReady,
} from '@widthwise/protocol';
import { render } from 'preact';
import { onThemeChange, readTheme } from '../charts/theme.ts';
import type { Choice } from './choice.ts';
import { connectHost } from './connection.ts';
import { ExperimentStore } from './experiment-store.ts';
import { oncePerFrame } from './once-per-frame.ts';
import { Empty, Shell } from './shell.tsx';
import { DrawnCharts } from './test-hook.ts';

const root = document.getElementById('root')!;
const draw = document.body.getAttribute('data-draw') !== 'off';
const { connection, choice: left, saveState } = connectHost();
const store = new ExperimentStore();
const drawn = new DrawnCharts();
let theme = readTheme();
let cancelling = false;
let choice = left;

const redraw = oncePerFrame(() => {
  const { shown, lost, hydrated } = store;
  if (shown !== null) saveState({ experiment: shown.state.kind, experimentId: shown.experimentId, choice });
  const element =
    shown === null ? (
      <Empty hydrated={hydrated} lost={lost} onRun={run} />
    ) : (
      <Shell
        {...{ shown, lost, cancelling, theme, draw, choice, choose }}
        onCancel={cancel}
        onRun={run}
        onAsk={ask}
        onSave={save}
        onDrawn={(...drawing) => drawn.record(...drawing)}
      />
    );
  render(element, root);
});

function run(experiment: ExperimentName, seeds?: number): void {
  choose({ run: null });
  void connection.sendNotification(RunAgain, { experiment, ...(seeds === undefined ? {} : { seeds }) });
}

function ask(what: ViewAskParams['what']): void {
  const { shown } = store;
  if (shown !== null) void connection.sendNotification(ViewAsk, { experiment: shown.experiment, what });
}

function save(figure: SaveFigureParams): void {
  void connection.sendNotification(SaveFigure, figure);
}

function choose(changed: Choice): void {
  choice = { ...choice, ...changed };
  redraw();
}

async function cancel(): Promise<void> {
  const { shown } = store;
  if (shown === null) return;
  cancelling = true;
  redraw();
  try {
    await connection.sendRequest(CancelExperiment, { experimentId: shown.experimentId });
  } catch (error) {
    store.lost = error instanceof Error ? error.message : String(error);
  } finally {
    cancelling = false;
    redraw();
  }
}

/** A message went by unseen: what is shown is replaced by what the server has. */
async function readAgain({ experimentId }: ExperimentRef): Promise<void> {
  try {
    store.hydrate(await connection.sendRequest(ReadExperiment, { experimentId }));
  } catch (error) {
    store.lost = error instanceof Error ? error.message : String(error);
  }
  redraw();
}

connection.onNotification(HydrateView, ({ snapshot }) => {
  const before = store.shown?.experimentId;
  store.hydrate(snapshot);
  redraw();
  // Another experiment is read from its answer down, wherever the last one was left.
  if (before !== undefined && before !== store.shown?.experimentId) window.scrollTo(0, 0);
});
connection.onNotification(ExperimentAdvanced, async (params) => {
  if (store.advance(params) === 'missed') await readAgain(params);
  redraw();
});
connection.onNotification(ExperimentEnded, (params) => {
  store.end(params);
  redraw();
});
connection.onNotification(ViewLost, ({ reason }) => {
  store.lost = reason;
  redraw();
});
onThemeChange(() => {
  theme = readTheme();
  redraw();
});
connection.listen();
Object.assign(window, { widthwise: drawn });
redraw();
void connection.sendNotification(ViewReady);
