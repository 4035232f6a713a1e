import { COMPARE_DEFAULTS } from '../../lab/experiments/compare-defaults.ts';
import type { CompareParams } from '../../lab/experiments/compare-params.ts';
import type { CommandSpec } from '../command-spec.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { numberOf, numbersOf, wordsOf } from '../read-values.ts';

const { widths, parametrizations, ...defaults } = COMPARE_DEFAULTS;

export const COMPARE_SPEC: CommandSpec = {
  name: 'compare',
  summary: 'train parametrizations over widths and measure which keeps features moving and rich',
  options: [
    {
      name: 'data',
      value: 'D',
      summary: 'digits[:P], mixture[:k,d,P] or csv:FILE[:label=COLUMN]',
      fallback: 'digits, 64 samples',
    },
    { name: 'data-seed', value: 'N', summary: 'seed of the mixture', fallback: String(defaults.dataSeed) },
    { name: 'widths', value: 'N,N,…', summary: 'at least two', fallback: widths.join(',') },
    {
      name: 'parametrizations',
      value: 'P,P,…',
      summary: 'sp-constant, sp, ntp, ip, mup or abc:FILE.json with your own exponents',
      fallback: parametrizations.join(','),
    },
    { name: 'depth', value: 'L', summary: 'number of hidden layers', fallback: String(defaults.depth) },
    {
      name: 'activation',
      value: 'φ',
      summary: 'sigmoid, tanh, silu, gelu, erf, relu or identity',
      fallback: defaults.activation,
    },
    { name: 'steps', value: 'T', summary: 'full-batch updates', fallback: String(defaults.steps) },
    { name: 'lr', value: 'η', summary: 'learning rate', fallback: String(defaults.learningRate) },
    { name: 'seeds', value: 'S', summary: 'seeds 0 to S−1', fallback: String(defaults.seeds) },
    {
      name: 'base-width',
      value: 'N',
      summary: 'where all parametrizations equal SP',
      fallback: String(defaults.baseWidth),
    },
    {
      name: 'probe',
      value: 'P',
      summary: 'training samples that are watched, at most a sixteenth of the smallest width',
      fallback: '8, or fewer where the data or the smallest width want it',
    },
    { name: 'loss', value: 'NAME', summary: 'half-square or square', fallback: defaults.loss },
    { name: 'reduction', value: 'NAME', summary: 'mean or sum over samples', fallback: defaults.reduction },
    { name: 'engine', value: 'NAME', summary: 'auto or reference', fallback: defaults.engine },
    { name: 'workers', value: 'N', summary: 'threads', fallback: 'one a processor, at most 4' },
    {
      name: 'store',
      value: 'DIR',
      summary: 'where results are kept and looked for',
      fallback: '.widthwise/store',
    },
    { name: 'fresh', summary: 'compute again what the store has' },
    {
      name: 'out',
      value: 'DIR',
      summary: 'where widthwise-<data>.{json,md,html} go',
      fallback: 'here; nowhere with --json -',
    },
    { name: 'json', value: 'FILE|-', summary: 'the result as JSON to a file, or alone to standard output' },
  ],
  notes: [
    'Ctrl-C stops between two steps and keeps what is finished; the same command again computes only the rest.',
  ],
  examples: [
    'widthwise compare',
    'widthwise compare --data csv:measurements.csv:label=species --seeds 8',
    'widthwise compare --parametrizations mup,abc:mine.json --widths 64,128,256',
  ],
};

/** What was asked for, without what was left out. @throws UsageError for what is no number */
export function compareParams(args: ParsedArgs): CompareParams {
  const given = {
    data: args.value('data'),
    dataSeed: numberOf(args, 'data-seed'),
    widths: numbersOf(args, 'widths'),
    parametrizations: wordsOf(args, 'parametrizations'),
    depth: numberOf(args, 'depth'),
    activation: args.value('activation'),
    steps: numberOf(args, 'steps'),
    learningRate: numberOf(args, 'lr'),
    seeds: numberOf(args, 'seeds'),
    baseWidth: numberOf(args, 'base-width'),
    probe: numberOf(args, 'probe'),
    loss: args.value('loss'),
    reduction: args.value('reduction'),
    engine: args.value('engine'),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
