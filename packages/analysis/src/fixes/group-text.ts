import { type CodePlace, inLines, inOneLine } from './broken-lines.ts';
import type { CodeAround } from './code-around.ts';

/** What a parameter group says: `'lr': 1e-3`, key and value as code. */
export interface GroupEntry {
  readonly name: string;
  readonly key: string;
  readonly value: string;
}

export function groupEntry(name: string, value: string): GroupEntry {
  return { name, key: `'${name}'`, value };
}

/** A group as a dict, over lines where it is too long. */
export function groupText(entries: readonly GroupEntry[], place: CodePlace): string {
  const said = entries.map(({ key, value }) => `${key}: ${inOneLine(value) ?? value}`);
  return inLines(`{${said.join(', ')}}`, place);
}

/** Entries with others, each in the place of the one of its name, if there is one. */
export function withEntries(
  entries: readonly GroupEntry[],
  others: readonly GroupEntry[],
): readonly GroupEntry[] {
  const kept = entries.map((entry) => {
    const value = others.find(({ name }) => name === entry.name)?.value ?? entry.value;
    return { ...entry, value };
  });
  const names = new Set(entries.map(({ name }) => name));
  return [...kept, ...others.filter(({ name }) => !names.has(name))];
}

/** How the file breaks its lines, at an offset. */
export type LineStyle = Pick<CodePlace, 'indent' | 'step' | 'lineEnd'>;

export function lineStyle({ text, module }: Pick<CodeAround, 'text' | 'module'>, offset: number): LineStyle {
  const lead = module.body.find(({ kind }) => kind === 'class' || kind === 'function');
  const first = lead?.kind === 'class' || lead?.kind === 'function' ? lead.body[0] : undefined;
  const own = first === undefined ? '' : indentAt(text, first.span.start);
  return {
    indent: indentAt(text, offset),
    step: own === '' ? '    ' : own,
    lineEnd: /\r\n|\n/.exec(text)?.[0] ?? '\n',
  };
}

/** What the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}
