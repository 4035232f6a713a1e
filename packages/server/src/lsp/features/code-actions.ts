import { type Finding, overlaps, type Span, type TextEdit } from '@widthwise/analysis';
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type Connection,
  type Diagnostic,
  type TextEdit as DocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { AnalysisJob, FileAnalyser } from '../../sources/analyser/file-analyser.ts';
import type { RuleOff } from '../../sources/config/rule-off.ts';
import type { Proving } from '../../sources/fixes/proven-fixes.ts';
import { messageText } from '../connection/message-text.ts';
import { widthComments } from './declare-width.ts';
import { ruleOffEdit, silencings } from './disable-actions.ts';
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
  /** What switches a rule off for the project of a document; null where nothing small does. */
  ruleOff(document: TextDocument, code: string): Promise<RuleOff | null>;
}

/** Answers what can be pressed at a finding or a model. Every edit is of the version that the editor has, or of none. */
export function registerCodeActions(connection: Connection, sources: CodeActionSources): void {
  connection.onCodeAction(async (params, token) => {
    const shown = await sources.analyses.shown(params.textDocument.uri);
    const job = shown && (await sources.jobOf(shown.document));
    if (shown === null || job === null || token.isCancellationRequested) return null;
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    const proving = { job, analysis: shown.analysis, analyser: sources.analyser, signal: stopped.signal };
    const quick = wants(params, CodeActionKind.QuickFix)
      ? await quickFixes({ shown, params, proving }, sources)
      : [];
    const whole = wantsFixAll(params) ? await fixAll(proving) : undefined;
    const all = whole && [{ ...actionOf(shown.document, whole.title, whole.edits), kind: FIX_ALL }];
    return [...quick, ...(all ?? [])];
  });
}

/** What is asked, of which text, and by whom it can be proved. */
interface Asked {
  readonly shown: Shown;
  readonly params: CodeActionParams;
  readonly proving: Proving;
}

async function quickFixes(
  { shown, params, proving }: Asked,
  { ruleOff }: CodeActionSources,
): Promise<readonly CodeAction[]> {
  const { document } = shown;
  const here = findingsAt(shown, params);
  const at = (findings: readonly Finding[]) => ({
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnosticsOf(shown, findings, params),
  });
  const fixes = here.length === 0 ? [] : await fixActions(here, proving);
  const mending = fixes.map(({ title, findings, edits, isPreferred }) => ({
    ...actionOf(document, title, edits),
    ...at(findings),
    ...(isPreferred ? { isPreferred } : {}),
  }));
  const silencing = here.flatMap((finding) =>
    silencings(document, finding).map(({ title, edit }) => ({
      ...actionOf(document, title, [edit]),
      ...at([finding]),
    })),
  );
  const switching = await switchingOff(document, here, ruleOff);
  const declaring = widthComments(shown, linesOf(document, params)).map(({ title, edit }) => ({
    title: messageText(title),
    kind: CodeActionKind.QuickFix,
    edit: editOf(document, [edit]),
  }));
  const off = switching.map(({ finding, ...action }) => ({ ...action, ...at([finding]) }));
  return [...mending, ...declaring, ...silencing, ...off];
}

/** A rule is switched off for its project once, however often it is found here. */
async function switchingOff(
  document: TextDocument,
  findings: readonly Finding[],
  ruleOff: CodeActionSources['ruleOff'],
): Promise<readonly (CodeAction & { readonly finding: Finding })[]> {
  const firsts = new Map(findings.toReversed().map((finding) => [finding.code, finding]));
  const each = [...firsts.values()].toReversed().map(async (finding) => {
    const off = await ruleOff(document, finding.code);
    const title = `Disable ${finding.code} for this project`;
    return off === null ? [] : [{ title, edit: ruleOffEdit(off), finding }];
  });
  return (await Promise.all(each)).flat();
}

function actionOf(document: TextDocument, title: string, edits: readonly TextEdit[]): CodeAction {
  const changes = edits.map(({ span, text }) => ({ range: rangeOf(document, span), newText: text }));
  return { title: messageText(title), edit: editOf(document, changes) };
}

function editOf({ uri, version }: TextDocument, edits: readonly DocumentEdit[]): WorkspaceEdit {
  return { documentChanges: [{ textDocument: { uri, version }, edits: [...edits] }] };
}

function findingsAt({ document, analysis }: Shown, params: CodeActionParams): readonly Finding[] {
  return analysis.findings.filter(({ span }) => overlaps(span, spanOf(document, params)));
}

/** What is asked about, and what it touches. */
function spanOf(document: TextDocument, { range }: CodeActionParams): Span {
  return { start: document.offsetAt(range.start) - 1, end: document.offsetAt(range.end) + 1 };
}

/** The whole lines of what is asked about. */
function linesOf(document: TextDocument, { range: { start, end } }: CodeActionParams): Span {
  const first = document.offsetAt({ line: start.line, character: 0 });
  return { start: first, end: document.offsetAt({ line: end.line + 1, character: 0 }) };
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
