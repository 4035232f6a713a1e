import type { Finding } from '@widthwise/analysis';
import { TextDocumentEdit } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { fileOf, pathFrom } from '../../sources/document-file.ts';
import type { FurtherEdits } from '../../sources/fixes/further-edits.ts';
import { rangeOf } from './ranges.ts';

type Further = Pick<FurtherEdits, 'others' | 'left'> | undefined;

/** Edits of the other files that go with an action, of the versions that an editor has, or of its files. */
export function furtherChanges(further: Further): readonly TextDocumentEdit[] {
  return (further?.others ?? []).map(({ job: { file, text }, version, edits }) => {
    const document = TextDocument.create(file, 'python', version ?? 0, text);
    return TextDocumentEdit.create(
      { uri: file, version },
      edits.map((edit) => ({ range: rangeOf(document, edit.span), newText: edit.text })),
    );
  });
}

/** Behind a title: which other files are edited, and what stays to be mended by hand, from the file that is asked about. */
export function furtherText(further: Further, uri: string, editsOwn: boolean): string {
  const shown = (path: string | null): string => shownFrom(fileOf(uri), path);
  const files = (further?.others ?? []).map(({ job }) => shown(fileOf(job.file)));
  const edits =
    files.length === 0
      ? ''
      : `, ${editsOwn ? 'edits' : 'in'} ${files.join(' and ')}${editsOwn ? ' too' : ''}`;
  const left = (further?.left ?? []).map((one) => `, leaves ${one.code}${placeOf(one, shown)}`);
  return `${edits}${[...new Set(left)].join('')}`;
}

function placeOf({ related }: Finding, shown: (path: string) => string): string {
  const there = related.find(({ elsewhere }) => elsewhere !== undefined)?.elsewhere;
  return there === undefined ? '' : ` at ${shown(there.path)}:${there.line}`;
}

function shownFrom(file: string | null, path: string | null): string {
  if (path === null) return 'another file';
  return file === null ? path : pathFrom(file, path);
}
