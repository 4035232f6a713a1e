import type { Finding, Severity } from '@widthwise/analysis';
import { type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
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
    message: messageText(messageOf(finding)),
    relatedInformation: finding.related.map(({ span, message }) => ({
      location: { uri: document.uri, range: rangeOf(document, span) },
      message: messageText(message),
    })),
    data: { model: finding.model, weights: finding.weights, assumptions: finding.assumptions },
  }));
}

/** Fact and consequence, then the way out and what was taken for granted. */
function messageOf({ message, fixes, assumptions }: Finding): string {
  return [`${message}.`, ...fixes.map(({ text }) => text), ...assumptions].join(' ');
}
