import { type Analyser, Unwanted } from '@widthwise/analysis';
import type { AnalyserMessage, AnalysisOrder } from './analyser-messages.ts';
import { AskedWorkspace } from './asked-workspace.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Analyses one text; what is thrown on the way is an answer too. */
export function answerOrder(
  analyser: Analyser,
  { text, options, place, tellsQuestions = false }: Omit<AnalysisOrder, 'number'>,
  files: WorkspaceFiles,
): AnalyserMessage {
  try {
    const around = place && files.placeOf(place);
    if (!tellsQuestions) return { kind: 'analysed', analysis: analyser.analyse(text, options, around) };
    const asked = around && new AskedWorkspace(around.workspace, files.digests);
    const analysis = analyser.analyse(text, options, asked && { ...around, workspace: asked });
    return { kind: 'analysed', analysis, questions: asked === null ? [] : asked.questions };
  } catch (error) {
    if (error instanceof Unwanted) return { kind: 'cancelled' };
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    return { kind: 'threw', message, stack };
  }
}
