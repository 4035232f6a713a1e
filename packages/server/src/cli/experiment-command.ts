import type { Experiment, RunSetting, Twin, TwinParams, UnprobedParams } from '@widthwise/core';
import { counted, cutText, durationText, engineText, trainingText } from '@widthwise/figures';
import { type Execution, openExecution } from '../lab/experiments/execute.ts';
import { prepareExperiment } from '../lab/experiments/prepare.ts';
import type { PreparedExperiment } from '../lab/experiments/prepared.ts';
import type { ExecutionOutcome } from '../lab/experiments/stages.ts';
import { cutExperiment, type TimeBudget } from '../lab/experiments/time-budget.ts';
import type { PlanOutcome } from '../lab/runs/plan-events.ts';
import { machineName } from '../report/machine-name.ts';
import type { ReportContext } from '../report/report-context.ts';
import { VERSION } from '../version.ts';
import type { Command, CommandIo } from './command.ts';
import type { CommandSpec } from './command-spec.ts';
import { defineCommand } from './define-command.ts';
import { executionOptions, requireStore, requireWorkers, timeBudgetOf } from './execution-options.ts';
import { UNUSABLE } from './exit-code.ts';
import { followExecution } from './follow-execution.ts';
import { askedOf, commandLineOf, optionsOf } from './options-of.ts';
import { askedWay, type OtherWay } from './other-ways.ts';
import { type LostFile, type ReportForms, requireReportFiles } from './output/report-files.ts';
import { terminalHeader } from './render/terminal-header.ts';
import { noteOn } from './terminal/note.ts';
import { prose } from './terminal/prose.ts';
import { say } from './terminal/say.ts';
import { type Terminal, terminalOf } from './terminal/terminal.ts';

/** How an experiment ran, for what is printed at its end. */
export interface Ran {
  readonly outcome: PlanOutcome;
  readonly seconds: number;
  /** Paths of the files that were written. */
  readonly written: readonly string[];
  /** Whether a time budget ended it before its end. */
  readonly isCut: boolean;
}

/** What a report is printed with. */
export interface ShownReport<Request> {
  readonly context: ReportContext<Request>;
  readonly ran: Ran;
  readonly terminal: Terminal;
  /** The command that asks the same but for some parameters, by the names of their fields. */
  again(changes: object): string;
}

/** What the command line adds to an experiment: its words, and how its report is shown. */
export interface ExperimentCommand<Params extends UnprobedParams, Request extends RunSetting, Report> {
  readonly experiment: Experiment<Params, Request, Report>;
  /** Says of the command what its options do not: one line, notes and examples. */
  readonly spec: Omit<CommandSpec, 'name' | 'options' | 'operands'>;
  /** What its files are called before their ending, with the name of the data. */
  stem(name: string): string;
  readonly forms: ReportForms<Request, Report>;
  /** What is looked at, the first words that it prints; without it, the data. */
  subject?(prepared: PreparedExperiment<Request, Report>): string;
  /** How it is trained, in words; without it, steps and η. */
  training?(request: Request): string;
  /** At the end. */
  print(report: Report, shown: ShownReport<Request>): string;
  /** Whether the report is that of a failed check. */
  failed?(report: Report): boolean;
  /** Other ways to ask the same. */
  readonly otherWays?: readonly OtherWay[];
}

/** The command of an experiment: options from its fields, execution, files, report. */
export function experimentCommand<Params extends UnprobedParams, Request extends RunSetting, Report>(
  command: ExperimentCommand<Params, Request, Report>,
): Command {
  const { experiment, spec, otherWays = [] } = command;
  const options = [
    ...optionsOf(experiment.fields),
    ...executionOptions(command.stem('<data>'), command.forms),
  ];
  const all = [...otherWays.flatMap((way) => way.options), ...options];
  return defineCommand({ name: experiment.name, ...spec, options: all }, async (args, io) => {
    const way = askedWay(otherWays, options, args);
    if (way !== null) return way.run(args.value(way.options[0].name) ?? '', args, io);
    const asked = askedOf(experiment.fields, args);
    const workers = requireWorkers(args);
    const budget = timeBudgetOf(args);
    const twin = await askedTwin(asked, io);
    const prepared = await prepareExperiment(experiment, asked, { cwd: io.cwd, twin });
    const flags = { json: args.value('json'), out: args.value('out') };
    const files = await requireReportFiles(
      { stem: command.stem(prepared.name), forms: command.forms },
      flags,
      io,
    );
    const terminal = terminalOf(io);
    const store = await requireStore(args, io.cwd, noteOn(io, terminal));
    const subject = command.subject?.(prepared) ?? prepared.dataTitle;
    const training = command.training?.(prepared.request) ?? trainingText(prepared.request);
    const execution = await openExecution(prepared, { store, fresh: args.has('fresh'), workers, budget });
    if (!files.quiet)
      io.stdout.write(
        terminalHeader({ ...prepared, subject, training }, workAhead(prepared, execution, budget), terminal),
      );

    const startedMs = performance.now();
    const outcome = await followExecution(prepared, execution, { io, terminal, budget });
    const seconds = (performance.now() - startedMs) / 1000;
    const isStopped = io.interruption.signal.aborted;
    const { judged, complete, isCut } = judgedPart(experiment, prepared, { outcome, budget, isStopped });
    const report = judged.reduce({ ...outcome, complete });
    const again = (changes: object): string =>
      commandLineOf(experiment.name, experiment.fields, { ...asked, ...changes });
    const context: ReportContext<Request> = {
      ...judged,
      command: again(cutAsked(judged.request)),
      date: new Date(),
      version: VERSION,
      machine: machineName(),
    };
    const { written, lost, notes } = await files.write(report, context);
    for (const sentence of notes) noteOn(io, terminal)(sentence);
    if (!files.quiet) {
      io.stdout.write(leftOutLine(judged.request, terminal));
      const ran = { outcome, seconds, written, isCut };
      io.stdout.write(command.print(report, { context, ran, terminal, again }));
    }
    const failedCheck = command.failed?.(report) === true;
    return conclude({ ...outcome, lost, failedCheck, isUnjudged: isCut && !complete }, io);
  });
}

/** What is judged: all of an experiment, or what a budget has left of it that cut it short. */
function judgedPart<Params, Request extends RunSetting, Report>(
  experiment: Experiment<Params, Request, Report>,
  prepared: PreparedExperiment<Request, Report>,
  ended: {
    readonly outcome: ExecutionOutcome;
    readonly budget: TimeBudget | null;
    readonly isStopped: boolean;
  },
): { readonly judged: typeof prepared; readonly complete: boolean; readonly isCut: boolean } {
  const { outcome, budget, isStopped } = ended;
  const complete = isWhole(outcome);
  if (complete || budget === null || isStopped || outcome.failures.length > 0)
    return { judged: prepared, complete, isCut: false };
  const cut = cutExperiment(experiment, prepared, { outcome, budget });
  return { judged: cut ?? prepared, complete: cut !== null, isCut: true };
}

/** What asks for no more than a budget has left. */
function cutAsked({ cut, seeds }: RunSetting): object {
  return cut === undefined ? {} : { seeds };
}

function leftOutLine(request: RunSetting, terminal: Terminal): string {
  const text = cutText(request);
  return text === null ? '' : `${prose(text, terminal)}\n`;
}

/** The twin of the model that was asked for, of an experiment that trains one. */
async function askedTwin(asked: object, { cwd, interruption }: CommandIo): Promise<Twin | null> {
  // SAFETY: an experiment's field of this name is a text.
  const { from } = asked as Partial<TwinParams>;
  if (typeof from !== 'string') return null;
  // What reads code loads where there is some.
  const { readTwin } = await import('../twin/read-twin.ts');
  return readTwin(from, cwd, interruption.signal);
}

function isWhole({ complete, failures }: PlanOutcome): boolean {
  return complete && failures.length === 0;
}

/** `100 runs, 40 of them in the store, on 2 workers, engine reference, about 12 s`; `100 runs first, more around what they show` where results say what else. */
function workAhead(
  { plan, refine, engineReason }: PreparedExperiment,
  { stored, workers, seconds }: Execution,
  budget: TimeBudget | null,
): string {
  const all = `${counted(plan.length, 'run')}${refine === null ? '' : ' first, more around what they show'}`;
  if (stored === plan.length) return `${all}, all of them in the store`;
  const runs = `${all}${stored > 0 ? `, ${stored} of them in the store,` : ''}`;
  const engine = engineText(plan[0]!.spec.engine.name, engineReason);
  const end = budget === null ? '' : `, seed by seed until the time budget of ${budget.seconds} s ends it`;
  return `${runs} on ${counted(workers, 'worker')}, ${engine}, about ${durationText(seconds)}${end}`;
}

interface Conclusion extends PlanOutcome {
  readonly lost: readonly LostFile[];
  readonly failedCheck: boolean;
  /** Whether a time budget ended it before there was anything to judge. */
  readonly isUnjudged: boolean;
}

function conclude(conclusion: Conclusion, io: CommandIo): number {
  const { complete, failures, unkept, lost, failedCheck, isUnjudged } = conclusion;
  if (failures.length > 0) {
    say(
      io,
      `${counted(failures.length, 'run')} failed: ${failures[0]!.message}; the same command tries again`,
    );
  }
  if (lost.length > 0) say(io, lostSentence(conclusion));
  if (!complete && io.interruption.signal.aborted) return io.interruption.exitCode();
  if (isUnjudged)
    say(io, 'the time budget ended before one seed was trained at every width: nothing is judged');
  if (isUnjudged || lost.length + unkept > 0) return UNUSABLE;
  return failures.length > 0 || failedCheck ? 1 : 0;
}

/** What was lost with files that could not be written, and what was not. */
function lostSentence({ lost, unkept, results }: Conclusion): string {
  const [{ what, why }] = lost as readonly [LostFile];
  const files = lost.length === 1 ? what : `${what} and ${lost.length - 1} more`;
  const kept =
    unkept === 0
      ? 'every result is in the store, so the same command writes the report without computing'
      : `${counted(unkept, 'result')} of ${results.size} could not be kept either: what was printed is all there is of them`;
  return `${files} cannot be written (${why}); ${kept}`;
}
