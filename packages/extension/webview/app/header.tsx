import { trainedText, twinLines } from '@widthwise/figures';
import type { ExperimentName, ViewAskParams } from '@widthwise/protocol';
import type { JSX } from 'preact';
import type { ShownExperiment } from './experiment-store.ts';
import type { Panel } from './panel.ts';
import { nextStep, statusWords } from './status-words.ts';

interface HeaderProps {
  readonly shown: ShownExperiment;
  readonly panel: Panel<ExperimentName>;
  readonly lost: string | null;
  readonly cancelling: boolean;
  readonly onCancel: () => void;
  readonly onRunAgain: (seeds?: number) => void;
  readonly onAsk: (what: ViewAskParams['what']) => void;
}

/** The answer first; then how far it is, what was trained, and what there is to do next. */
export function Header(props: HeaderProps): JSX.Element {
  const { shown, panel } = props;
  const { plan, state, progress } = shown;
  // What has finished loses nothing with its server.
  const lost = state.kind === 'finished' ? null : props.lost;
  const open = (state.kind === 'running' || state.kind === 'queued') && lost === null;
  return (
    <header>
      <div class="title-row">
        <h1>{panel.title(shown)}</h1>
        <span id="status" data-state={lost === null ? state.kind : 'lost'}>
          {lost === null ? statusWords(state, progress) : 'server lost'}
        </span>
        {open && (
          <button type="button" id="cancel" disabled={props.cancelling} onClick={props.onCancel}>
            {props.cancelling ? 'Cancelling…' : '■ Cancel'}
          </button>
        )}
      </div>
      <progress value={progress.finished} max={progress.total} aria-label="runs ended" />
      <p class="answer" id="answer">
        {panel.answer(shown)}
      </p>
      <p class="about">{trainedText({ ...plan, searched: shown.experiment === 'transfer' })}</p>
      {plan.twin !== null && (
        <details class="about" id="twin">
          <summary>{`What the twin shares with ${plan.twin.name}`}</summary>
          <ul>
            {twinLines(plan.twin)
              .slice(1)
              .map((line) => (
                <li key={line}>{line}</li>
              ))}
          </ul>
        </details>
      )}
      {plan.foreseen.length > 0 && (
        <ul class="about" id="foreseen">
          {plan.foreseen.map((clause) => (
            <li key={clause}>{clause}</li>
          ))}
        </ul>
      )}
      <p class="next" id="next">
        {lost ?? nextStep(shown) ?? ''}
      </p>
      <Actions {...props} open={open} />
    </header>
  );
}

/** What a person may do now. Those that need the end stand in their places from the beginning. */
function Actions({
  shown,
  panel,
  open,
  onRunAgain,
  onAsk,
}: HeaderProps & { readonly open: boolean }): JSX.Element {
  const { seeds } = shown.plan;
  return (
    <div class="actions">
      {!open && (
        <button type="button" id="again" onClick={() => onRunAgain()}>
          {panel.again}
        </button>
      )}
      <button type="button" id="more" disabled={open} onClick={() => onRunAgain(2 * seeds)}>
        {`More seeds: ${2 * seeds}`}
      </button>
      <button type="button" id="settings" onClick={() => onAsk('settings')}>
        Change settings
      </button>
      <button
        type="button"
        id="report"
        disabled={shown.state.kind !== 'finished' || !shown.plan.kept}
        onClick={() => onAsk('report')}
      >
        Open report
      </button>
      <button type="button" id="runs" onClick={() => onAsk('runs')}>
        All runs
      </button>
    </div>
  );
}
