import type { ShownExperiment } from './experiment-store.ts';
import { nextStep, statusWords } from './status-words.ts';

/** What a screen reader says: each quarter of the way, and at the end the answer; not every run. */
export function announcement(shown: ShownExperiment, answer: string): string {
  const { state, progress } = shown;
  if (state.kind === 'running') {
    const quarter = Math.floor((4 * progress.finished) / Math.max(1, progress.total));
    return quarter === 0 ? 'training started' : `${quarter * 25} percent of the runs ended`;
  }
  return [`${statusWords(state, progress)}.`, answer, nextStep(shown) ?? '']
    .filter((sentence) => sentence !== '')
    .join(' ');
}
