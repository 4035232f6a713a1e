import type { TextEdit } from '../finding.ts';
import { loweredRate } from './group-rate.ts';
import type { ListedGroup } from './listed-group.ts';
import { negated } from './name-condition.ts';

interface Split {
  readonly condition: string;
  readonly factor: string;
  /** Whether code gives the groups their rates anew. */
  readonly isWritten: boolean;
}

/** What a group keeps for code that gives all groups one rate and multiplies it by the group's own factor. */
export function keptFactor(factor: string): string {
  return `, 'lr_scale': ${factor}`;
}

/** Makes two groups of one: some of its parameters with a rate of their own, and the others as they were. */
export function splitListed(
  text: string,
  { group, members, lr, rest }: ListedGroup,
  { condition, factor, isWritten }: Split,
): TextEdit | null {
  const source = text.slice(members.span.start, members.span.end);
  const whole = text.slice(group.span.start, group.span.end);
  // A comment would be lost, or would hide what is written behind it.
  if (!source.startsWith('[') || /#/.test(source + whole)) return null;
  const others = rest.map(
    ({ span }, at) => `${at % 2 === 0 ? ', ' : ': '}${text.slice(span.start, span.end)}`,
  );
  const isOwn = typeof lr !== 'string' && lr.span.start > group.span.start && lr.span.end < group.span.end;
  const rate = isOwn ? `, 'lr': ${text.slice(lr.span.start, lr.span.end)}` : '';
  const kept = isWritten ? keptFactor(factor) : '';
  const lower = `, 'lr': ${loweredRate(lr, factor, text)}${kept}`;
  const grouped = (told: string, own: string) => {
    const some = `${source.slice(0, -1).trimEnd()}${joint(members)}${told}]`;
    return `{'params': ${some}${others.join('')}${own}}`;
  };
  const line = text.slice(text.lastIndexOf('\n', group.span.start - 1) + 1);
  const [indent = ''] = /^[ \t]*/.exec(line) ?? [];
  const end = /\r\n|\n/.exec(text)?.[0] ?? '\n';
  return {
    span: group.span,
    text: `${grouped(condition, lower)},${end}${indent}${grouped(negated(condition), rate)}`,
  };
}

const ALONE: ReadonlySet<string> = new Set(['compare', 'call', 'name', 'attribute', 'subscript']);

/** Behind a condition that takes hold of no more than itself, ` and `; a second `if` goes with any. */
function joint({ conditions }: ListedGroup['members']): string {
  const last = conditions.at(-1);
  if (last === undefined) return ' if ';
  const isAnd = last.kind === 'logic' && last.operator === 'and';
  return isAnd || ALONE.has(last.kind) ? ' and ' : ' if ';
}
