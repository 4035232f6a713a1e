import { type Finding, overlaps, type Span, type TextEdit } from '@widthwise/analysis';
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
import {
  type ConfigurationEdit,
  type ProjectSetting,
  ruleIsOff,
} from '../../sources/config/project-setting.ts';
import type { Neighbours } from '../../sources/fixes/further-edits.ts';
import { keptProofs } from '../../sources/fixes/kept-proofs.ts';
import { messageText } from '../connection/message-text.ts';
import type { CellAnalyses } from './cell-analyses.ts';
import { widthComments } from './declare-width.ts';
import { configurationEdit, silencings } from './disable-actions.ts';
import { type FixAction, fixActions, fixAll, type Mending, refusedFixes } from './fix-actions.ts';
import { furtherChanges, furtherText } from './further-changes.ts';
import type { WholeText } from './whole-text.ts';

/** Mends everything in a file that can be mended without changing the model at its base width; only where asked for. */
const FIX_ALL = `${CodeActionKind.SourceFixAll}.widthwise`;

/** The same of a notebook, which is asked for once and not cell by cell. */
const FIX_NOTEBOOK = `notebook.${FIX_ALL}`;

export const CODE_ACTION_KINDS: string[] = [CodeActionKind.QuickFix, FIX_ALL, FIX_NOTEBOOK];

export interface CodeActionSources {
  readonly analyser: FileAnalyser;
  readonly analyses: CellAnalyses;
  /** How a document was analysed; null where it is left alone. */
  jobOf(document: TextDocument): Promise<AnalysisJob | null>;
  /** What says a setting for the project of a document; null where nothing small does. */
  saying(document: TextDocument, setting: ProjectSetting): Promise<ConfigurationEdit | null>;
  readonly neighbours: Neighbours;
  /** Whether the file of a document may be written, or is none. */
  mayBeWritten(document: TextDocument): Promise<boolean>;
  /** Whether the editor shows an action that cannot be pressed, with why. */
  showsDisabled(): boolean;
}

/** What can be pressed: an action that is whole, or edits of the text that make one. */
interface Offer {
  readonly action: CodeAction;
  readonly edits?: readonly TextEdit[];
  /** What else it edits, and what it leaves. */
  readonly further?: Pick<FixAction, 'others' | 'left'>;
}

/** Answers what can be pressed at a finding or a model. Every edit is of the version that the editor has, or of none. */
export function registerCodeActions(connection: Connection, sources: CodeActionSources): void {
  const proofsOf = keptProofs(sources.analyser);
  connection.onCodeAction(async (params, token) => {
    const whole = await sources.analyses.whole(params.textDocument.uri);
    const job = whole && (await sources.jobOf(whole.document));
    if (whole === null || job === null || token.isCancellationRequested) return null;
    const stopped = new AbortController();
    token.onCancellationRequested(() => stopped.abort());
    const { neighbours } = sources;
    const { analysis, called } = whole;
    const analyser = proofsOf({ file: job.file, analysis });
    const asked = {
      whole,
      params,
      mending: { job, analysis, analyser, signal: stopped.signal, neighbours, called },
    };
    const quick = wants(params, CodeActionKind.QuickFix) ? await quickFixes(asked, sources) : [];
    const offers = [...quick, ...(await wholeFixes(asked))];
    const isEditable = whole.called === 'file' || (await sources.mayBeWritten(whole.document));
    return whole.isCurrent()
      ? oneOfEach(offers.flatMap((offer) => actionsOf(offer, whole, isEditable)))
      : null;
  });
}

/** What is asked, of which text, and by whom it can be proved. */
interface Asked {
  readonly whole: WholeText;
  readonly params: CodeActionParams;
  readonly mending: Mending;
}

async function quickFixes(
  { whole, params, mending }: Asked,
  { saying, showsDisabled }: CodeActionSources,
): Promise<readonly Offer[]> {
  const { document } = whole;
  const here = findingsAt(whole, params);
  const at = (findings: readonly Finding[]) => ({
    kind: CodeActionKind.QuickFix,
    diagnostics: diagnosticsOf(whole, findings, params),
  });
  const fixes = here.length === 0 ? [] : await fixActions(here, mending);
  const mends = fixes.map(({ title, findings, isPreferred, edits, ...further }): Offer => {
    return { action: { title, ...at(findings), ...(isPreferred ? { isPreferred } : {}) }, edits, further };
  });
  const refused = showsDisabled() ? await refusedFixes(here, fixes, mending) : [];
  const disabled = refused.map(
    ({ title, findings, reason }): Offer => ({
      action: { title: messageText(title), ...at(findings), disabled: { reason: messageText(reason) } },
    }),
  );
  const silencing = here.flatMap((finding) =>
    silencings(whole, finding).map(
      ({ title, edit }): Offer => ({ action: { title, ...at(sameRule(here, finding)) }, edits: [edit] }),
    ),
  );
  const settings = await settingActions(document, here, saying);
  const declaring = widthComments(whole, linesOf(whole, params)).map(
    ({ title, edit }): Offer => ({ action: { title, kind: CodeActionKind.QuickFix }, edits: [edit] }),
  );
  const configuring = settings.map(({ finding, isChoice, ...action }) => ({
    isChoice,
    action: { ...action, ...at([finding]) },
  }));
  const choices = configuring.filter(({ isChoice }) => isChoice);
  const switching = configuring.filter(({ isChoice }) => !isChoice);
  return [...mends, ...disabled, ...choices, ...declaring, ...silencing, ...switching];
}

async function wholeFixes({ whole: { called }, params, mending }: Asked): Promise<readonly Offer[]> {
  const kind = fixAllAskedFor(params, called);
  const all = kind && (await fixAll(mending));
  return kind && all ? [{ action: { title: all.title, kind }, edits: all.edits, further: all }] : [];
}

/** The action as an editor takes it; none where its edits cannot be made. */
function actionsOf(
  { action, edits, further }: Offer,
  whole: WholeText,
  isEditable: boolean,
): readonly CodeAction[] {
  if (edits === undefined) return [action];
  const own = edits.length === 0 ? [] : isEditable ? whole.changes(edits) : undefined;
  if (own === undefined) return [];
  const where = own.length > 1 ? `, edits ${own.length} cells` : '';
  const documentChanges = [...own, ...furtherChanges(further)];
  const title = `${action.title}${where}${furtherText(further, whole.document.uri, own.length > 0)}`;
  return [{ ...action, title: messageText(title), edit: { documentChanges } }];
}

/** What a project can be told of findings: what decides them, or that their rule is off; each once, however often it is found here. */
async function settingActions(
  document: TextDocument,
  findings: readonly Finding[],
  saying: CodeActionSources['saying'],
): Promise<readonly (CodeAction & { readonly finding: Finding; readonly isChoice: boolean })[]> {
  const wanted = findings.flatMap((finding) => [
    ...finding.fixes.flatMap(({ settings = [] }) =>
      settings.map(({ name, value, says }) => ({
        title: `Set ${name} to ${value} for this project: ${says}`,
        setting: { table: null, key: name, value },
        finding,
        isChoice: true,
      })),
    ),
    {
      title: `Disable ${finding.code} for this project`,
      setting: ruleIsOff(finding.code),
      finding,
      isChoice: false,
    },
  ]);
  const firsts = new Map(wanted.toReversed().map((one) => [one.title, one]));
  const each = [...firsts.values()].toReversed().map(async ({ setting, ...action }) => {
    const said = await saying(document, setting);
    return said === null ? [] : [{ ...action, edit: configurationEdit(said) }];
  });
  return (await Promise.all(each)).flat();
}

function sameRule(findings: readonly Finding[], { code }: Finding): readonly Finding[] {
  return findings.filter((one) => one.code === code);
}

/** Two findings of one line may be mended, or silenced, by the same edit. */
function oneOfEach(actions: readonly CodeAction[]): CodeAction[] {
  const keyed = actions.map((one) => [JSON.stringify([one.title, one.edit, one.disabled]), one] as const);
  return [...new Map(keyed.toReversed()).values()].toReversed();
}

function findingsAt(whole: WholeText, params: CodeActionParams): readonly Finding[] {
  return whole.analysis.findings.filter(({ span }) => overlaps(span, spanOf(whole, params)));
}

/** What is asked about, and what it touches. */
function spanOf({ part: { document, start } }: WholeText, { range }: CodeActionParams): Span {
  const [from, to] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  return { start: start + from - 1, end: start + to + 1 };
}

/** The whole lines of what is asked about. */
function linesOf({ part: { document, start } }: WholeText, { range }: CodeActionParams): Span {
  const from = document.offsetAt({ line: range.start.line, character: 0 });
  const to = document.offsetAt({ line: range.end.line + 1, character: 0 });
  return { start: start + from, end: start + to };
}

/** Those of the editor's diagnostics that are these findings. */
function diagnosticsOf(
  { part: { document, start } }: WholeText,
  findings: readonly Finding[],
  { context }: CodeActionParams,
): Diagnostic[] {
  return context.diagnostics.filter(({ code, range }) => {
    const offset = start + document.offsetAt(range.start);
    return findings.some((one) => one.code === code && one.span.start === offset);
  });
}

function wants({ context: { only } }: CodeActionParams, kind: string): boolean {
  return only === undefined || only.some((asked) => kind === asked || kind.startsWith(`${asked}.`));
}

/** Who saves a file is given what was asked for by its name alone, and a notebook's cells nothing, since all are asked. */
function fixAllAskedFor(params: CodeActionParams, called: WholeText['called']): string | undefined {
  const { only, triggerKind } = params.context;
  if (only === undefined) return undefined;
  const isAutomatic = triggerKind === CodeActionTriggerKind.Automatic;
  if (called === 'notebook' && only.includes(FIX_NOTEBOOK)) return FIX_NOTEBOOK;
  if (isAutomatic) return called === 'file' && only.includes(FIX_ALL) ? FIX_ALL : undefined;
  return wants(params, FIX_ALL) ? FIX_ALL : undefined;
}
