import { forecastText } from '@widthwise/figures';
import type { ExperimentState, Progress } from '@widthwise/protocol';
import type { ShownExperiment } from './experiment-store.ts';

/** `running 51/80 · 4 s left`. */
export function statusWords(state: ExperimentState, { finished, total, secondsLeft }: Progress): string {
  const count = `${finished}/${total}`;
  switch (state.kind) {
    case 'queued':
      return `waiting for a place: ${state.before} before it`;
    case 'running':
      return `running ${count}${secondsLeft === null ? '' : ` · ${forecastText(secondsLeft)} left`}`;
    case 'finished':
      return `finished ${count}`;
    case 'cancelled':
      return `cancelled at ${count}`;
    case 'failed':
      return `failed at ${count}`;
  }
}

/** What to do next, once nothing more comes; null while it runs. */
export function nextStep({
  plan: { kept, arguments: asked },
  state,
}: Pick<ShownExperiment, 'plan' | 'state'>): string | null {
  switch (state.kind) {
    case 'queued':
      return 'It begins when another experiment has ended.';
    case 'running':
      return null;
    case 'finished':
      return `Results are ${kept ? 'kept' : 'not kept here'}. As files: widthwise ${asked.join(' ')}`;
    case 'cancelled':
      return kept
        ? 'What had finished is kept; running it again computes the rest.'
        : 'What had finished is not kept here.';
    case 'failed':
      return `${state.reason} Widthwise: Show Output has the details.`;
  }
}
