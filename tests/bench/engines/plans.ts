/**
 * `npm run bench:plans`: what ten plans take beside what their command says before it starts, on every engine that loads;
 * `--write` writes docs/performance.md. A plan is run whole, in a process of its own, with an empty store.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';

const ROOT = join(import.meta.dirname, '../../..');
const CLI = join(ROOT, 'packages/server/dist/cli.js');
const PAGE = join(ROOT, 'docs/performance.md');
const BEGIN = '<!-- measured: npm run bench:plans -- --write -->';
const END = '<!-- end of the plans -->';

/** So many seeds that each takes some seconds: what is said of it is whole seconds. */
interface Plan {
  readonly name: string;
  readonly asked: string;
  readonly seeds: Readonly<Record<'wasm' | 'onnx' | 'reference', number>>;
}

const PLANS: readonly Plan[] = [
  { name: 'demo', asked: 'compare', seeds: { wasm: 10, onnx: 6, reference: 3 } },
  { name: 'narrow', asked: 'compare --widths 32,64,128', seeds: { wasm: 60, onnx: 20, reference: 40 } },
  {
    name: 'deep',
    asked: 'compare --widths 64,128,256 --depth 8',
    seeds: { wasm: 20, onnx: 8, reference: 12 },
  },
  {
    name: 'long',
    asked: 'compare --widths 64,128,256 --steps 200 --parametrizations sp,mup',
    seeds: { wasm: 20, onnx: 12, reference: 6 },
  },
  {
    name: 'adam',
    asked: 'compare --widths 128,256,512 --optimizer adam --steps 40 --lr 0.01',
    seeds: { wasm: 8, onnx: 6, reference: 2 },
  },
  {
    name: 'batches',
    asked: 'compare --widths 128,256,512 --data digits:512 --batch 32 --steps 100 --parametrizations sp,mup',
    seeds: { wasm: 10, onnx: 8, reference: 2 },
  },
  {
    name: 'samples',
    asked: 'compare --widths 128,256,512 --data digits:1024 --parametrizations sp,mup',
    seeds: { wasm: 8, onnx: 8, reference: 2 },
  },
  {
    name: 'wide coordinates',
    asked: 'coord-check --parametrization mup --widths 256,512,1024,2048 --steps 3',
    seeds: { wasm: 6, onnx: 4, reference: 2 },
  },
  {
    name: 'bounds',
    asked: 'check --parametrization mup --data digits:24',
    seeds: { wasm: 6, onnx: 4, reference: 2 },
  },
  { name: 'limit', asked: 'limit --widths 128,256,512', seeds: { wasm: 12, onnx: 8, reference: 3 } },
];

/** Seconds, as the command has them. */
interface Told {
  readonly foretold: number;
  readonly taken: number;
}

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    engines: { type: 'string', default: 'wasm,onnx,reference' },
    plans: { type: 'string', default: PLANS.map(({ name }) => name).join() },
  },
});

/** What a command prints; null where its engine does not load. */
function printed({ asked, seeds }: Plan, engine: keyof Plan['seeds']): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'widthwise-plans-'));
  const flags = [...asked.split(' '), '--engine', engine, '--seeds', String(seeds[engine])];
  const options = { cwd: folder, env: { ...process.env, NO_COLOR: '1' }, encoding: 'utf8' } as const;
  const { status, stdout } = spawnSync(process.execPath, [CLI, ...flags], options);
  rmSync(folder, { recursive: true, force: true });
  // 1 is a check that fails, and has run as well.
  return status === 0 || status === 1 ? stdout : null;
}

function told(plan: Plan, engine: keyof Plan['seeds']): Told | null {
  const text = printed(plan, engine);
  if (text === null) return null;
  const secondsAfter = (words: RegExp): number => secondsIn(words.exec(text)?.[1] ?? '');
  return { foretold: secondsAfter(/about (.+)$/m), taken: secondsAfter(/computed in ([^,;\n]+)/) };
}

/** Of `2 min 5 s`. */
function secondsIn(duration: string): number {
  const units = { h: 3600, min: 60, s: 1 };
  return [...duration.matchAll(/(\d+) (h|min|s)\b/g)].reduce(
    // SAFETY: the pattern has these units alone.
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  );
}

const [load = 0] = loadavg();
const engines = (['wasm', 'onnx', 'reference'] as const).filter((each) =>
  values.engines.split(',').includes(each),
);
const lines: string[] = [];
for (const plan of PLANS.filter(({ name }) => values.plans.split(',').includes(name))) {
  const cells = engines.map((engine) => {
    const times = told(plan, engine);
    if (times === null) return 'does not load';
    const { foretold, taken } = times;
    return `${foretold} / ${taken} s, ${(foretold / taken).toFixed(2)}`;
  });
  lines.push(`| ${plan.name}: \`${plan.asked}\` | ${cells.join(' | ')} |`);
  process.stdout.write(`${lines.at(-1)}\n`);
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const text = [
  `At ${commit}, on ${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} threads, Node ${process.versions.node}, load ${load.toFixed(1)} at the start. Foretold / taken, and their ratio.`,
  '',
  `| plan | ${engines.join(' | ')} |`,
  `|---|${engines.map(() => '---|').join('')}`,
  ...lines,
].join('\n');
if (values.write) {
  const page = readFileSync(PAGE, 'utf8');
  const before = page.slice(0, page.indexOf(BEGIN) + BEGIN.length);
  writeFileSync(PAGE, `${before}\n\n${text}\n\n${page.slice(page.indexOf(END))}`);
}
