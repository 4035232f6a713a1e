import type { Analyser } from '@widthwise/analysis';
import { answerOrder } from '../src/sources/analyser/answer-order.ts';
import type { FileAnalyser } from '../src/sources/analyser/file-analyser.ts';
import { WorkspaceFiles } from '../src/sources/analyser/workspace-files.ts';
import { loadAnalyserFromDisk } from '../src/sources/load-analyser.ts';

/**
 * The analyser from its sources, in this process: a test never sees a stale build.
 *
 * @param loading one that was loaded before, which then looks at the files anew, as a new process does
 */
export function analyserInProcess(loading: Promise<Analyser> = loadAnalyserFromDisk()): FileAnalyser {
  const files = new WorkspaceFiles();
  return {
    analyse: async (job) => {
      const answer = answerOrder(await loading, job, files);
      if (answer.kind !== 'analysed') throw new Error(`the analysis threw: ${JSON.stringify(answer)}`);
      return { ...answer, kind: 'read' };
    },
  };
}
