import { type Connection, type Diagnostic, DiagnosticSeverity } from 'vscode-languageserver';
import type { ConfigurationProblem } from '../../sources/config/find-configuration.ts';
import { uriOf } from '../../sources/document-file.ts';
import { messageText } from '../connection/message-text.ts';

/** What is wrong with files of configuration, as diagnostics of those files. */
export interface ConfigurationDiagnostics {
  /** What was found on the way to a document, in place of what was found before. */
  tell(document: string, problems: readonly ConfigurationProblem[]): void;
  /** Takes all back, until it is told again. */
  forget(): void;
}

/** Publishes each problem once, however many documents meet it, and takes back what no document meets any more. */
export function configurationDiagnostics(connection: Connection): ConfigurationDiagnostics {
  const met = new Map<string, readonly ConfigurationProblem[]>();
  let published = new Map<string, string>();
  const send = (uri: string, diagnostics: Diagnostic[]): void =>
    void connection.sendDiagnostics({ uri, diagnostics });
  const publish = (): void => {
    const each = new Map([...met.values()].flat().map((problem) => [JSON.stringify(problem), problem]));
    const problems = Map.groupBy(each.values(), ({ file }) => uriOf(file));
    for (const uri of published.keys()) if (!problems.has(uri)) send(uri, []);
    const texts = new Map<string, string>();
    for (const [uri, ofFile] of problems) {
      const text = JSON.stringify(ofFile);
      if (published.get(uri) !== text) send(uri, ofFile.map(diagnosticOf));
      texts.set(uri, text);
    }
    published = texts;
  };
  return {
    tell(document, problems) {
      if (problems.length === 0 && !met.has(document)) return;
      if (problems.length === 0) met.delete(document);
      else met.set(document, problems);
      publish();
    },
    forget() {
      met.clear();
      publish();
    },
  };
}

function diagnosticOf({ why, place: { line, start, end } }: ConfigurationProblem): Diagnostic {
  return {
    range: { start: { line, character: start }, end: { line, character: end } },
    severity: DiagnosticSeverity.Warning,
    source: 'widthwise',
    message: messageText(`This file ${why}. Model code is read as if it were not there.`),
  };
}
