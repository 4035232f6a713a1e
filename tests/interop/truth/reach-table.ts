import { VALUES } from './judge.ts';
import { type Result, saidOf } from './result-text.ts';
import { regimeOf } from './trained.ts';

/** The models of which everything is wanted. */
const WANTED = [
  'nanoGPT',
  'minGPT',
  'nanoGPT-mup',
  'nanochat',
  'litgpt',
  'HF gpt2',
  'HF llama',
  'HF qwen3',
  'torchtitan llama3',
  'DiT',
  'timm ViT',
  'mup MLP',
  'mup Transformer',
  'mup ResNet',
];

/**
 * Markdown: of each wanted model how many of its parameters stand in the table and have role, a, b and c, how many of the
 * values that were measured are as said, the verdict, and what the model trains as; below, of each row what it lacks.
 */
export function reachTable(results: readonly Result[]): string {
  const wanted = WANTED.flatMap((name) => results.find(({ measured }) => measured.name === name) ?? []);
  const heads = ['model', 'parameters', ...VALUES, 'as measured', 'verdict', 'trains as'];
  const lacks = wanted.flatMap(({ measured, judgement, said: model }) => {
    const lines = judgement.inTable === 0 ? (model?.missing ?? []) : lackingTexts(judgement.lacking);
    return lines.length === 0 ? [] : [`- ${measured.name}: ${lines.join('; ')}.`];
  });
  const table = [heads, heads.map(() => '---'), ...wanted.map(cellsOf)];
  return [...table.map((cells) => `| ${cells.join(' | ')} |`), '', ...lacks].join('\n');
}

function cellsOf({ measured, judgement, said: model, training }: Result): readonly string[] {
  const { parameters, inTable, known, counts } = judgement;
  const count = (of: 'right' | 'wrong'): number => VALUES.reduce((sum, value) => sum + counts[value][of], 0);
  const hasRates = measured.variants?.[0]?.parameters.some(({ c }) => c !== null) ?? false;
  const cells = VALUES.map((value) =>
    value === 'c' && !hasRates && known.c === 0 ? '–' : `${known[value]}`,
  );
  const regimes = (training?.modes ?? []).map(({ mode, outputs }) => {
    const regime = regimeOf(outputs) ?? 'open';
    return mode === 'default' ? regime : `${regime} (${mode})`;
  });
  return [
    measured.name,
    `${inTable} of ${parameters}`,
    ...cells,
    `${count('right')} of ${count('right') + count('wrong')}`,
    (model && saidOf(model)) ?? '–',
    regimes.join(', ') || '–',
  ];
}

/** What rows lack, those of one reason together. */
function lackingTexts(sentences: readonly string[]): readonly string[] {
  const byReason = new Map<string, string[]>();
  for (const sentence of sentences) {
    const [name = '', ...rest] = sentence.split(': ');
    const reason = rest.join(': ');
    byReason.set(reason, [...(byReason.get(reason) ?? []), `\`${name}\``]);
  }
  return [...byReason].map(([reason, names]) => `${names.join(', ')} ${reason}`);
}
