/**
 * `npm run bench:plans`: what ten plans take beside what their command says before it starts, on every engine that loads;
 * `--write` writes docs/performance.md. A plan is run whole, in a process of its own, with an empty store; with `--alone` two
 * seeds of it on one thread, in the processor's own time, which other work of the machine leaves alone.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { writeBetween } from '../../support/write-between.ts';
import { toldAlone } from './plan-alone.ts';
import { commandOf, PLAN_ENGINES, PLANS, type Plan, type PlanEngine, type Told } from './plan-list.ts';

const ROOT = join(import.meta.dirname, '../../..');
const CLI = join(ROOT, 'packages/server/dist/cli.js');
const PAGE = join(ROOT, 'docs/performance.md');
const BEGIN = '<!-- measured: npm run bench:plans -- --write -->';
const END = '<!-- end of the plans -->';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    alone: { type: 'boolean', default: false },
    engines: { type: 'string', default: PLAN_ENGINES.join() },
    plans: { type: 'string', default: PLANS.map(({ name }) => name).join() },
  },
});

/** What a command prints; null where its engine does not load. */
function printed(plan: Plan, engine: PlanEngine): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'widthwise-plans-'));
  const flags = [...commandOf(plan), '--engine', engine, '--seeds', String(plan.seeds[engine])];
  const options = { cwd: folder, env: { ...process.env, NO_COLOR: '1' }, encoding: 'utf8' } as const;
  const { status, stdout } = spawnSync(process.execPath, [CLI, ...flags], options);
  rmSync(folder, { recursive: true, force: true });
  // 1 is a check that fails, and has run as well.
  return status === 0 || status === 1 ? stdout : null;
}

/** As the command has them; null where its engine does not load. */
function told(plan: Plan, engine: PlanEngine): Told | null {
  const text = printed(plan, engine);
  if (text === null) return null;
  const secondsAfter = (words: RegExp): number => secondsIn(words.exec(text)?.[1] ?? '');
  return { foretold: secondsAfter(/about (.+)$/m), taken: secondsAfter(/computed in ([^,;\n]+)/) };
}

/** Of `2 min 5 s`. */
function secondsIn(duration: string): number {
  const units = { h: 3600, min: 60, s: 1 };
  return [...duration.matchAll(/([\d.]+) (h|min|s)\b/g)].reduce(
    // SAFETY: the pattern has these units alone.
    (sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units],
    0,
  );
}

function cellOf({ foretold, taken }: Told): string {
  const digits = values.alone ? 2 : 1;
  return `${foretold.toFixed(digits)} / ${taken.toFixed(digits)} s, ${(foretold / taken).toFixed(2)}`;
}

const [load = 0] = loadavg();
const engines = PLAN_ENGINES.filter((each) => values.engines.split(',').includes(each));
const lines: string[] = [];
for (const plan of PLANS.filter(({ name }) => values.plans.split(',').includes(name))) {
  const cells: string[] = [];
  for (const engine of engines) {
    const times = values.alone ? await toldAlone(plan, engine) : told(plan, engine);
    cells.push(times === null ? 'does not load' : cellOf(times));
  }
  lines.push(`| ${plan.name}: \`${commandOf(plan).join(' ')}\` | ${cells.join(' | ')} |`);
  process.stdout.write(`${lines.at(-1)}\n`);
}
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const text = [
  `At ${commit}, on ${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} threads, Node ${process.versions.node}, load ${load.toFixed(1)} at the start${values.alone ? '; two seeds of each on one thread, in the processor’s own time' : ''}. Foretold / taken, and their ratio.`,
  '',
  `| plan | ${engines.join(' | ')} |`,
  `|---|${engines.map(() => '---|').join('')}`,
  ...lines,
].join('\n');
if (values.write) {
  writeBetween(PAGE, [BEGIN, END], text);
}
