import type { TextEdit } from '../finding.ts';
import { inOneLine } from './broken-lines.ts';
import type { CodeAround } from './code-around.ts';
import { type GroupEntry, groupEntry, groupText, lineStyle, withEntries } from './group-text.ts';
import { withCondition } from './joined-conditions.ts';
import type { ListedGroup } from './listed-group.ts';
import { negated } from './name-condition.ts';

interface Split {
  readonly condition: string;
  /** What the group of those for which it holds has instead. */
  readonly changed: readonly GroupEntry[];
}

/** Makes two groups of one: some of its parameters with numbers of their own, and the others as they were. */
export function splitListed(
  code: Pick<CodeAround, 'text' | 'module'>,
  { group, lr, rest, ...listed }: ListedGroup,
  { condition, changed }: Split,
): TextEdit | null {
  const { text } = code;
  const { start, end } = group.span;
  // A comment would be lost, or would hide what is written behind it.
  if (inOneLine(text.slice(start, end)) === null) return null;
  const entries = rest.map(({ key, value }): GroupEntry => {
    const [name, written] = [key, value].map((part) => part && text.slice(part.span.start, part.span.end));
    return { name: key?.kind === 'text' ? (key.value ?? '') : '', key: name ?? '', value: written ?? '' };
  });
  const isOwn = typeof lr !== 'string' && lr.span.start > start && lr.span.end < end;
  const own = isOwn ? [groupEntry('lr', text.slice(lr.span.start, lr.span.end))] : [];
  const style = lineStyle(code, start);
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const isAlone = before.trim() === '';
  const isBehindOther = /^\s*\},\s*$/.test(before);
  const indent = isAlone || isBehindOther ? style.indent : `${style.indent}${style.step}`;
  const grouped = (told: string, others: readonly GroupEntry[]) => {
    const some = groupEntry('params', `${withCondition(listed, told)}]`);
    const isOpen = text.slice(start, end).includes('\n');
    const place = { ...style, indent, column: indent.length, behind: 1, isOpen };
    return groupText([some, ...withEntries(entries, others)], place);
  };
  const both = [grouped(condition, changed), grouped(negated(condition), own)];
  const groups = both.join(`,${style.lineEnd}${indent}`);
  if (isAlone) return { span: group.span, text: groups };
  const from = start - (/[ \t]*$/.exec(before)?.[0].length ?? 0);
  return { span: { start: from, end }, text: `${style.lineEnd}${indent}${groups}` };
}
