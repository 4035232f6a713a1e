import type { ComparisonReport, ComparisonVerdict } from '@widthwise/core';

/** A command whose verdict an earlier rule got wrong, and what is right. */
export interface VerdictRow {
  readonly what: string;
  /** Of `widthwise compare`, beside η = 1 at base width 1. */
  readonly args: readonly string[];
  /** Written into the folder first. */
  readonly files?: Readonly<Record<string, string>>;
  /** Takes too long for every run of the tests. */
  readonly slow?: boolean;
  /** What is not right; empty where all is. */
  problems(report: ComparisonReport): readonly string[];
}

const SAMPLES = [
  [0.9, -0.3, 0.4, 1.2],
  [-1.1, 0.8, 0.3, -0.2],
  [0.2, 1.4, -0.9, 0.5],
  [1.3, 0.1, 0.7, -1.5],
  [-0.6, -1.2, 1.1, 0.3],
];

/** The rows of `verdicts.md` that a μP author would check. */
export const VERDICT_ROWS: readonly VerdictRow[] = [
  {
    what: 'IP starts collapsed and escapes: only μP moves without growing',
    args: [
      ...['--data', 'digits:16', '--widths', '64,128,256', '--seeds', '3', '--steps', '100', '--lr', '5'],
      ...['--parametrizations', 'ip,mup'],
    ],
    problems: (report) => [
      ...expected(report, 'ip', { richness: 'low', featureLearning: null }),
      ...expected(report, 'mup', { featureLearning: true, stable: true }),
      ...(verdictOf(report, 'mup').richness === 'low' ? ['μP is low'] : []),
      ...told(report, 'ip', 'starts collapsed'),
    ],
  },
  {
    what: 'a movement that falls towards a limit above 0 is not frozen',
    args: [
      ...['--activation', 'sigmoid', '--lr', '0.5', '--widths', '128,256,512', '--seeds', '8'],
      ...['--parametrizations', 'mup'],
    ],
    slow: true,
    problems: (report) => (verdictOf(report, 'mup').featureLearning === false ? ['frozen'] : []),
  },
  {
    what: 'movement that grows keeps nothing',
    args: [
      ...['--data', 'digits:16', '--widths', '64,128,256,512', '--seeds', '6', '--lr', '0.05'],
      ...['--parametrizations', 'abc:own.json'],
    ],
    files: { 'own.json': abc([0, 0, -2], [0, 0.5, -1], [0, 1.5, 1.5]) },
    problems: (report) => expected(report, 'own', { motion: 'grows', featureLearning: null, stable: false }),
  },
  {
    what: 'a slope of −0.2 that theory predicts falls',
    args: [
      ...['--data', 'digits:16', '--widths', '128,256,512', '--seeds', '6'],
      ...['--parametrizations', 'abc:own.json'],
    ],
    files: { 'own.json': abc([0, 0, -0.6], [0, 0.5, 0.4], [0, 0.8, 1]) },
    problems: (report) => expected(report, 'own', { featureLearning: false }),
  },
  {
    what: 'features whose start vanishes like n^−0.1 are not rich',
    args: [
      ...['--data', 'digits:16', '--widths', '128,256,512', '--seeds', '6', '--depth', '2'],
      ...['--parametrizations', 'abc:own.json'],
    ],
    files: { 'own.json': abc([0, 0, -1], [0, 0.6, 0], [0, 1, 1]) },
    problems: (report) => (verdictOf(report, 'own').richness === 'rich' ? ['rich'] : []),
  },
  ...['1e-12', '1e-16'].map(
    (rate): VerdictRow => ({
      what: `nothing is trained at η = ${rate}`,
      args: ['--data', 'digits:16', '--widths', '64,128,256', '--lr', rate, '--parametrizations', 'sp,mup'],
      problems: (report) =>
        ['sp', 'mup'].flatMap((name) =>
          expected(report, name, {
            motion: 'untrained',
            featureLearning: null,
            stable: null,
            richness: null,
          }),
        ),
    }),
  ),
  {
    what: 'one probed sample tells nothing of independence',
    args: ['--data', 'digits:16', '--widths', '16,32,64', '--parametrizations', 'mup'],
    problems: (report) => expected(report, 'mup', { richness: null, richnessMeasured: false }),
  },
  {
    what: 'divergence at the narrowest width is a rate that is too large',
    args: ['--data', 'digits:16', '--widths', '128,256,512', '--seeds', '4', '--lr', '30'],
    problems: (report) => [
      ...expected(report, 'ntp', { stable: null }),
      ...told(report, 'ntp', 'not measured at η = 30'),
    ],
  },
  {
    what: 'a Gram of low rank has eigenvalues',
    args: [
      ...[
        '--data',
        'digits:64',
        '--probe',
        '64',
        '--widths',
        '1024,1040,1088',
        '--seeds',
        '2',
        '--depth',
        '4',
      ],
      ...['--activation', 'sigmoid', '--parametrizations', 'ip', '--steps', '1'],
    ],
    slow: true,
    problems: ({ rows }) =>
      rows.flatMap(({ width, layers }) =>
        layers.flatMap(({ layer, lambdaMinFinal, floor }) =>
          lambdaMinFinal !== null && lambdaMinFinal >= 0 && floor !== null
            ? []
            : [`width ${width}, layer ${layer}: ${lambdaMinFinal}`],
        ),
      ),
  },
  {
    what: 'two equal rows are named',
    args: ['--data', 'csv:own.csv', '--widths', '64,128', '--probe', '4', '--parametrizations', 'mup'],
    files: { 'own.csv': csv([SAMPLES[0]!, SAMPLES[0]!, ...SAMPLES.slice(2)]) },
    problems: (report) => [
      ...named(report, 'rows 1 and 2 of the data are equal'),
      ...expected(report, 'mup', { richness: null, richnessMeasured: false }),
    ],
  },
  {
    what: 'two opposite rows under tanh are named; the mean of five samples and their opposites is 0',
    args: ['--data', 'csv:own.csv', '--widths', '64,128', '--probe', '4', '--parametrizations', 'mup'],
    files: { 'own.csv': csv([...SAMPLES, ...SAMPLES].map(opposites)) },
    problems: (report) => named(report, 'rows 1 and 2 of the data are opposite'),
  },
  {
    what: 'two rows in all are too few, and opposite once standardized',
    args: ['--data', 'csv:own.csv', '--widths', '64,128', '--parametrizations', 'mup'],
    files: { 'own.csv': csv(SAMPLES.slice(0, 2)) },
    problems: (report) => expected(report, 'mup', { richness: null, richnessMeasured: false }),
  },
];

/** The arguments of `compare`, with what every row is trained at unless it says otherwise. */
export function settingOf(args: readonly string[]): readonly string[] {
  return ['--base-width', '1', ...(args.includes('--lr') ? [] : ['--lr', '1']), ...args];
}

function verdictOf({ verdicts }: ComparisonReport, name: string): ComparisonVerdict {
  const found = verdicts?.[name];
  if (found === undefined) throw new Error(`no verdict on ${name}`);
  return found;
}

function expected(report: ComparisonReport, name: string, right: Partial<ComparisonVerdict>): string[] {
  const verdict: Readonly<Record<string, unknown>> = { ...verdictOf(report, name) };
  return Object.entries(right).flatMap(([field, value]) =>
    verdict[field] === value ? [] : [`${name}: ${field} is ${JSON.stringify(verdict[field])}`],
  );
}

function told(report: ComparisonReport, name: string, clause: string): string[] {
  const { reasons } = verdictOf(report, name);
  return reasons.some((reason) => reason.includes(clause)) ? [] : [`${name} does not say "${clause}"`];
}

function named({ dependentSamples }: ComparisonReport, clause: string): string[] {
  return dependentSamples.some((text) => text.startsWith(clause)) ? [] : [`does not say "${clause}"`];
}

type Abc = readonly [a: number, b: number, c: number];

function abc(...layers: readonly [input: Abc, hidden: Abc, output: Abc]): string {
  const [input, hidden, output] = layers.map(([a, b, c]) => ({ a, b, c }));
  return JSON.stringify({ name: 'own', input, hidden, output });
}

function csv(rows: readonly (readonly number[])[]): string {
  return rows.map((row, index) => `${row.join(',')},${index % 2}\n`).join('');
}

/** Every second of a list of pairs, turned around. */
function opposites(_: readonly number[], index: number): readonly number[] {
  const row = SAMPLES[Math.floor(index / 2)]!;
  return index % 2 === 0 ? row : row.map((entry) => -entry);
}
