import type { AnalysisJob, Read } from './file-analyser.ts';

/** To an analyser process, one at a time. */
export interface AnalysisOrder extends Pick<AnalysisJob, 'text' | 'options' | 'place' | 'tellsQuestions'> {
  /** Counted from 1, by which it is called off. */
  readonly number: number;
}

/** From an analyser process: once that it has loaded, then one an order. */
export type AnalyserMessage =
  | { readonly kind: 'ready' }
  | ({ readonly kind: 'analysed' } & Omit<Read, 'kind'>)
  /** It was called off before it was done. */
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'threw'; readonly message: string; readonly stack: string };
