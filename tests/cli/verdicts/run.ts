/**
 * `npm run verdicts`: every row of the regression of verdicts as a whole command, the slow ones too, the gradient–loss
 * bound on digits, and the rates from which the default of `compare` is taken, written into docs/verdicts.md; exit code 1 where a row is not right.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import {
  type ComparisonReport,
  type ComparisonVerdict,
  type ConvergenceReport,
  DEFAULT_RATES,
} from '@widthwise/core';
import { boundTable } from './bound-table.ts';
import { rateTable } from './rate-table.ts';
import { settingOf, VERDICT_ROWS, type VerdictRow } from './rows.ts';

const PAGE = new URL('../../../docs/verdicts.md', import.meta.url);
const BIN = fileURLToPath(new URL('../../../packages/server/bin/widthwise.js', import.meta.url));
const RATES = [16, 32, 64, 128, 256];
const ACTIVATIONS = ['tanh', 'gelu', 'silu'];
const CHECK = ['check', '--data', 'digits:8', '--widths', '64,128,256', '--steps', '40'];

function ratesSetting(activation: string, rate: number): string[] {
  return ['--parametrizations', 'sp,mup', '--activation', activation, '--lr', `${rate}`];
}

/** The JSON of a command in a folder of its own. */
function numbersOf<T>(args: readonly string[], files: Readonly<Record<string, string>> = {}): T {
  const cwd = mkdtempSync(join(tmpdir(), 'widthwise-verdicts-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    return JSON.parse(
      execFileSync(process.execPath, [BIN, ...args, '--json', '-'], {
        cwd,
        encoding: 'utf8',
        maxBuffer: 2 ** 28,
        stdio: ['ignore', 'pipe', 'ignore'],
      }),
    ) as T;
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

function wordsOf(name: string, { motion, richness, stable }: ComparisonVerdict): string {
  const stability = stable === null ? 'stability open' : stable ? 'stable' : 'unstable';
  return `${name}: ${motion}, ${richness ?? 'richness open'}, ${stability}`;
}

function lineOf(row: VerdictRow): { readonly line: string; readonly isRight: boolean } {
  const args = ['compare', ...settingOf(row.args)];
  const report = numbersOf<ComparisonReport>(args, row.files);
  const problems = row.problems(report);
  const said = [
    ...Object.entries(report.verdicts ?? {}).map(([name, verdict]) => wordsOf(name, verdict)),
    ...report.dependentSamples,
    ...problems.map((problem) => `not right: ${problem}`),
  ];
  const mark = problems.length === 0 ? '✓' : '✗';
  process.stdout.write(`${mark} ${row.what}: ${said.join('; ')}\n`);
  const cells = [row.what, `\`${args.join(' ')}\``, said.join('<br>'), mark];
  return { line: `| ${cells.join(' | ')} |`, isRight: problems.length === 0 };
}

const rows = VERDICT_ROWS.map(lineOf);
const { lines, isRight } = boundTable(numbersOf<ConvergenceReport>(CHECK).bounds);
process.stdout.write(`${lines.join('\n')}\n`);

const rates = rateTable(
  ACTIVATIONS.flatMap((activation) =>
    RATES.map((rate) => ({
      activation,
      rate,
      report: numbersOf<ComparisonReport>(['compare', ...ratesSetting(activation, rate)]),
    })),
  ),
);
process.stdout.write(`${rates.lines.join('\n')}\n`);
const isTrained = ACTIVATIONS.every(
  (activation) => DEFAULT_RATES.sgd <= (rates.largest.get(activation) ?? 0),
);

writeFileSync(
  PAGE,
  `# Verdicts that were wrong once, and the bound on digits

Written by \`npm run verdicts\`, which runs every command and ends with 1 where one says what is not right.

## Situations

An earlier rule of \`compare\` said something false in each. \`own.json\` and \`own.csv\` stand in [rows.ts](../tests/cli/verdicts/rows.ts), with what is right; the rule is in [math.md](math.md#slopes-and-verdicts). Moves, frozen and grows are of features as width grows.

| situation | command | what is said | |
|---|---|---|---|
${rows.map(({ line }) => line).join('\n')}

## The gradient–loss bound on digits

\`${CHECK.join(' ')}\`: the error signal ‖χ‖ and the bounds on it by the gradient, of the readout alone (N‖∇‖/σ_N) and of all layers at their rates, at the widest width in its worst seed. A bound that is below what it bounds would be an error of the product.

${lines.join('\n')}

## The rate of a comparison

\`compare ${ratesSetting('φ', 0).join(' ').replace(' 0', ' η')}\`: both are one network at width 128, every rate η/128 there, and the losses are those at width 1024. Both train up to ${ACTIVATIONS.map((activation) => `η = ${rates.largest.get(activation) ?? '–'} under ${activation}`).join(', ')}. The default, ${DEFAULT_RATES.sgd}, is the largest of these rates at which they do and every word is decided by five seeds.

${rates.lines.join('\n')}
`,
);
process.exitCode = isTrained && isRight && rows.every((row) => row.isRight) ? 0 : 1;
