import {
  CancelComparison,
  CompareAgain,
  ComparisonAdvanced,
  ComparisonEnded,
  HydrateView,
  ReadComparison,
  ViewLost,
  ViewReady,
} from '@widthwise/protocol';
import { render } from 'preact';
import { announcement } from './announcement.ts';
import { stepCharts, widthCharts } from './charts/comparison-charts.ts';
import { onThemeChange, readTheme } from './charts/theme.ts';
import { ComparisonStore, type ShownComparison } from './comparison-store.ts';
import { Empty, Panel } from './components/panel.tsx';
import { connectHost } from './connection.ts';
import { oncePerFrame } from './once-per-frame.ts';
import { DrawnCharts } from './probe.ts';
import { RunInView } from './shown-run.ts';

const root = document.getElementById('root')!;
const draw = document.body.getAttribute('data-draw') !== 'off';
const { connection, saveState } = connectHost();
const store = new ComparisonStore();
const runInView = new RunInView();
const drawn = new DrawnCharts();
let theme = readTheme();
let layer: number | null = null;
let cancelling = false;

const redraw = oncePerFrame(() => {
  const { comparison } = store;
  if (comparison !== null) saveState(comparison.state.kind);
  render(
    comparison === null ? (
      <Empty hydrated={store.hydrated} lost={store.lost} onCompare={compareAgain} />
    ) : (
      panel(comparison)
    ),
    root,
  );
});

function panel(comparison: ShownComparison) {
  const shownRun = runInView.at(comparison, performance.now());
  const layerInView = Math.min(layer ?? comparison.plan.depth, comparison.plan.depth);
  return (
    <Panel
      comparison={comparison}
      lost={store.lost}
      cancelling={cancelling}
      shownRun={shownRun}
      picked={runInView.picked !== null}
      layer={layerInView}
      overSteps={stepCharts(comparison, shownRun === null ? null : (comparison.runs[shownRun] ?? null))}
      overWidth={widthCharts(comparison, layerInView)}
      announcement={announcement(comparison)}
      theme={theme}
      draw={draw}
      onCancel={cancel}
      onCompareAgain={compareAgain}
      onPick={(run) => {
        runInView.pick(run);
        redraw();
      }}
      onLayer={(chosen) => {
        layer = chosen;
        redraw();
      }}
      onDrawn={(...drawing) => drawn.record(...drawing)}
    />
  );
}

function compareAgain(): void {
  void connection.sendNotification(CompareAgain);
}

async function cancel(): Promise<void> {
  const { comparison } = store;
  if (comparison === null) return;
  cancelling = true;
  redraw();
  try {
    await connection.sendRequest(CancelComparison, { comparisonId: comparison.comparisonId });
  } catch (error) {
    store.lost = error instanceof Error ? error.message : String(error);
  } finally {
    cancelling = false;
    redraw();
  }
}

/** A message went by unseen: what is shown is replaced by what the server has. */
async function readAgain({ comparisonId }: Pick<ShownComparison, 'comparisonId'>): Promise<void> {
  try {
    store.hydrate(await connection.sendRequest(ReadComparison, { comparisonId }));
  } catch (error) {
    store.lost = error instanceof Error ? error.message : String(error);
  }
  redraw();
}

connection.onNotification(HydrateView, ({ comparison }) => {
  if (comparison?.comparisonId !== store.comparison?.comparisonId) runInView.reset();
  store.hydrate(comparison);
  redraw();
});
connection.onNotification(ComparisonAdvanced, async (params) => {
  if (store.advance(params) === 'missed') await readAgain(params);
  redraw();
});
connection.onNotification(ComparisonEnded, (params) => {
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
