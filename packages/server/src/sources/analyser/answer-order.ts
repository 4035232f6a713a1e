import { type Analyser, Unwanted } from '@widthwise/analysis';
import type { AnalyserMessage, AnalysisOrder } from './analyser-messages.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Analyses one text; what is thrown on the way is an answer too. */
export function answerOrder(
  analyser: Analyser,
  { text, options, place }: Omit<AnalysisOrder, 'number'>,
  files: WorkspaceFiles,
): AnalyserMessage {
  try {
    return { kind: 'analysed', analysis: analyser.analyse(text, options, place && files.placeOf(place)) };
  } catch (error) {
    if (error instanceof Unwanted) return { kind: 'cancelled' };
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'threw', message, stack };
  }
}
