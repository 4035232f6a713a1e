import { type Finding, overlaps, type TextEdit } from '@widthwise/analysis';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Connection,
  type Diagnostic,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { AnalysisJob, FileAnalyser } from '../../sources/analyser/file-analyser.ts';
import { messageText } from '../connection/message-text.ts';
import { silencings } from './disable-actions.ts';
import type { DocumentAnalyses, Shown } from './document-analyses.ts';
import { fixActions, fixAll } from './fix-actions.ts';
import { rangeOf } from './ranges.ts';

/** Mends everything in a file that can be mended without changing the model at its base width; only where asked for. */
const FIX_ALL = `${CodeActionKind.SourceFixAll}.widthwise`;

export const CODE_ACTION_KINDS: string[] = [CodeActionKind.QuickFix, FIX_ALL];

export interface CodeActionSources {
  readonly analyser: FileAnalyser;
  readonly analyses: DocumentAnalyses;
  /** How a document was analysed; null where it is left alone. */
  jobOf(document: TextDocument): Promise<AnalysisJob | null>;
}

/** Answers what can be pressed at a finding. Every edit is of the version that the editor has, or of none. */
export function registerCodeActions(connection: Connection, sources: CodeActionSources): void {
  connection.onCodeAction(async (params, token) => {
    const shown = await sources.analyses.shown(params.textDocument.uri);
    const job = shown && (await sources.jobOf(shown.document));
    if (shown === null || job === null || token.isCancellationRequested) return null;
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    const { analysis } = shown;
    const proving = { job, analysis, analyser: sources.analyser, signal: stopped.signal };
    const whole = wantsFixAll(params) ? await fixAll(proving) : undefined;
    const here = wants(params, CodeActionKind.QuickFix) ? findingsAt(shown, params) : [];
    const fixes = here.length === 0 ? [] : await fixActions(here, proving);
    const quick = fixes.map(({ title, findings, edits, isPreferred }) => ({
      ...actionOf(shown.document, title, edits),
      kind: CodeActionKind.QuickFix,
      diagnostics: diagnosticsOf(shown, findings, params),
      ...(isPreferred ? { isPreferred } : {}),
    }));
    const silent = here.flatMap((finding) =>
      silencings(shown.document, finding).map(({ title, edit }) => ({
        ...actionOf(shown.document, title, [edit]),
        kind: CodeActionKind.QuickFix,
        diagnostics: diagnosticsOf(shown, [finding], params),
      })),
    );
    const all = whole && [{ ...actionOf(shown.document, whole.title, whole.edits), kind: FIX_ALL }];
    return [...quick, ...silent, ...(all ?? [])];
  });
}

function actionOf(document: TextDocument, title: string, edits: readonly TextEdit[]): CodeAction {
  const textDocument = { uri: document.uri, version: document.version };
  const changes = edits.map(({ span, text }) => ({ range: rangeOf(document, span), newText: text }));
  return { title: messageText(title), edit: { documentChanges: [{ textDocument, edits: changes }] } };
}

function findingsAt({ document, analysis }: Shown, { range }: CodeActionParams): readonly Finding[] {
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return analysis.findings.filter(({ span }) => overlaps(span, { start: start - 1, end: end + 1 }));
}

/** Those of the editor's diagnostics that are these findings. */
function diagnosticsOf(
  { document }: Shown,
  findings: readonly Finding[],
  { context }: CodeActionParams,
): Diagnostic[] {
  return context.diagnostics.filter(({ code, range }) =>
    findings.some((one) => one.code === code && one.span.start === document.offsetAt(range.start)),
  );
}

function wants({ context: { only } }: CodeActionParams, kind: string): boolean {
  return only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}

/** Who saves a file is given what was asked for by its name alone. */
function wantsFixAll(params: CodeActionParams): boolean {
  const { only, triggerKind } = params.context;
  if (only === undefined) return false;
  return (
    only.includes(FIX_ALL) || (triggerKind !== CodeActionTriggerKind.Automatic && wants(params, FIX_ALL))
  );
}
