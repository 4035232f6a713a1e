import { type Connection, NotebookCellKind, NotebookDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** A cell as a part of its notebook, whose Python cells are read as one file, in their order. */
export interface NotebookCell {
  readonly cell: TextDocument;
  /** The whole notebook, under its own address; another version for every change of one of its cells. */
  readonly whole: TextDocument;
  /** Where the cell begins and ends in it. */
  readonly span: { readonly start: number; readonly end: number };
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
  const index = cells.findIndex((each) => each.uri === uri);
  const cell = cells[index];
  if (cell === undefined) return undefined;
  const start = texts.slice(0, index).reduce((sum, text) => sum + text.length + 1, 0);
  const whole = TextDocument.create(notebook, 'python', version, texts.join('\n'));
  return { cell, whole, span: { start, end: start + texts[index]!.length } };
}

/** Magics of a cell whose rest is Python all the same. */
const MEASURES = /^\s*%%(?:time|timeit|capture|prun)\b/;

/** A cell with its magics and shell commands as comments, every character at its place. */
export function pythonText(text: string): string {
  if (/^\s*%%/.test(text) && !MEASURES.test(text)) return text.replaceAll(/^[^\r\n]/gm, '#');
  return text.replaceAll(/^([ \t]*)[%!](?=[A-Za-z%])/gm, '$1#');
}
