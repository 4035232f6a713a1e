/**
 * `npm run verdicts`: every row of the regression of verdicts as a whole command, the slow ones too, and the
 * gradient–loss bound on digits, written into docs/verdicts.md; exit code 1 where a row is not right.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type { ComparisonReport, ComparisonVerdict, ConvergenceReport } from '@widthwise/core';
import { boundTable } from './bound-table.ts';
import { settingOf, VERDICT_ROWS, type VerdictRow } from './rows.ts';

const PAGE = new URL('../../../docs/verdicts.md', import.meta.url);
const BIN = fileURLToPath(new URL('../../../packages/server/bin/widthwise.js', import.meta.url));
const CHECK = ['check', '--data', 'digits:8', '--widths', '64,128,256', '--steps', '40'];

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
`,
);
process.exitCode = isRight && rows.every((row) => row.isRight) ? 0 : 1;
