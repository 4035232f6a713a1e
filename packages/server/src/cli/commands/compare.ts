import { resolve } from 'node:path';
import { reduceComparison } from '@widthwise/core';
import { counted, durationText } from '@widthwise/figures';
import { requireWhole } from '../../input/check-values.ts';
import { compareCommandLine } from '../../lab/experiments/compare-command-line.ts';
import { prepareComparison } from '../../lab/experiments/prepare-comparison.ts';
import type { PreparedComparison } from '../../lab/experiments/prepared-comparison.ts';
import { defaultWorkers } from '../../lab/runs/executor.ts';
import { measureRate } from '../../lab/runs/measure-rate.ts';
import { workersThatFit } from '../../lab/runs/memory.ts';
import type { PlanOutcome } from '../../lab/runs/plan-events.ts';
import { openStore, type Store } from '../../lab/store/store.ts';
import { machineName } from '../../report/machine-name.ts';
import type { ReportContext } from '../../report/report-context.ts';
import { VERSION } from '../../version.ts';
import { type Command, type CommandIo, UsageError } from '../command.ts';
import { defineCommand } from '../define-command.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { numberOf } from '../read-values.ts';
import { terminalHeader, terminalReport } from '../render/terminal-report.ts';
import { requireReportFiles } from '../render/write-reports.ts';
import { noteOn } from '../terminal/note.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { COMPARE_SPEC, compareParams } from './compare-options.ts';
import { type ExecutionChoice, runWithProgress } from './compare-progress.ts';

const INTERRUPTED = 130;
const MOST_WORKERS = 256;

/** `widthwise compare`: the poster's table, measured. */
export const compare: Command = defineCommand(COMPARE_SPEC, async (args, io) => {
  const params = compareParams(args);
  const workers = requireWorkers(args);
  const prepared = await prepareComparison(params, io.cwd);
  const flags = { json: args.value('json'), out: args.value('out') };
  const files = await requireReportFiles(prepared.name, flags, io);
  const terminal = terminalOf(io);
  const store = await requireStore(args, io.cwd, noteOn(io, terminal));
  const choice = await chooseExecution(prepared, store, workers, args.has('fresh'));
  if (!files.quiet) io.stdout.write(terminalHeader(prepared, workAhead(prepared, choice), terminal));

  const startedMs = performance.now();
  const outcome = await runWithProgress(prepared, choice, io, terminal);
  const seconds = (performance.now() - startedMs) / 1000;
  const { request, plan, limits } = prepared;
  const complete = outcome.complete && outcome.failures.length === 0;
  const report = reduceComparison(request, plan, { results: outcome.results, limits, complete });
  const context: ReportContext = {
    ...prepared,
    command: compareCommandLine(params),
    date: new Date(),
    version: VERSION,
    machine: machineName(),
  };
  const written = await files.write(report, context);
  if (!files.quiet) {
    io.stdout.write(terminalReport(report, context, { outcome, seconds, written }, terminal));
  }
  return conclude(outcome, io);
});

function requireWorkers(args: ParsedArgs): number {
  const asked = numberOf(args, 'workers');
  return asked === undefined ? defaultWorkers() : requireWhole('--workers', asked, 1, MOST_WORKERS);
}

async function requireStore(args: ParsedArgs, cwd: string, note: (sentence: string) => void): Promise<Store> {
  const directory = args.value('store') ?? '.widthwise/store';
  try {
    return await openStore(resolve(cwd, directory), note);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`--store: '${directory}' cannot be a folder of results (${code})`);
  }
}

async function chooseExecution(
  prepared: PreparedComparison,
  store: Store,
  asked: number,
  fresh: boolean,
): Promise<ExecutionChoice> {
  const there = new Set(fresh ? [] : await store.list());
  const missing = new Set(prepared.plan.map(({ hash }) => hash).filter((hash) => !there.has(hash)));
  const workers = Math.max(1, Math.min(workersThatFit(asked, prepared.cost.peakBytes), missing.size));
  const rate = missing.size === 0 ? Number.POSITIVE_INFINITY : workers * measureRate(prepared);
  return { store, fresh, workers, rate, missing };
}

/** `100 runs, 40 of them in the store, on 2 workers, engine reference, about 12 s`. */
function workAhead(
  { plan, cost, request }: PreparedComparison,
  { missing, workers, rate }: ExecutionChoice,
): string {
  const cells = plan.flatMap(({ hash }, index) => (missing.has(hash) ? [index] : []));
  const stored = plan.length - cells.length;
  if (cells.length === 0) return `${counted(plan.length, 'run')}, all of them in the store`;
  const flops = cells.reduce((sum, index) => sum + cost.runs[index]!.flops, 0);
  const runs = `${counted(plan.length, 'run')}${stored > 0 ? `, ${stored} of them in the store,` : ''}`;
  return `${runs} on ${counted(workers, 'worker')}, engine ${request.engine.name}, about ${durationText(flops / rate)}`;
}

function conclude({ complete, failures }: PlanOutcome, io: CommandIo): number {
  if (failures.length > 0) {
    io.stderr.write(
      `widthwise: ${counted(failures.length, 'run')} failed: ${failures[0]!.message}; the same command tries again\n`,
    );
  }
  if (!complete && io.signal.aborted) return INTERRUPTED;
  return failures.length > 0 ? 1 : 0;
}
