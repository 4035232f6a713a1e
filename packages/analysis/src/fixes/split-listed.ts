import type { TextEdit } from '../finding.ts';
import { inOneLine } from './broken-lines.ts';
import type { CodeAround } from './code-around.ts';
import { type GroupEntry, groupEntry, groupText, lineStyle, withEntries } from './group-text.ts';
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
  { group, members, lr, rest }: ListedGroup,
  { condition, changed }: Split,
): TextEdit | null {
  const { text } = code;
  const { start, end } = group.span;
  const source = inOneLine(text.slice(members.span.start, members.span.end));
  // A comment would be lost, or would hide what is written behind it.
  if (!source?.startsWith('[') || inOneLine(text.slice(start, end)) === null) return null;
  const entries = rest.map(({ key, value }): GroupEntry => {
    const [name, written] = [key, value].map((part) => part && text.slice(part.span.start, part.span.end));
    return { name: key?.kind === 'text' ? (key.value ?? '') : '', key: name ?? '', value: written ?? '' };
  });
  const isOwn = typeof lr !== 'string' && lr.span.start > start && lr.span.end < end;
  const own = isOwn ? [groupEntry('lr', text.slice(lr.span.start, lr.span.end))] : [];
  const style = lineStyle(code, start);
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const indent = before.replaceAll(/\S/g, ' ');
  const grouped = (told: string, others: readonly GroupEntry[]) => {
    const some = groupEntry('params', `${source.slice(0, -1).trimEnd()}${joint(members)}${told}]`);
    const isOpen = text.slice(start, end).includes('\n');
    const place = { ...style, indent, column: indent.length, behind: 1, isOpen };
    return groupText([some, ...withEntries(entries, others)], place);
  };
  const both = [grouped(condition, changed), grouped(negated(condition), own)];
  return { span: group.span, text: both.join(`,${style.lineEnd}${indent}`) };
}

const ALONE: ReadonlySet<string> = new Set(['compare', 'call', 'name', 'attribute', 'subscript']);

/** Behind a condition that takes hold of no more than itself, ` and `; a second `if` goes with any. */
function joint({ conditions }: ListedGroup['members']): string {
  const last = conditions.at(-1);
  if (last === undefined) return ' if ';
  const isAnd = last.kind === 'logic' && last.operator === 'and';
  return isAnd || ALONE.has(last.kind) ? ' and ' : ' if ';
}
