import { edited, type TextEdit } from '@widthwise/analysis';
import { TextDocumentEdit } from 'vscode-languageserver';
import { type CellPlace, isCellMagic, pythonText } from './notebooks.ts';
import { rangeOf } from './ranges.ts';

/**
 * Edits of a notebook's text as those of its cells, each of the version that was read; undefined where one is of no
 * single cell, or would change a magic or what it does.
 */
export function cellEdits(
  cells: readonly CellPlace[],
  edits: readonly TextEdit[],
): TextDocumentEdit[] | undefined {
  const each = cells.map((place) => ({ ...place, edits: editsWithin(place, edits) }));
  const placed = each.reduce((sum, { edits: own }) => sum + own.length, 0);
  const touched = each.filter(({ edits: own }) => own.length > 0);
  if (placed !== edits.length || !touched.every(keepsMagics)) return undefined;
  return touched.map(({ cell, edits: own }) =>
    TextDocumentEdit.create(
      { uri: cell.uri, version: cell.version },
      own.map(({ span, text }) => ({ range: rangeOf(cell, span), newText: text })),
    ),
  );
}

function editsWithin({ span: { start, end } }: CellPlace, edits: readonly TextEdit[]): readonly TextEdit[] {
  return edits
    .filter(({ span }) => span.start >= start && span.end <= end)
    .map(({ span, text }) => ({ span: { start: span.start - start, end: span.end - start }, text }));
}

/** Whether a cell reads after its edits as its Python does: no magic is replaced, or pushed from the top. */
function keepsMagics({ cell, edits }: CellPlace & { readonly edits: readonly TextEdit[] }): boolean {
  const text = cell.getText();
  const python = pythonText(text);
  const after = edited(text, edits);
  return (
    edits.every(({ span: { start, end } }) => text.slice(start, end) === python.slice(start, end)) &&
    pythonText(after) === edited(python, edits) &&
    isCellMagic(after) === isCellMagic(text)
  );
}
