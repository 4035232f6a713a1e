import type { Analysis } from '@widthwise/analysis';
import type { Reading } from '../../sources/analyser/file-analyser.ts';
import type { DocumentAnalyses } from './document-analyses.ts';
import { movedAnalysis } from './last-good.ts';
import type { NotebookCell, Notebooks } from './notebooks.ts';

/** Analyses of documents and of cells: a cell has what its whole notebook shows of it. */
export function cellAnalyses(analyses: DocumentAnalyses, notebooks: Notebooks): DocumentAnalyses {
  const ofCell = async ({ whole, span }: NotebookCell): Promise<Reading | null> => {
    const reading = await analyses.of(whole);
    return reading?.kind === 'read' ? { ...reading, analysis: within(reading.analysis, span) } : reading;
  };
  const notebookOf = (uri: string): string => notebooks.cellOf(uri)?.whole.uri ?? uri;
  return {
    ...analyses,
    of(document) {
      const cell = notebooks.cellOf(document.uri);
      return cell === undefined ? analyses.of(document) : ofCell(cell);
    },
    async shown(uri) {
      for (;;) {
        const cell = notebooks.cellOf(uri);
        if (cell === undefined) return analyses.shown(uri);
        const reading = await ofCell(cell);
        // Who types over it is answered of what they typed.
        if (notebooks.cellOf(uri)?.whole.version !== cell.whole.version || reading?.kind === 'cancelled')
          continue;
        return reading?.kind === 'read' ? { document: cell.cell, analysis: reading.analysis } : null;
      }
    },
    restingOn: (path) =>
      analyses.restingOn(path).flatMap((uri) => {
        const cells = notebooks.cellsOf(uri);
        return cells.length === 0 ? [uri] : cells;
      }),
    renew: (uri) => analyses.renew(notebookOf(uri)),
  };
}

/** What an analysis shows of one stretch, as if that were its text. What would mend the whole is no edit of a part. */
function within(analysis: Analysis, { start, end }: NotebookCell['span']): Analysis {
  return movedAnalysis(analysis, (span) =>
    span.start >= start && span.end <= end ? { start: span.start - start, end: span.end - start } : undefined,
  );
}
