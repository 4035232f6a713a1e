import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { interopPython } from '../python/interpreter.ts';

/**
 * `npm run test:interop`: mends the models of `models/` with `lint --fix`, builds them in PyTorch before and after, and
 * holds every fix to what it says. At the base width every parameter starts with the same numbers and is trained at the
 * same rate and decay; at 2× and 4× what a finding was about goes like the power of the width that it should, and rate
 * times decay is at every width what it is at the base width.
 */
const { values } = parseArgs({ options: { python: { type: 'string' } } });
const here = import.meta.dirname;
const widthwise = path.resolve(here, '../../../packages/server/bin/widthwise.js');

interface Group {
  readonly size: number;
  readonly lr: number;
  readonly decay: number;
}

interface Held {
  readonly name: string;
  readonly widths: readonly number[];
  readonly parameters: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly same: boolean; readonly before: Group; readonly after: Group }>>
    >
  >;
}

interface Row {
  readonly name: string;
  readonly b: number | 'zero' | null;
  readonly c: number | null;
}

/** What `lint` says of a file. */
interface Said {
  readonly findings: readonly {
    readonly code: string;
    readonly weights: readonly string[];
    readonly line: number;
  }[];
  readonly models: readonly { readonly weights: readonly Row[] }[];
}

function lint(file: string, ...flags: string[]): Said {
  const args = [widthwise, 'lint', file, '--profile', 'mup', '--format', 'json', ...flags];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8 });
  if (stdout === '') throw new Error(`lint ${file}: ${stderr}`);
  return JSON.parse(stdout) as Said;
}

/** A file with its fixes, what was found before, and what is said after. */
function mended(
  folder: string,
  file: string,
): { readonly after: string; readonly before: Said; readonly said: Said } {
  const before = lint(file);
  const after = path.join(folder, path.basename(file));
  writeFileSync(after, readFileSync(file));
  return { after, before, said: lint(after, '--fix') };
}

/** How far a slope over four random starts may be off: the spread of a standard deviation of at least 3 · 64² entries. */
const TOLERANCE = 0.03;

/** The exponent that a size or rate shows between the base width and four times that. */
function exponentOf(base: number, wide: number): number {
  return -Math.log2(wide / base) / 2;
}

function rowOf(said: Said, parameter: string): Row | undefined {
  const rows = said.models.flatMap(({ weights }) => weights);
  return rows.find(({ name }) =>
    new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '\\d+')}$`).test(parameter),
  );
}

function problemsOf({ parameters, widths }: Held, said: Said): readonly string[] {
  const [base = 0, , wide = 0] = widths;
  return Object.entries(parameters).flatMap(([name, at]) => {
    const [narrow, far] = [at[base]!, at[wide]!];
    const problems: string[] = [];
    if (!narrow.same) problems.push(`${name} starts otherwise at the base width`);
    if (narrow.before.lr !== narrow.after.lr || narrow.before.decay !== narrow.after.decay) {
      problems.push(`${name} is trained otherwise at the base width`);
    }
    const row = rowOf(said, name);
    if (row === undefined) return [...problems, `${name} is in no row`];
    const b = exponentOf(narrow.after.size, far.after.size);
    if (typeof row.b === 'number' && Math.abs(b - row.b) > TOLERANCE && name.endsWith('weight')) {
      problems.push(`${name}: std goes like n^${-b}, and the table says b = ${row.b}`);
    }
    const c = exponentOf(narrow.after.lr, far.after.lr);
    if (row.c !== null && Math.abs(c - row.c) > 1e-9) {
      problems.push(`${name}: its rate goes like n^${-c}, and the table says c = ${row.c}`);
    }
    const decays = widths.map((width) => at[width]!.after.decay);
    if (decays.some((decay) => Math.abs(decay - narrow.after.decay) > 1e-12)) {
      problems.push(`${name}: rate × decay goes with the width: ${decays.join(', ')}`);
    }
    return problems;
  });
}

/** Sizes, rates and decays at the base width and at four times that, of what the fixes changed. */
function tableOf({ parameters, widths }: Held): readonly string[] {
  const [base = 0, , wide = 0] = widths;
  return Object.entries(parameters).flatMap(([name, at]) => {
    const [narrow, far] = [at[base]!, at[wide]!];
    if (far.same && far.before.lr === far.after.lr) return [];
    const pair = (key: keyof Group) =>
      `${narrow.after[key].toPrecision(3)} → ${far.before[key].toPrecision(3)} before, ${far.after[key].toPrecision(3)} after`;
    return [`  ${name}: size ${pair('size')}; rate ${pair('lr')}; rate × decay ${pair('decay')}`];
  });
}

const python = interopPython(values.python);
const folder = mkdtempSync(path.join(tmpdir(), 'widthwise-fixes-'));
try {
  const models = path.join(here, 'models');
  const files = readdirSync(models)
    .filter((name) => name.endsWith('.py'))
    .sort();
  const each = files.map((name) => ({
    name,
    file: path.join(models, name),
    ...mended(folder, path.join(models, name)),
  }));
  const asked = each.map(({ name, file, after }) => ({ name, before: file, after }));
  const held = JSON.parse(
    execFileSync(python, [path.join(here, 'hold_fixes.py')], {
      input: JSON.stringify(asked),
      encoding: 'utf8',
      maxBuffer: 1e8,
    }),
  ) as readonly Held[];
  let wrong = 0;
  for (const [index, one] of held.entries()) {
    const { before, said } = each[index]!;
    const codes = [...new Set(before.findings.map(({ code }) => code))].join(', ');
    const left = said.findings.length;
    const problems = problemsOf(one, said);
    const none = before.findings.length === left ? ['nothing was mended'] : [];
    wrong += problems.length + none.length;
    console.log(
      `${one.name}: ${before.findings.length} findings (${codes}), ${left} left; at ${one.widths.join(', ')}:`,
    );
    for (const line of [...tableOf(one), ...[...problems, ...none].map((problem) => `  ✗ ${problem}`)])
      console.log(line);
  }
  console.log(wrong === 0 ? 'every fix is what it says' : `${wrong} problems`);
  process.exitCode = wrong === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
