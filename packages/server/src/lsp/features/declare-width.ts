import { type ModelOutline, overlaps, type Span, type TextEdit } from '@widthwise/analysis';
import { cutText } from '@widthwise/core';
import type { Command, Connection } from 'vscode-languageserver';
import { messageText } from '../connection/message-text.ts';
import type { CellAnalyses } from './cell-analyses.ts';
import type { Shown } from './document-analyses.ts';

/** Writes `# widthwise: width(NAME)` above a class: arguments are the file's URI, the class, the name. */
export const DECLARE_WIDTH = 'widthwise.declareWidth';

/** A longer name is cut in its lens. */
const LONGEST_TITLE = 60;

/** More names than these are not offered above a class: Explain has them all. */
const MOST_OFFERED = 3;

/** What declares a width of a model of which none is evident, the likeliest name first. */
export function widthDeclarations(uri: string, { name, candidates }: ModelOutline): readonly Command[] {
  return candidates.slice(0, MOST_OFFERED).map((width) => ({
    title: messageText(`width(${cutText(width, LONGEST_TITLE)})`),
    tooltip: messageText(`Writes # widthwise: width(${width}) above the class`),
    command: DECLARE_WIDTH,
    arguments: [uri, name, width],
  }));
}

/** The same as edits, for models that are named at a stretch of the text. */
export function widthComments(shown: Shown, at: Span): readonly { title: string; edit: TextEdit }[] {
  return shown.analysis.models
    .filter(({ widths, span }) => widths.length === 0 && overlaps(span, at))
    .flatMap(({ name, candidates }) =>
      candidates.slice(0, MOST_OFFERED).flatMap((width) => {
        const edit = widthComment(shown, [name, width]);
        const title = `Declare ${cutText(width, LONGEST_TITLE)} as the width of ${cutText(name, LONGEST_TITLE)}`;
        return edit === null ? [] : [{ title, edit }];
      }),
    );
}

/** The comment on a line of its own above the class, indented as it is; null for a model that is not there. */
function widthComment(
  { document, analysis }: Shown,
  [className, width]: readonly unknown[],
): TextEdit | null {
  const model = analysis.models.find(({ name }) => name === className);
  if (model === undefined || typeof width !== 'string' || !/^[\w.]+$/.test(width)) return null;
  const { line } = document.positionAt(model.span.start);
  const above = { line, character: 0 };
  const text = document.getText({ start: above, end: { line: line + 1, character: 0 } });
  const [indent = ''] = /^[ \t]*/.exec(text) ?? [];
  const end = /\r?\n$|\r$/.exec(text)?.[0] ?? '\n';
  const start = document.offsetAt(above);
  return { span: { start, end: start }, text: `${indent}# widthwise: width(${width})${end}` };
}

/** Carries out {@link DECLARE_WIDTH} on an open file, through the editor, so that it can be undone there. */
export async function declareWidth(
  connection: Connection,
  analyses: CellAnalyses,
  [uri, ...what]: readonly unknown[],
): Promise<void> {
  const whole = await analyses.whole(String(uri));
  const edit = whole && widthComment(whole, what);
  const documentChanges = edit === null ? undefined : whole?.changes([edit]);
  if (documentChanges === undefined) return;
  await connection.workspace.applyEdit({ label: 'Declare a width', edit: { documentChanges } });
}
