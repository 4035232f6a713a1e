/** `npm run theory`: what theory states beside what the product computes, written into docs/theory.md; exit code 1 where they differ. */
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { boundRow, floatRow } from './bounds.ts';
import { classificationRows } from './classification.ts';
import { ensembleRows } from './ensembles.ts';
import { formRows } from './forms.ts';
import { kernelRows } from './kernels.ts';
import { limitRows } from './limits.ts';
import type { TheoryRow } from './row.ts';
import { slopeRows } from './slopes.ts';

const PAGE = new URL('../../docs/theory.md', import.meta.url);

const PARTS: readonly (() => readonly TheoryRow[])[] = [
  formRows,
  classificationRows,
  slopeRows,
  kernelRows,
  limitRows,
  ensembleRows,
  () => [boundRow(), floatRow()],
];

const rows = PARTS.flatMap((part) => {
  const found = part();
  for (const { id, states, computed, holds } of found) {
    process.stdout.write(`${holds ? '✓' : '✗'} ${id} ${states}: ${computed}\n`);
  }
  return found;
});

const lines = rows.map(
  ({ id, states, expected, computed, holds }) =>
    `| ${[id, states, expected, computed, holds ? '✓' : '✗'].map((cell) => cell.replaceAll('|', '\\|').replaceAll(/-(?=\d)/g, '−')).join(' | ')} |`,
);

await writeFile(
  PAGE,
  `# What theory states, and what is computed

Written by \`npm run theory\`. Expected values come from closed forms, from NumPy and SciPy written independently of this code, or from the papers that [math.md](math.md) names; computed ones from the code that the product runs.

| | what | expected | computed | |
|---|---|---|---|---|
${lines.join('\n')}

T3 holds where the exponent lies in the slope's 95 % interval widened by 0.1: terms of the next order in 1/n bend power laws at these widths.

## What is stated and not computed

* The limit in training of L ≥ 2 hidden layers with a nonlinear φ in equations: Monte Carlo with the response terms A and B. There \`limit\`, \`compare\` and \`check\` extrapolate over widths.
* The limit of a run by mini-batches, with momentum, or with Adam: the equations are of gradient descent on all samples, and what is trained otherwise is extrapolated.
* The gradient–loss bound of single batches and of soft targets, the irreducible error under weight decay, and the time that a frozen readout would still take.
* The least gradient that a loss implies, which is the gradient–loss bound read backwards, and bounds on λ_min of the tangent kernel and of a Gram that changes by those of layers and of the start (Schur, Weyl): both are measured instead.
* λ_min divided by (1 − √(P/n))², its bias by the number of samples: it is avoided by 16 units a sample, and its size is in [math.md](math.md#probe-size).
* The spectral condition for layers of unequal widths: built-in networks have one width.
`,
);
process.exitCode = rows.every(({ holds }) => holds) ? 0 : 1;
