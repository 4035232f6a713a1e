import { counted, networkText, trainingText } from '@widthwise/figures';
import type { JSX } from 'preact';
import type { ShownComparison } from '../comparison-store.ts';
import { answer, nextStep, statusWords } from '../words.ts';

interface HeaderProps {
  readonly comparison: ShownComparison;
  readonly lost: string | null;
  readonly cancelling: boolean;
  readonly onCancel: () => void;
  readonly onCompareAgain: () => void;
}

/** What is compared, how far it is, and the one button that fits. */
export function Header({ comparison, lost, cancelling, onCancel, onCompareAgain }: HeaderProps): JSX.Element {
  const { plan, state, progress } = comparison;
  const running = state.kind === 'running' && lost === null;
  return (
    <header>
      <div class="title-row">
        <h1>{plan.data}</h1>
        <span id="status" data-state={lost === null ? state.kind : 'lost'}>
          {lost === null ? statusWords(state, progress) : 'server lost'}
        </span>
        {running ? (
          <button type="button" id="cancel" disabled={cancelling} onClick={onCancel}>
            {cancelling ? 'Cancelling…' : '■ Cancel'}
          </button>
        ) : (
          <button type="button" id="again" onClick={onCompareAgain}>
            Compare again
          </button>
        )}
      </div>
      <progress value={progress.finished} max={progress.total} aria-label="runs ended" />
      <p class="about">
        {networkText(plan)} · {trainingText(plan)} · {counted(plan.seeds, 'seed')} · engine {plan.engine}
      </p>
      <p class="answer" id="answer">
        {answer(comparison)}
      </p>
      <p class="next" id="next">
        {lost ?? nextStep(state) ?? ''}
      </p>
    </header>
  );
}
