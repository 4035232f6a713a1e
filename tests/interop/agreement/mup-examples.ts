import { join } from 'node:path';
import { type BesideMup, furthestApart, sizesBesideMup } from '../built/beside-mup.ts';

const script = join(import.meta.dirname, 'mup_examples.py');
const COUNTS = { seeds: 3, steps: 3 } as const;

/** The models of mup's own examples. */
const EXAMPLES: readonly (BesideMup & { readonly name: string; readonly trainedBy: string })[] = [
  { name: 'MLP', trainedBy: 'MuSGD', script, factory: 'mlp', widths: '64,128,256', ...COUNTS },
  {
    name: 'Transformer',
    trainedBy: 'MuAdam',
    script,
    factory: 'transformer',
    widths: '64,128,256',
    ...COUNTS,
  },
  { name: 'ResNet', trainedBy: 'MuSGD', script, factory: 'resnet', widths: '16,32,64', ...COUNTS },
];

/** The same operations in single precision, the same seeds and batch: what is left is the order of sums. */
const ROUNDING = 1e-4;

/** Sizes of mup's own examples beside those of `mup.coord_check`, as a table of Markdown, and whether they are the same. */
export function mupExamples(python: string): { readonly table: string; readonly isSame: boolean } {
  const measured = EXAMPLES.map((one) => {
    const pairs = sizesBesideMup(python, one);
    return { ...one, count: pairs.length, apart: furthestApart(pairs) };
  });
  const rows = measured.map(
    ({ name, trainedBy, widths, count, apart }) =>
      `| ${name} | ${trainedBy} | ${widths.replaceAll(',', ', ')} | ${count} | ${apart === 0 ? '0' : apart.toExponential(1)} |`,
  );
  return {
    table: [
      '| model | trained by | widths | values | furthest apart |',
      '|---|---|---|---|---|',
      ...rows,
    ].join('\n'),
    isSame: measured.every(({ count, apart }) => count > 0 && apart < ROUNDING),
  };
}
