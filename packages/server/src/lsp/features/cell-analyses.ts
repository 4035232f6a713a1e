import type { Analysis, Finding, RelatedPlace, Span } from '@widthwise/analysis';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { cellEdits } from './cell-edits.ts';
import type { DocumentAnalyses, Shown } from './document-analyses.ts';
import { movedAnalysis } from './last-good.ts';
import type { CellPlace, NotebookCell, Notebooks } from './notebooks.ts';
import { type WholeText, wholeDocument } from './whole-text.ts';

export interface CellAnalyses extends DocumentAnalyses {
  /** The text that a document is, or that a cell is a part of, with what mends it. */
  whole(uri: string): Promise<WholeText | null>;
}

/** Analyses of documents and of cells: a cell has what its whole notebook shows of it. */
export function cellAnalyses(
  analyses: DocumentAnalyses,
  notebooks: Notebooks,
  documentOf: (uri: string) => TextDocument | undefined,
): CellAnalyses {
  const isCurrent = (uri: string, { whole }: NotebookCell): boolean =>
    notebooks.cellOf(uri)?.whole.version === whole.version;
  const wholeOf = async (uri: string): Promise<WholeText | null> => {
    const shown = await analyses.shown(uri);
    return shown && wholeDocument(shown, documentOf);
  };
  const notebookOf = async (uri: string): Promise<WholeText | null> => {
    for (;;) {
      const cell = notebooks.cellOf(uri);
      if (cell === undefined) return null;
      const reading = await analyses.of(cell.whole);
      // Who types over it is answered of what they typed.
      if (!isCurrent(uri, cell) || reading?.kind === 'cancelled') continue;
      if (reading?.kind !== 'read') return null;
      return {
        document: cell.whole,
        analysis: acrossCells(reading.analysis, cell),
        called: 'notebook',
        part: { document: cell.cell, start: cell.span.start },
        changes: (edits) => cellEdits(cell.cells, edits),
        isCurrent: () => isCurrent(uri, cell),
      };
    }
  };
  const isCell = (uri: string): boolean => notebooks.cellOf(uri) !== undefined;
  const addressOf = (uri: string): string => notebooks.cellOf(uri)?.whole.uri ?? uri;
  return {
    ...analyses,
    async of(document) {
      const cell = notebooks.cellOf(document.uri);
      if (cell === undefined) return analyses.of(document);
      const reading = await analyses.of(cell.whole);
      return reading?.kind === 'read'
        ? { ...reading, analysis: within(acrossCells(reading.analysis, cell), cell.span) }
        : reading;
    },
    whole: (uri) => (isCell(uri) ? notebookOf(uri) : wholeOf(uri)),
    async shown(uri) {
      if (!isCell(uri)) return analyses.shown(uri);
      const notebook = await notebookOf(uri);
      return notebook && shownPart(notebook);
    },
    restingOn: (path) =>
      analyses.restingOn(path).flatMap((uri) => {
        const cells = notebooks.cellsOf(uri);
        return cells.length === 0 ? [uri] : cells;
      }),
    renew: (uri) => analyses.renew(addressOf(uri)),
  };
}

function shownPart({ analysis, part: { document, start } }: WholeText): Shown {
  const span = { start, end: start + document.getText().length };
  return { document, analysis: within(analysis, span) };
}

/** An analysis whose findings in a cell name what stands in others by their cells. */
function acrossCells(analysis: Analysis, { span, cells }: NotebookCell): Analysis {
  const isIn = (one: Span, cell: Span): boolean => one.start >= cell.start && one.end <= cell.end;
  const placed = (place: RelatedPlace, finding: Finding): RelatedPlace => {
    const other = isIn(place.span, span) ? undefined : cells.find((cell) => isIn(place.span, cell.span));
    if (other === undefined || place.elsewhere !== undefined) return place;
    return { span: finding.span, message: place.message, elsewhere: placeIn(other, place.span) };
  };
  const findings = analysis.findings.map((finding) =>
    isIn(finding.span, span)
      ? { ...finding, related: finding.related.map((place) => placed(place, finding)) }
      : finding,
  );
  return { ...analysis, findings };
}

function placeIn({ cell, span: { start } }: CellPlace, span: Span): NonNullable<RelatedPlace['elsewhere']> {
  const { line, character } = cell.positionAt(span.start - start);
  return { path: cell.uri, line: line + 1, column: character + 1 };
}

/** What an analysis shows of one stretch, as if that were its text. What would mend the whole is no edit of a part. */
function within(analysis: Analysis, { start, end }: Span): Analysis {
  return movedAnalysis(analysis, (span) =>
    span.start >= start && span.end <= end ? { start: span.start - start, end: span.end - start } : undefined,
  );
}
