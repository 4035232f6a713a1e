import {
  codeMarkdown,
  joinMarkdown,
  type Markdown,
  markdown,
  markdownText,
  ownMarkdown,
  tableMarkdown,
} from '@widthwise/core';
import type { ModelOutline, WeightRow } from '../model-outline.ts';
import { legendOf } from './legend.ts';
import { missingText } from './missing-text.ts';
import { trainerText } from './optimizer-names.ts';
import { verdictLine } from './regime-text.ts';
import { remediesOf } from './remedies.ts';
import { type JudgedExponent, judgeRow, MARKS, markOf, problemsOfModel } from './row-judgement.ts';
import { mayBeOffText, rowNameText } from './row-name.ts';

/** The models of a file as Markdown: verdict, what breaks it, what is missing, and then the table it follows from. */
export function explainMarkdown(models: readonly ModelOutline[]): string {
  return `${models.map(modelMarkdown).map(markdownText).join('\n\n')}\n`;
}

function modelMarkdown(model: ModelOutline): Markdown {
  const sections = [
    markdown`# ${model.name}`,
    markdown`**${verdictLine(model)}**`,
    ...list('What breaks transfer', problemsOfModel(model)),
    ...list('What Adam at one rate would break', model.underAdam?.problems ?? []),
    ...list('What to do', remediesOf(model)),
    ...list('What is missing', model.missing.map(missingText)),
    markdown`## Weights\n\n${tableOf(model.weights)}`,
    ...list('Taken for granted', model.assumptions),
    markdown`${legendOf(model)}`,
  ];
  return joinMarkdown(sections, '\n\n');
}

/** Few and narrow columns, first the mark, whether the weight scales as under μP: the table stands in half an editor. */
function tableOf(rows: readonly WeightRow[]): Markdown {
  return tableMarkdown(['μP', 'weight', 'init std', 'multiplier', 'rate'], rows.map(cellsOf));
}

function cellsOf(row: WeightRow): readonly Markdown[] {
  const off = mayBeOffText(row) ?? [];
  const what = [row.role ?? 'role unknown', row.shape, trainerText(row)].concat(off).join(' · ');
  return [
    markdown`${markOf(row)}`,
    markdown`${codeMarkdown(rowNameText(row))}<br>${what}`,
    ...judgeRow(row).map(exponentCell),
  ];
}

/** What the code has, and below it what μP wants where that is something else. */
function exponentCell({ yours, wants, state }: JudgedExponent): Markdown {
  if (wants === '' || state === 'right') return unbroken(yours);
  const mine = state === 'wrong' ? `${MARKS.wrong} ${yours}` : yours;
  return markdown`${unbroken(mine)}<br>${unbroken(`μP: ${wants}`)}`;
}

/** Words of ours, kept on one line however narrow its column is: a word joiner behind a hyphen, spaces that hold. */
function unbroken(text: string): Markdown {
  return ownMarkdown(text.replaceAll('-', '-\u2060').replaceAll(' ', '\u00a0'));
}

function list(title: string, items: readonly string[]): readonly Markdown[] {
  if (items.length === 0) return [];
  const lines = joinMarkdown(
    items.map((item) => markdown`- ${item}`),
    '\n',
  );
  return [markdown`## ${title}\n\n${lines}`];
}
