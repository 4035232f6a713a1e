import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { type Failure, runCampaign } from './harness/campaign.ts';
import { readCorpus } from './harness/corpus.ts';
import { type FuzzOptions, fuzzOptions, USAGE } from './harness/fuzz-options.ts';
import { readInput, writeInput } from './harness/input-file.ts';
import { Isolate } from './harness/isolate.ts';
import type { Kind } from './harness/kind.ts';
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

async function campaigns(kinds: readonly Kind[], options: FuzzOptions, isolate: Isolate): Promise<boolean> {
  const corpus = readCorpus(options.corpus);
  const all: Totals[] = [];
  for (const kind of kinds) {
    const totals = await runCampaign(kind, {
      ...options,
      corpus,
      isolate,
      tellsSlow: true,
      count: options.count ?? kind.counts[options.long ? 'long' : 'usual'],
      onFailure: (failure) => tell(failure, options),
    });
    console.log(totalsLine(totals));
    all.push(totals);
  }
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(all, null, 2)}\n`);
  if (options.write) {
    writeTotals(
      all,
      KINDS.map(({ name }) => name),
    );
  }
  return all.every((totals) => failures(totals, { slow: options.long }) === 0);
}

async function main(): Promise<boolean> {
  const options = fuzzOptions(process.argv.slice(2));
  if (options.help) {
    console.log(USAGE);
    for (const { name, summary } of KINDS) console.log(`  ${name.padEnd(14)}${summary}`);
    return true;
  }
  const kinds = kindsOf(options);
  const isolate = await Isolate.open();
  try {
    if (options.input === undefined) return await campaigns(kinds, options, isolate);
    return await replay(kinds[0]!, options.input, isolate);
  } finally {
    await isolate.close();
  }
}

process.exitCode = (await main()) ? 0 : 1;
