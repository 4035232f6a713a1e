import type { Analyser } from '@widthwise/analysis';
import type { AnalyserMessage, AnalysisOrder } from './analyser-messages.ts';

/** Analyses one text; what is thrown on the way is an answer too. */
export function answerOrder(analyser: Analyser, { text, options }: AnalysisOrder): AnalyserMessage {
  try {
    return { kind: 'analysed', analysis: analyser.analyse(text, options) };
  } catch (error) {
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'threw', message, stack };
  }
}
