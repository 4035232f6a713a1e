import type { ShownExperiment } from './experiment-store.ts';

/** Why there is no verdict on an experiment that has not finished. */
export function noVerdict({ kind }: ShownExperiment['state'], onTheWay = 'No verdict yet.'): string {
  return kind === 'running' || kind === 'queued' ? onTheWay : 'No verdict: too few runs had finished.';
}
