import type { TextEdit } from '@widthwise/analysis';
import { TextDocumentEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Shown } from './document-analyses.ts';
import { rangeOf } from './ranges.ts';

/** What an editor asks about as the text that is analysed and mended: a document, or the whole notebook of a cell. */
export interface WholeText extends Shown {
  readonly called: 'file' | 'notebook';
  /** The document that is asked about, and where it begins in the whole. */
  readonly part: { readonly document: TextDocument; readonly start: number };
  /** Edits of the whole as those of the editor's documents, of the versions that were analysed; undefined for none that can be made there. */
  changes(edits: readonly TextEdit[]): TextDocumentEdit[] | undefined;
  /** Whether the editor still has this text. */
  isCurrent(): boolean;
}

/** A document that is a text of its own. */
export function wholeDocument(
  shown: Shown,
  documentOf: (uri: string) => TextDocument | undefined,
): WholeText {
  const { document } = shown;
  // A document is changed in its place when somebody types.
  const { uri, version } = document;
  return {
    ...shown,
    called: 'file',
    part: { document, start: 0 },
    changes: (edits) => [
      TextDocumentEdit.create(
        { uri, version },
        edits.map(({ span, text }) => ({ range: rangeOf(document, span), newText: text })),
      ),
    ],
    isCurrent: () => documentOf(uri)?.version === version,
  };
}
