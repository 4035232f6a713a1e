import { canonicalHash } from '@widthwise/core';
import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  type FullDocumentDiagnosticReport,
  type InitializeParams,
  LSPErrorCodes,
  ResponseError,
  type ServerCapabilities,
  type UnchangedDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { logText } from '../connection/message-text.ts';
import { asksForDiagnostics, type OpenDocuments } from './diagnostics-publisher.ts';
import type { DocumentAnalyses } from './document-analyses.ts';
import { diagnosticsOf } from './document-diagnostics.ts';
import { initializationOption } from './initialization-option.ts';

/**
 * What the answer to `initialize` says to an editor that asks for diagnostics. One that wants none of files that are not
 * open says so beforehand: it would keep those of a file that is closed until it is told others.
 */
export function pullCapabilities(params: InitializeParams): ServerCapabilities {
  if (!asksForDiagnostics(params.capabilities)) return {};
  const wanted = initializationOption(params, 'workspaceDiagnostics');
  return {
    diagnosticProvider: {
      identifier: 'widthwise',
      interFileDependencies: true,
      workspaceDiagnostics: wanted === undefined || wanted === true,
    },
  };
}

/** All diagnostics of a document, or that they are those which the editor has. */
export type DiagnosticReport = FullDocumentDiagnosticReport | UnchangedDocumentDiagnosticReport;

/** @param previous the id of what the editor has: it is named after what it holds */
export function reportOf(items: Diagnostic[], previous: string | undefined): DiagnosticReport {
  const resultId = canonicalHash(items);
  return resultId === previous
    ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
    : { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/** Answers an editor that asks for the diagnostics of an open document, of the version that is open then. */
export function answerDocumentDiagnostics(
  connection: Connection,
  documents: Pick<OpenDocuments, 'get'>,
  analyses: DocumentAnalyses,
): void {
  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token) => {
    for (;;) {
      const document = documents.get(uri);
      if (document === undefined) return reportOf([], previousResultId);
      const { version } = document;
      const reading = await analyses.of(document);
      requireWanted(token);
      if (documents.get(uri)?.version !== version || reading?.kind === 'cancelled') continue;
      if (reading?.kind === 'unread')
        connection.console.error(logText(`${uri} ${reading.why}: ${reading.detail ?? ''}`));
      return reportOf(diagnosticsOf(document, reading), previousResultId);
    }
  });
}

/** @throws ResponseError where nobody waits for the answer any more */
export function requireWanted(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, 'nobody waits for this any more');
}
