import type { Finding, TextEdit } from '@widthwise/analysis';
import { CreateFile, TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { ConfigurationEdit } from '../../sources/config/project-setting.ts';
import { uriOf } from '../../sources/document-file.ts';
import { rangeOf } from './ranges.ts';
import type { WholeText } from './whole-text.ts';

/** A comment that silences a rule. */
export interface Silencing {
  readonly title: string;
  readonly edit: TextEdit;
}

/** Comments that silence a finding's rule on its line, and in its whole text. */
export function silencings(
  { document, called }: Pick<WholeText, 'document' | 'called'>,
  { code, span }: Finding,
): readonly Silencing[] {
  const line = lineComment(document, code, span);
  const whole = { title: `Disable ${code} in this ${called}`, edit: fileComment(document, code) };
  return line === null ? [whole] : [{ title: `Disable ${code} for this line`, edit: line }, whole];
}

/** An edit of a project's configuration as the editor makes it, the file too where there is none. */
export function configurationEdit({ file, text, edit }: ConfigurationEdit): WorkspaceEdit {
  const uri = uriOf(file);
  const range = rangeOf(TextDocument.create(uri, 'plaintext', 0, text ?? ''), edit.span);
  const change = TextDocumentEdit.create({ uri, version: null }, [{ range, newText: edit.text }]);
  const made = text === null ? [CreateFile.create(uri, { ignoreIfExists: true })] : [];
  return { documentChanges: [...made, change] };
}

/** Behind the statement's last line; above its first where a text or a line that goes on may be in the way. */
function lineComment(document: TextDocument, code: string, span: Finding['span']): TextEdit | null {
  const text = document.getText();
  const comment = `# widthwise: ignore[${code}]`;
  const end = endOfLine(text, span.end);
  const behind = text.slice(span.end, end);
  if (!/['"\\]/.test(behind)) {
    const kept = span.end + behind.trimEnd().length;
    return { span: { start: kept, end: kept }, text: `  ${comment}` };
  }
  const { line } = document.positionAt(span.start);
  const start = document.offsetAt({ line, character: 0 });
  if (/\\[ \t]*(?:\r\n|\r|\n)$/.test(text.slice(0, start))) return null;
  const [indent = ''] = /^[ \t]*/.exec(text.slice(start)) ?? [];
  return { span: { start, end: start }, text: `${indent}${comment}${lineEndOf(text)}` };
}

/** At the top, behind what Python reads from the first two lines. */
function fileComment(document: TextDocument, code: string): TextEdit {
  const text = document.getText();
  const lines = text.split(/(?<=\r\n|\r(?!\n)|\n)/, 2);
  let at = 0;
  for (const line of lines) {
    if (!/^\uFEFF?#!|^[ \t\f]*#.*?coding[:=]/.test(line)) break;
    at += line.length;
  }
  return { span: { start: at, end: at }, text: `# widthwise: off[${code}]${lineEndOf(text)}` };
}

function endOfLine(text: string, from: number): number {
  const end = text.slice(from).search(/\r|\n/);
  return end < 0 ? text.length : from + end;
}

/** How the text ends its lines. */
function lineEndOf(text: string): string {
  return /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
}
