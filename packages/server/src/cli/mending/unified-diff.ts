import { edited, type TextEdit } from '@widthwise/analysis';

/** Lines around what changes. */
const CONTEXT = 3;

/** Some lines of a text, from `at` on (counted from 0), and what stands there instead. */
interface Change {
  readonly at: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** The edits of a text as `patch` and `git apply -p0` take them. */
export function unifiedDiff(path: string, text: string, edits: readonly TextEdit[]): string {
  const lines = linesOf(text);
  const hunks: Change[][] = [];
  for (const change of changesOf(text, edits)) {
    const last = hunks.at(-1)?.at(-1);
    const isNear = last !== undefined && change.at - (last.at + last.before.length) <= 2 * CONTEXT;
    if (isNear) hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  let shift = 0;
  const written = hunks.map((changes) => {
    const hunk = hunkText(lines, changes, shift);
    for (const { before, after } of changes) shift += after.length - before.length;
    return hunk;
  });
  return `--- ${path}\n+++ ${path}\n${written.join('')}`;
}

/** The lines that edits touch, each stretch once and without what stays the same at its ends. */
function changesOf(text: string, edits: readonly TextEdit[]): readonly Change[] {
  const stretches: { start: number; end: number; edits: TextEdit[] }[] = [];
  for (const edit of edits) {
    const start = lineStart(text, edit.span.start);
    const end = lineEnd(text, edit.span.end);
    const last = stretches.at(-1);
    if (last !== undefined && start < last.end) {
      last.edits.push(edit);
      last.end = Math.max(last.end, end);
    } else stretches.push({ start, end, edits: [edit] });
  }
  return stretches.map(({ start, end, edits: own }) => {
    const moved = own.map(({ span, text: instead }) => {
      return { span: { start: span.start - start, end: span.end - start }, text: instead };
    });
    const [before, after] = [linesOf(text.slice(start, end)), linesOf(edited(text.slice(start, end), moved))];
    const shorter = Math.min(before.length, after.length);
    let head = 0;
    while (head < shorter && before[head] === after[head]) head++;
    let tail = 0;
    while (tail < shorter - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
    return {
      at: linesOf(text.slice(0, start)).length + head,
      before: before.slice(head, before.length - tail),
      after: after.slice(head, after.length - tail),
    };
  });
}

function hunkText(lines: readonly string[], changes: readonly Change[], shift: number): string {
  const [first, last] = [changes[0], changes.at(-1)];
  if (first === undefined || last === undefined) return '';
  const from = Math.max(0, first.at - CONTEXT);
  const to = Math.min(lines.length, last.at + last.before.length + CONTEXT);
  const body: string[] = [];
  let at = from;
  let added = 0;
  for (const { at: start, before, after } of changes) {
    body.push(...marked(' ', lines.slice(at, start)), ...marked('-', before), ...marked('+', after));
    at = start + before.length;
    added += after.length - before.length;
  }
  body.push(...marked(' ', lines.slice(at, to)));
  const range = (start: number, count: number) => `${count === 0 ? start : start + 1},${count}`;
  return `@@ -${range(from, to - from)} +${range(from + shift, to - from + added)} @@\n${body.join('')}`;
}

function marked(mark: string, lines: readonly string[]): readonly string[] {
  return lines.map(
    (line) => `${mark}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`,
  );
}

/** With their ends: only a line feed ends one, as in `diff`. */
function linesOf(text: string): readonly string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}
