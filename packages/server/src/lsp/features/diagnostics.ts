import { type Finding, fixText, type RelatedPlace, type Severity } from '@widthwise/analysis';
import { type Diagnostic, DiagnosticSeverity, type Location } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rulePage } from '../../sources/rule-page.ts';
import { messageText } from '../connection/message-text.ts';
import { rangeOf } from './ranges.ts';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Findings as the editor underlines them. */
export function diagnostics(document: TextDocument, findings: readonly Finding[]): Diagnostic[] {
  return findings.map((finding) => ({
    range: rangeOf(document, finding.span),
    severity: SEVERITIES[finding.severity],
    code: finding.code,
    codeDescription: { href: rulePage(finding.code) },
    source: 'widthwise',
    message: messageOf(finding),
    relatedInformation: finding.related.map((place) => ({
      location: locationOf(place, document),
      message: messageText(place.message),
    })),
    data: { model: finding.model, weights: finding.weights, assumptions: finding.assumptions },
  }));
}

/** In the document, or where another file has it. */
function locationOf({ span, elsewhere }: RelatedPlace, document: TextDocument): Location {
  if (elsewhere === undefined) return { uri: document.uri, range: rangeOf(document, span) };
  const at = { line: elsewhere.line - 1, character: elsewhere.column - 1 };
  return { uri: fileUri(elsewhere.path), range: { start: at, end: at } };
}

/** The address of a file, whose path has slashes on every platform; that of a cell as it is. */
function fileUri(path: string): string {
  if (CELL.test(path)) return path;
  const parts = path.split('/').map(encodeURIComponent);
  return `file://${path.startsWith('/') ? '' : '/'}${parts.join('/')}`;
}

/** A scheme is longer than the letter of a drive. */
const CELL = /^[a-z][\w+.-]+:/i;

/** Fact and consequence, then the ways out and what was taken for granted, a line each. */
function messageOf({ message, fixes, assumptions }: Finding): string {
  const lines = [`${message}.`, ...fixes.map((fix) => `Fix: ${fixText(fix)}`), ...assumptions];
  return lines.map(messageText).join('\n');
}
