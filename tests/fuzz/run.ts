import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { type Failure, runCampaign } from './harness/campaign.ts';
import { readCorpus } from './harness/corpus.ts';
import { type FuzzOptions, fuzzOptions, USAGE } from './harness/fuzz-options.ts';
import { readInput, writeInput } from './harness/input-file.ts';
import { Isolate } from './harness/isolate.ts';
import type { Kind } from './harness/kind.ts';
import { KeptProgress } from './harness/progress.ts';
import { writeTotals } from './harness/reliability-page.ts';
import { problemOf, type Totals } from './harness/tally.ts';
import { failures, totalsLine } from './harness/totals-text.ts';
import { KINDS } from './kinds/kinds.ts';

function kindsOf({ kinds }: FuzzOptions): readonly Kind[] {
  const unknown = kinds.find((name) => !KINDS.some((kind) => kind.name === name));
  if (unknown !== undefined) {
    throw new Error(`no kind '${unknown}'; the kinds are ${KINDS.map(({ name }) => name).join(', ')}`);
  }
  return kinds.length === 0 ? KINDS : KINDS.filter(({ name }) => kinds.includes(name));
}

/** Prints a failure with the command that repeats it. */
function tell({ kind, number, name, problem, input }: Failure, { seed, corpus }: FuzzOptions): void {
  const file = writeInput(`${kind}-${seed}-${number}`, input);
  const where = corpus.map((folder) => ` --corpus ${folder}`).join('');
  console.log(
    `${kind} ${name ?? number}: ${problem.kind}: ${problem.what.split('\n').slice(0, 4).join(' ⏎ ').slice(0, 400)}`,
  );
  console.log(`  npm run fuzz -- ${kind} --input ${file}`);
  console.log(`  npm run fuzz -- ${kind} --seed ${seed} --case ${number}${where}`);
}

async function replay(kind: Kind, file: string, isolate: Isolate): Promise<boolean> {
  const asked = { judge: kind.judge, inputs: [readInput(kind, file)] };
  const [outcome] = await isolate.judge(asked, kind.timeoutMs);
  const problem = problemOf(outcome!);
  console.log(problem === null ? `${file}: nothing wrong` : `${file}: ${problem.kind}: ${problem.what}`);
  return problem === null;
}

/** Of a long run: what looks at the texts has a process for each of two cores. */
const PROCESSES = 2;

type Isolates = readonly [Isolate, ...Isolate[]];

async function campaigns(kinds: readonly Kind[], options: FuzzOptions, isolates: Isolates): Promise<boolean> {
  const corpus = readCorpus(options.corpus);
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const order = KINDS.map(({ name }) => name);
  const all: Totals[] = [];
  for (const kind of kinds) {
    const progress = options.long ? new KeptProgress(kind.name, { ...options, commit }) : null;
    const [first] = isolates;
    const totals = await runCampaign(kind, {
      ...options,
      corpus,
      isolates: kind.judge === 'text' || kind.judge === 'bytes' ? isolates : [first],
      tellsSlow: true,
      count: options.count ?? kind.counts[options.long ? 'long' : 'usual'],
      before: progress?.before,
      onFailure: (failure) => tell(failure, options),
      onRound: (counted) => progress?.keep(counted),
    });
    console.log(totalsLine(totals));
    all.push(totals);
    if (options.long || options.write) writeTotals(totals, { commits: progress?.commits ?? [commit], order });
  }
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(all, null, 2)}\n`);
  return all.every((totals) => failures(totals, { slow: options.long }) === 0);
}

async function opened(options: FuzzOptions): Promise<Isolates> {
  const more = options.long ? PROCESSES - 1 : 0;
  const others = await Promise.all(Array.from({ length: more }, () => Isolate.open()));
  return [await Isolate.open(), ...others];
}

async function main(): Promise<boolean> {
  const options = fuzzOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    for (const { name, summary } of KINDS) console.log(`  ${name.padEnd(14)}${summary}`);
    return true;
  }
  const kinds = kindsOf(options);
  const isolates = await opened(options);
  try {
    if (options.input === undefined) return await campaigns(kinds, options, isolates);
    return await replay(kinds[0]!, options.input, isolates[0]);
  } finally {
    for (const isolate of isolates) await isolate.close();
  }
}

process.exitCode = (await main()) ? 0 : 1;
