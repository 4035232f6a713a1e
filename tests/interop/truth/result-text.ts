import { type Judgement, VALUES } from './judge.ts';
import type { MeasuredModel } from './measured.ts';
import type { SaidModel } from './said.ts';
import { againstTraining, regimeOf, type TrainedModel } from './trained.ts';

/** One model: as it was measured, as it was said, and the one held to the other. */
export interface Result {
  readonly measured: MeasuredModel;
  readonly said: SaidModel | undefined;
  readonly failure: string | undefined;
  readonly judgement: Judgement;
  /** How its sizes and changes grew when it was trained, if it was. */
  readonly training: TrainedModel | undefined;
}

/** Whether a value or the verdict is wrong. */
export function isWrong({ judgement, said, training }: Result): boolean {
  return judgement.wrong.length > 0 || verdictProblems(said, training).length > 0;
}

function verdictProblems(
  model: SaidModel | undefined,
  training: TrainedModel | undefined,
): readonly string[] {
  const regime = saidOf(model);
  return regime === null || training === undefined ? [] : againstTraining(regime, training);
}

/** The verdict, or that under Adam at one rate, which trains what has no optimizer here, too. */
export function saidOf(model: SaidModel | undefined): string | null {
  if (model === undefined) return null;
  return model.verdict === 'unknown' ? (model.underAdam ?? null) : model.verdict;
}

/** What is said of one model, and what is wrong with it or missing. */
export function modelText({ measured, said: model, failure, judgement, training }: Result): string {
  const { parameters, matrices, inTable, matricesInTable, matricesRead, counts } = judgement;
  const values = VALUES.map((value) => {
    const { right, wrong, silent } = counts[value];
    return `${value} ${right}/${wrong}/${silent}`;
  });
  const shown =
    model === undefined
      ? `NOT SHOWN (${failure ?? 'not among the models of its file'})`
      : model.verdict + (model.underAdam === undefined ? '' : `, under Adam ${model.underAdam}`);
  return [
    `${measured.name} ${measured.class}: ${shown}; width ${model?.widths.join(', ') || '–'}`,
    `  parameters ${inTable}/${parameters} in table, matrices ${matricesInTable}/${matrices}, ${matricesRead} read; ${values.join(', ')} (right/wrong/none)`,
    ...listText('WRONG', [...verdictProblems(model, training), ...judgement.wrong], 20),
    ...(training?.modes ?? []).map(({ mode, outputs }) => {
      const own = outputs.find(({ name }) => name === '');
      const slopes = [own?.size, own?.change].map((slope) => slope?.join(' ± ') ?? '0');
      return `    trained, ${mode}: ${regimeOf(outputs) ?? 'open'} (output ${slopes[0]}, its change ${slopes[1]})`;
    }),
    ...listText('silently missing', judgement.silentlyMissing, 6),
    ...listText('ghost', judgement.ghosts, 10),
    ...listText('named', judgement.named, 4),
    ...listText('lacks', judgement.lacking, 12),
    ...listText('model:', model?.missing ?? [], 6),
  ].join('\n');
}

function listText(title: string, items: readonly string[], most: number): readonly string[] {
  const rest = items.length > most ? [`    ${title} … ${items.length - most} more`] : [];
  return [...items.slice(0, most).map((item) => `    ${title} ${item}`), ...rest];
}

/**
 * Markdown, a row a model and mode that has a verdict or was trained: what is said, by which optimizer it was trained, how
 * its output and the output's change grow, and the regime that these prove.
 */
export function verdictTable(results: readonly Result[]): string {
  const rows = results.flatMap(({ measured, said: model, training }) => {
    const said = saidOf(model);
    const shown = said === null ? '–' : model?.verdict === 'unknown' ? `${said} under Adam` : said;
    const modes = training?.modes ?? [];
    if (modes.length === 0)
      return said === null ? [] : [[measured.name, shown, '–', '–', '–', 'not trained']];
    return modes.map(({ mode, outputs }) => {
      const own = outputs.find(({ name }) => name === '');
      const name = mode === 'default' ? measured.name : `${measured.name}, ${mode}`;
      const trained = regimeOf(outputs) ?? 'open';
      const held = said === null ? trained : trained === said ? `${trained} ✓` : trained;
      return [name, shown, training?.optimizer ?? '–', slopeText(own?.size), slopeText(own?.change), held];
    });
  });
  const heads = ['model', 'said', 'trained by', 'size of the output', 'its change', 'trains as'];
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function slopeText(slope: readonly [number, number] | null | undefined): string {
  return slope ? `${slope[0].toFixed(2).replace('-', '−')} ± ${slope[1].toFixed(2)}` : '0';
}

/** The sums over all models. */
export function totalsText(results: readonly Result[]): string {
  const sum = (of: (one: Judgement) => number): number =>
    results.reduce((total, { judgement }) => total + of(judgement), 0);
  const verdicts = results.filter(({ said: model }) => (model?.verdict ?? 'unknown') !== 'unknown').length;
  const shown = results.filter(({ said: model }) => model !== undefined).length;
  const underAdam = results.filter(({ said: model }) => model?.underAdam !== undefined).length;
  const values = VALUES.map((value) => {
    const of = (outcome: 'right' | 'wrong' | 'silent'): number => sum((one) => one.counts[value][outcome]);
    return `${value} ${of('right')}/${of('wrong')}/${of('silent')}`;
  });
  return [
    `models ${results.length}, shown ${shown}, with a verdict ${verdicts}, with one under Adam ${underAdam}`,
    `matrices ${sum((one) => one.matrices)}: in table ${sum((one) => one.matricesInTable)}, role, a and b ${sum((one) => one.matricesRead)}`,
    `parameters ${sum((one) => one.parameters)}: in table ${sum((one) => one.inTable)}, named as missing ${sum((one) => one.named.length)}, silently missing ${sum((one) => one.silentlyMissing.length)}; ghosts ${sum((one) => one.ghosts.length)}`,
    `${values.join(', ')} (right/wrong/none)`,
  ].join('\n');
}
