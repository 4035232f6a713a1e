import type { Span } from '@widthwise/analysis';
import { type Connection, NotebookCellKind, NotebookDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** A cell, and where it begins and ends in its notebook. */
export interface CellPlace {
  readonly cell: TextDocument;
  readonly span: Span;
}

/** A cell as a part of its notebook, whose Python cells are read as one file, in their order. */
export interface NotebookCell extends CellPlace {
  /** The whole notebook, under its own address; another version for every change of one of its cells. */
  readonly whole: TextDocument;
  /** All that it is made of. */
  readonly cells: readonly CellPlace[];
}

/** The notebooks that an editor has open. */
export interface Notebooks {
  /** Undefined for what is no Python cell of an open notebook. */
  cellOf(uri: string): NotebookCell | undefined;
  /** The cells of a notebook, by its own address. */
  cellsOf(notebook: string): readonly string[];
  /** Every cell there is. */
  cells(): readonly string[];
}

export interface NotebookListener {
  /** What is known of these cells is out of date. */
  changed(cells: readonly string[]): void;
  closed(cells: readonly string[], notebook: string | null): void;
}

/** Follows the notebooks of an editor. Call it before `connection.listen()`. */
export function followNotebooks(connection: Connection, listener: NotebookListener): Notebooks {
  const open = new NotebookDocuments(TextDocument);
  const versions = new Map<string, number>();
  const known = new Map<string, readonly string[]>();
  const pythonCells = (notebook: string): readonly TextDocument[] =>
    (open.getNotebookDocument(notebook)?.cells ?? []).flatMap((cell) => {
      const document = cell.kind === NotebookCellKind.Code ? open.getCellTextDocument(cell) : undefined;
      return document?.languageId === 'python' ? [document] : [];
    });
  const changed = (notebook: string): void => {
    const cells = pythonCells(notebook).map(({ uri }) => uri);
    const gone = (known.get(notebook) ?? []).filter((uri) => !cells.includes(uri));
    versions.set(notebook, (versions.get(notebook) ?? 0) + 1);
    known.set(notebook, cells);
    if (gone.length > 0) listener.closed(gone, null);
    listener.changed(cells);
  };
  open.onDidOpen(({ uri }) => changed(uri));
  open.onDidChange(({ notebookDocument: { uri } }) => changed(uri));
  open.onDidClose(({ uri }) => {
    const cells = known.get(uri) ?? [];
    known.delete(uri);
    versions.delete(uri);
    listener.closed(cells, uri);
  });
  open.listen(connection);
  const notebookOf = (cell: string): string | undefined =>
    [...known].find(([, cells]) => cells.includes(cell))?.[0];
  return {
    cellOf(uri) {
      const notebook = notebookOf(uri);
      if (notebook === undefined) return undefined;
      return placed(pythonCells(notebook), uri, {
        notebook,
        version: versions.get(notebook) ?? 0,
      });
    },
    cellsOf: (notebook) => known.get(notebook) ?? [],
    cells: () => [...known.values()].flat(),
  };
}

function placed(
  cells: readonly TextDocument[],
  uri: string,
  { notebook, version }: { readonly notebook: string; readonly version: number },
): NotebookCell | undefined {
  const texts = cells.map((each) => pythonText(each.getText()));
  let start = 0;
  const places = cells.map((cell, index): CellPlace => {
    const span = { start, end: start + texts[index]!.length };
    start = span.end + 1;
    return { cell, span };
  });
  const place = places.find(({ cell }) => cell.uri === uri);
  if (place === undefined) return undefined;
  const whole = TextDocument.create(notebook, 'python', version, texts.join('\n'));
  return { ...place, whole, cells: places };
}

/** Magics of a cell whose rest is Python all the same. */
const MEASURES = /^\s*%%(?:time|timeit|capture|prun)\b/;

/** Whether the first line of a cell says what is done with the rest. */
export function isCellMagic(text: string): boolean {
  return /^\s*%%/.test(text);
}

/** What IPython takes beside Python in a line, and Python of the same length that does as much with the names of the file. */
const LINES: readonly (readonly [RegExp, string])[] = [
  // What is measured of a simple statement is run all the same.
  [/^([ \t]*)%time(?=[ \t]+(?!(?:async|class|def|for|if|try|while|with)\b)[A-Za-z_])/gm, '$1pass;'],
  [/^([ \t]*[A-Za-z_][\w., \t]*=[ \t]*)%time(?=[ \t]+[A-Za-z_(])/gm, '$1     '],
  [/^([ \t]*)[%!](?=[A-Za-z%])/gm, '$1#'],
  // What a command answers is not known: the letter U+01C3 is a name that no file has.
  [/^([ \t]*[A-Za-z_][\w., \t]*=[ \t]*)[%!][A-Za-z]/gm, '$1\u01C3#'],
  [/^([ \t]*)\?/gm, '$1#'],
  [/^([ \t]*)[A-Za-z_](?=[\w.]*\?{1,2}[ \t]*$)/gm, '$1#'],
];

/** A cell as Python: its magics, shell commands and questions are comments, every character at its place. */
export function pythonText(text: string): string {
  if (isCellMagic(text) && !MEASURES.test(text)) return text.replaceAll(/^[^\r\n]/gm, '#');
  return LINES.reduce((python, [line, instead]) => python.replaceAll(line, instead), text);
}
