import type { Analysis } from '@widthwise/analysis';
import type { AnalysisJob } from './file-analyser.ts';

/** To an analyser process, one at a time. */
export type AnalysisOrder = Pick<AnalysisJob, 'text' | 'options' | 'place'>;

/** From an analyser process: once that it has loaded, then one an order. */
export type AnalyserMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'analysed'; readonly analysis: Analysis }
  | { readonly kind: 'threw'; readonly message: string; readonly stack: string };
