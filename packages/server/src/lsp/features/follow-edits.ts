import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { PAUSE_MS } from './diagnostics-publisher.ts';
import type { DocumentAnalyses } from './document-analyses.ts';
import type { DocumentPlaces } from './document-places.ts';

/** Documents that are edited, saved and closed. */
export type EditedDocuments = Pick<
  TextDocuments<TextDocument>,
  'get' | 'onDidOpen' | 'onDidChangeContent' | 'onDidSave' | 'onDidClose'
>;

interface Followed {
  readonly places: Pick<DocumentPlaces, 'edited' | 'settled' | 'pathOf'>;
  readonly analyses: Pick<DocumentAnalyses, 'of' | 'restingOn'>;
  /** Reads documents again that rest on one that has changed. */
  renew(uris: readonly string[]): void;
  report(error: unknown): void;
}

/**
 * Keeps up with texts that are not those of their files. What rests on one hears of an edit when typing pauses and the text
 * has been read and parses: until then it is read with the text that it knows, as what is half typed would take from it all
 * that it has from there.
 */
export function followEdits(documents: EditedDocuments, { places, analyses, renew, report }: Followed): void {
  const opened = new Set<string>();
  /** The documents of whose edits those that rest on them have not heard. */
  const held = new Map<string, NodeJS.Timeout>();
  const over = (uri: string): readonly string[] => analyses.restingOn(places.pathOf(uri) ?? '');
  const letGo = (uri: string): boolean => {
    clearTimeout(held.get(uri));
    return held.delete(uri);
  };
  const tell = (document: TextDocument): void => {
    letGo(document.uri);
    places.edited(document);
    renew(over(document.uri));
  };
  const tellIfWhole = async (document: TextDocument): Promise<void> => {
    const { uri, version } = document;
    const reading = await analyses.of(document);
    if (!held.has(uri) || documents.get(uri)?.version !== version) return;
    if (reading?.kind !== 'read' || !reading.analysis.broken) tell(document);
  };
  documents.onDidOpen(({ document: { uri } }) => opened.add(uri));
  documents.onDidChangeContent(({ document }) => {
    const { uri } = document;
    // A document that is opened changes, too: that is no edit.
    if (opened.delete(uri)) return;
    letGo(uri);
    if (over(uri).length === 0) tell(document);
    else
      held.set(
        uri,
        setTimeout(() => void tellIfWhole(document).catch(report), PAUSE_MS),
      );
  });
  documents.onDidSave(({ document: { uri } }) => {
    places.settled(uri);
    if (letGo(uri)) renew(over(uri));
  });
  documents.onDidClose(({ document: { uri } }) => {
    letGo(uri);
    places.settled(uri);
    renew(over(uri));
  });
}
