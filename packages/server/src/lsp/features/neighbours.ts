import type { TextDocument } from 'vscode-languageserver-textdocument';
import { mayBeWritten } from '../../files/may-be-written.ts';
import { uriOf } from '../../sources/document-file.ts';
import type { Neighbours } from '../../sources/fixes/further-edits.ts';
import { readSource } from '../../sources/read-source.ts';
import type { OpenDocuments } from './diagnostics-publisher.ts';
import type { DocumentOptions } from './document-options.ts';
import type { DocumentPlaces } from './document-places.ts';

/** The files beside those that an editor asks about: as it has them, else as they are on disk. */
export function neighboursOf({
  documents,
  options,
  places,
}: {
  readonly documents: OpenDocuments;
  readonly options: DocumentOptions;
  readonly places: DocumentPlaces;
}): Neighbours {
  const openAt = (path: string): TextDocument | undefined => {
    const uri = [...documents.keys()].find((one) => places.pathOf(one) === path);
    return uri === undefined ? undefined : documents.get(uri);
  };
  return async (path) => {
    if (!(await mayBeWritten(path))) return null;
    const open = openAt(path);
    const uri = open?.uri ?? uriOf(path);
    const version = open?.version ?? null;
    const source = open === undefined ? await readSource(path) : { text: open.getText() };
    if ('why' in source) return null;
    const [read, place] = await Promise.all([options.always(uri), places.of(uri)]);
    return { job: { file: uri, text: source.text, options: read, place }, version };
  };
}
