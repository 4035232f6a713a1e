import type { ModelOutline, WeightRow } from '../model-outline.ts';
import { exponentText, wantedText } from './exponent-text.ts';
import { verdictLine } from './regime-text.ts';
import { judgeRow, MARKS } from './row-judgement.ts';

/** The weight tables of models as Markdown: verdict, table, what is wrong, what is missing, what was assumed. */
export function explainMarkdown(models: readonly ModelOutline[]): string {
  return `${models.map(modelMarkdown).join('\n\n')}\n`;
}

function modelMarkdown(model: ModelOutline): string {
  return [
    `# ${model.name}`,
    `**${verdictLine(model)}**`,
    tableOf(model.weights),
    list('What breaks transfer', problemsOf(model.weights)),
    list('What is missing', model.missing),
    list('Taken for granted', model.assumptions),
    LEGEND,
  ]
    .filter((section) => section !== '')
    .join('\n\n');
}

const LEGEND =
  'W = n^−a · w, w ~ N(0, n^−2b), learning rate η·n^−c on w; n is the width. ' +
  "μP's exponents are given in each weight's own form.";

/** Few and narrow columns: the table stands in half an editor. */
function tableOf(rows: readonly WeightRow[]): string {
  return ['| weight | a | b | c | μP wants | |', '|---|---|---|---|---|---|', ...rows.map(rowOf)].join('\n');
}

function rowOf(row: WeightRow): string {
  const { name, role, shape, a, b, c, optimizer } = row;
  const cells = [
    `\`${name}\`<br>${[role ?? 'role unknown', shape, optimizer ?? 'optimizer unknown'].join(' · ')}`,
    exponentText(a),
    exponentText(b),
    exponentText(c),
    wantedText(row),
    markOf(row),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** ✗ where something is wrong, ? where something is unknown, else ✓; empty for a weight that does not scale. */
export function markOf(row: WeightRow): string {
  if (row.role === 'finite') return '';
  const states = judgeRow(row).map((judged) => judged.state);
  if (states.includes('wrong')) return MARKS.wrong;
  return states.includes('unknown') ? MARKS.unknown : MARKS.right;
}

/** What each wrong exponent does, one sentence a line. */
export function problemsOf(rows: readonly WeightRow[]): readonly string[] {
  return rows.flatMap((row) =>
    judgeRow(row).flatMap(({ state, quantity, yours, wants, why }) =>
      state === 'wrong' ? [`${row.name}: ${quantity} is ${yours}, μP wants ${wants}: ${why}`] : [],
    ),
  );
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : [`## ${title}`, '', ...items.map((item) => `- ${item}`)].join('\n');
}
