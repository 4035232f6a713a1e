import {
  type CancellationToken,
  type Connection,
  DocumentDiagnosticReportKind,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type LintedFile, lintFiles } from '../../sources/analyse-files.ts';
import type { FileAnalyser } from '../../sources/analyser/file-analyser.ts';
import { rememberingAnalyser } from '../../sources/analyser/remembering-analyser.ts';
import { fileOf, uriOf } from '../../sources/document-file.ts';
import { diagnosticsOf } from './document-diagnostics.ts';
import type { DocumentOptions } from './document-options.ts';
import type { DocumentPlaces } from './document-places.ts';
import { reportOf, requireWanted } from './pull-diagnostics.ts';

export interface WorkspaceSources {
  readonly analyser: FileAnalyser;
  readonly options: Pick<DocumentOptions, 'settingsOf'>;
  readonly places: Pick<DocumentPlaces, 'of'>;
  /** The open folders, as URIs. */
  folders(): readonly string[];
  /** Of an open document the editor asks by itself. */
  isOpen(uri: string): boolean;
}

/** Whoever waits for diagnostics of files that are not open. */
export interface WorkspaceDiagnostics {
  /** Something that they rest on is another. */
  changed(): void;
}

/** Answers an editor that asks for the diagnostics of all files: at once the first time, then when something has changed. */
export function answerWorkspaceDiagnostics(
  connection: Connection,
  { analyser, options, places, folders, isOpen }: WorkspaceSources,
): WorkspaceDiagnostics {
  const remembering = rememberingAnalyser(analyser);
  let state = 0;
  let told: { readonly state: number; readonly count: number } | undefined;
  const waiting = new Set<() => void>();
  const isAnother = (token: CancellationToken): Promise<void> =>
    new Promise<void>((resolve) => {
      // Others that wait go on waiting.
      const end = (): void => {
        waiting.delete(end);
        resolve();
      };
      waiting.add(end);
      token.onCancellationRequested(end);
    });
  connection.languages.diagnostics.onWorkspace(async ({ previousResultIds }, token) => {
    // A token cancelled before its request was dispatched never fires its event, so the flag is read first.
    requireWanted(token);
    const hasAll = previousResultIds.length > 0 || told?.count === 0;
    if (told?.state === state && hasAll) await isAnother(token);
    requireWanted(token);
    const now = state;
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    const files: LintedFile[] = [];
    for (const folder of folders()) {
      const path = fileOf(folder);
      if (path === null) continue;
      const settings = await options.settingsOf(folder);
      const context = { cwd: path, signal: stopped.signal, analyser: remembering };
      const linted = await lintFiles([path], settings, {
        ...context,
        placeOf: (absolute) => places.of(uriOf(absolute)),
      });
      files.push(...linted.files);
    }
    requireWanted(token);
    const previous = new Map(previousResultIds.map(({ uri, value }) => [uri, value]));
    const items = reportsOf(files, previous).filter(({ uri }) => !isOpen(uri));
    told = { state: now, count: items.length };
    return { items };
  });
  return {
    changed() {
      state++;
      for (const end of waiting) end();
    },
  };
}

/** What is found in each file, and that nothing is found any more where something was. */
function reportsOf(
  files: readonly LintedFile[],
  previous: ReadonlyMap<string, string>,
): WorkspaceDocumentDiagnosticReport[] {
  const found = files.flatMap(({ path, text, analysis }) => {
    const uri = uriOf(path);
    const items = diagnosticsOf(TextDocument.create(uri, 'python', 0, text), { kind: 'read', analysis });
    return items.length === 0 ? [] : [{ ...reportOf(items, previous.get(uri)), uri, version: null }];
  });
  const uris = new Set(found.map(({ uri }) => uri));
  const mended = [...previous.keys()].filter((uri) => !uris.has(uri));
  const nothing = mended.map((uri): WorkspaceDocumentDiagnosticReport => {
    return { kind: DocumentDiagnosticReportKind.Full, items: [], version: null, uri };
  });
  return [...found, ...nothing];
}
