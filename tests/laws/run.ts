/**
 * `npm run laws`: which engine keeps which law of `core/test/engine-laws.ts`, as a table; `--write` writes docs/engines.md. It
 * fetches what `onnx` and `tfjs` take; with `--tensorflow` TensorFlow too, as `npm run test:tensorflow` does. With `--gpu` it
 * judges the engines on the GPU alone, as far as `widthwise engines` has them load here.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { ACTIVATION_NAMES, OPTIMIZERS } from '@widthwise/core';
import { writeBetween } from '../support/write-between.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = join(ROOT, 'docs/engines.md');
const { values } = parseArgs({
  options: {
    gpu: { type: 'boolean', default: false },
    tensorflow: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const BEGIN = `<!-- measured: npm run laws -- ${values.gpu ? '--gpu ' : ''}--write -->`;
const END = values.gpu ? '<!-- end of the laws on a GPU -->' : '<!-- end of the laws -->';

interface Judged {
  readonly ancestorTitles: readonly string[];
  readonly title: string;
  readonly status: string;
}

/** What the tests of some files have come to. */
function judged(args: readonly string[]): readonly Judged[] {
  const folder = mkdtempSync(join(tmpdir(), 'widthwise-laws-'));
  const file = join(folder, 'laws.json');
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
  const asked = [vitest, 'run', ...args, '--reporter', 'json', '--outputFile', file];
  spawnSync(process.execPath, asked, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  return testResults.flatMap(
    (each: { readonly assertionResults: readonly Judged[] }) => each.assertionResults,
  );
}

/** What a law is told of, each of which has a test of its own. */
const CASES = [
  ...[...ACTIVATION_NAMES, ...Object.keys(OPTIMIZERS)],
  ...['half-square', 'cross-entropy', 'square', 'μP', 'IP'],
];
const CASE = new RegExp(`(?<![\\w-])(?:${CASES.join('|')})(?![\\w-])`, 'g');

/** By law and engine: how many of its cases are kept, of how many. */
function table(all: readonly Judged[]): ReadonlyMap<string, ReadonlyMap<string, readonly [number, number]>> {
  const laws = new Map<string, Map<string, readonly [number, number]>>();
  for (const { ancestorTitles, title, status } of all) {
    const [group = '', ...inside] = ancestorTitles.filter((each) => each !== '');
    const engine = /^the (.+ engine.*|.+) engine$|^the (.+) engine (on .+)$/.exec(group);
    if (engine === null) continue;
    const name = engine[1] ?? `${engine[2]} ${engine[3]}`;
    const law = [...inside, title].join(' ').replace(CASE, '…');
    const row = laws.get(law) ?? new Map();
    const [kept, of] = row.get(name) ?? [0, 0];
    laws.set(law, row.set(name, [kept + (status === 'passed' ? 1 : 0), of + 1]));
  }
  return laws;
}

/** What the driver of NVIDIA says is here. */
function gpuHere(): string {
  const { stdout } = spawnSync('nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader']);
  const [line = ''] = String(stdout ?? '').split('\n');
  return line === '' ? '' : `, ${line.replace(', ', ', driver ')}`;
}

const laws = table(
  values.gpu
    ? judged(['--config', 'tests/interop/gpu/vitest.config.ts'])
    : [
        ...judged(['--project', 'unit', 'packages/core/test/engine-laws.test.ts']),
        ...judged(['--project', 'torch', 'tests/interop/engines.test.ts']),
        ...(values.tensorflow ? judged(['--config', 'tests/interop/tensorflow/vitest.config.ts']) : []),
      ],
);
if (laws.size === 0)
  throw new Error('laws: no engine loads that could be judged; widthwise engines says why');
const names = [...new Set([...laws.values()].flatMap((row) => [...row.keys()]))];
const cell = (counts: readonly [number, number] | undefined): string =>
  counts === undefined ? '' : `${counts[0]} of ${counts[1]}`;
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const text = [
  `At ${commit}, Node ${process.versions.node}, ${process.platform} ${process.arch}${values.gpu ? gpuHere() : ''}: cases that are kept, of how many.`,
  '',
  `| law | ${names.join(' | ')} |`,
  `|---|${names.map(() => '---|').join('')}`,
  ...[...laws].map(([law, row]) => `| ${law} | ${names.map((name) => cell(row.get(name))).join(' | ')} |`),
].join('\n');
process.stdout.write(`${text}\n`);
if (values.write) {
  writeBetween(PAGE, [BEGIN, END], text);
}
const isKept = [...laws.values()].every((row) => [...row.values()].every(([kept, of]) => kept === of));
if (!isKept) process.exitCode = 1;
