import type { ModelOutline, WeightRow } from '../model-outline.ts';
import { legendOf } from './legend.ts';
import { missingText } from './missing-text.ts';
import { OPTIMIZER_NAMES } from './optimizer-names.ts';
import { verdictLine } from './regime-text.ts';
import { remediesOf } from './remedies.ts';
import { type JudgedExponent, judgeRow, MARKS, markOf, problemsOf } from './row-judgement.ts';

/** The models of a file as Markdown: verdict, what breaks it, what is missing, and then the table it follows from. */
export function explainMarkdown(models: readonly ModelOutline[]): string {
  return `${models.map(modelMarkdown).join('\n\n')}\n`;
}

function modelMarkdown(model: ModelOutline): string {
  return [
    `# ${model.name}`,
    `**${verdictLine(model)}**`,
    list('What breaks transfer', problemsOf(model.weights)),
    list('What to do', remediesOf(model)),
    list('What is missing', model.missing.map(missingText)),
    `## Weights\n\n${tableOf(model.weights)}`,
    list('Taken for granted', model.assumptions),
    legendOf(model),
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

/** Few and narrow columns, the mark first: the table stands in half an editor. */
function tableOf(rows: readonly WeightRow[]): string {
  const head = ['| | weight | init std | multiplier | rate |', '|---|---|---|---|---|'];
  return [...head, ...rows.map(rowOf)].join('\n');
}

function rowOf(row: WeightRow): string {
  const { name, role, shape, optimizer } = row;
  const trainedBy = optimizer === null ? 'optimizer unknown' : OPTIMIZER_NAMES[optimizer];
  const what = [role ?? 'role unknown', shape, trainedBy].join(' · ');
  const cells = [markOf(row), `\`${name}\`<br>${what}`, ...judgeRow(row).map(cellOf)];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What the code has, and below it what μP wants where that is something else. */
function cellOf({ yours, wants, state }: JudgedExponent): string {
  if (wants === '' || state === 'right') return unbroken(yours);
  const mine = state === 'wrong' ? `${MARKS.wrong} ${yours}` : yours;
  return `${unbroken(mine)}<br>${unbroken(`μP: ${wants}`)}`;
}

/** Kept on one line however narrow its column is: a word joiner behind a hyphen, spaces that hold. */
function unbroken(text: string): string {
  return text.replaceAll('-', '-\u2060').replaceAll(' ', '\u00a0');
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : [`## ${title}`, '', ...items.map((item) => `- ${item}`)].join('\n');
}
