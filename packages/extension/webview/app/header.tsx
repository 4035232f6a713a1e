import { counted, networkText, trainingText } from '@widthwise/figures';
import type { ExperimentName } from '@widthwise/protocol';
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
  readonly onRunAgain: () => void;
}

/** What is run, how far it is, and the one button that fits. */
export function Header(props: HeaderProps): JSX.Element {
  const { shown, panel, cancelling, onCancel, onRunAgain } = props;
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
        {open ? (
          <button type="button" id="cancel" disabled={cancelling} onClick={onCancel}>
            {cancelling ? 'Cancelling…' : '■ Cancel'}
          </button>
        ) : (
          <button type="button" id="again" onClick={onRunAgain}>
            {panel.again}
          </button>
        )}
      </div>
      <progress value={progress.finished} max={progress.total} aria-label="runs ended" />
      <p class="about">
        {networkText(plan)} · {trainingText(plan)} · {counted(plan.seeds, 'seed')} · engine {plan.engine}
      </p>
      <p class="answer" id="answer">
        {panel.answer(shown)}
      </p>
      <p class="next" id="next">
        {lost ?? nextStep(shown) ?? ''}
      </p>
    </header>
  );
}
