import { resolve } from 'node:path';
import {
  type AnyField,
  checkField,
  type Experiment,
  quoted,
  type RunSetting,
  type Twin,
  type TwinParams,
  type UnprobedParams,
} from '@widthwise/core';
import { counted, durationText, trainingText } from '@widthwise/figures';
import { isWithin } from '../files/real-path.ts';
import { InputError } from '../input/input-error.ts';
import { type Execution, openExecution } from '../lab/experiments/execute.ts';
import { inputErrors } from '../lab/experiments/input-errors.ts';
import { prepareExperiment } from '../lab/experiments/prepare.ts';
import type { PreparedExperiment } from '../lab/experiments/prepared.ts';
import { defaultWorkers } from '../lab/runs/executor.ts';
import type { PlanOutcome } from '../lab/runs/plan-events.ts';
import { openStore, type Store } from '../lab/store/store.ts';
import { machineName } from '../report/machine-name.ts';
import type { ReportContext } from '../report/report-context.ts';
import { readTwin } from '../twin/read-twin.ts';
import { VERSION } from '../version.ts';
import type { Command, CommandIo } from './command.ts';
import type { CommandSpec, OptionSpec } from './command-spec.ts';
import { defineCommand } from './define-command.ts';
import { UNUSABLE } from './exit-code.ts';
import { followExecution } from './follow-execution.ts';
import { askedOf, commandLineOf, optionOf, optionsOf } from './options-of.ts';
import { askedWay, type OtherWay } from './other-ways.ts';
import { type LostFile, type ReportForms, requireReportFiles } from './output/report-files.ts';
import type { ParsedArgs } from './parse-options.ts';
import { numberOf } from './read-values.ts';
import { terminalHeader } from './render/terminal-header.ts';
import { noteOn } from './terminal/note.ts';
import { say } from './terminal/say.ts';
import { type Terminal, terminalOf } from './terminal/terminal.ts';

const WORKERS: AnyField = {
  kind: 'whole',
  low: 1,
  high: 256,
  flag: 'workers',
  value: 'N',
  default: null,
  otherwise: 'one a processor, at most 4',
  says: 'threads',
};

/** How an experiment ran, for what is printed at its end. */
export interface Ran {
  readonly outcome: PlanOutcome;
  readonly seconds: number;
  /** Paths of the files that were written. */
  readonly written: readonly string[];
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
    const execution = await openExecution(prepared, { store, fresh: args.has('fresh'), workers });
    if (!files.quiet)
      io.stdout.write(
        terminalHeader({ ...prepared, subject, training }, workAhead(prepared, execution), terminal),
      );

    const startedMs = performance.now();
    const outcome = await followExecution(prepared, execution, { io, terminal });
    const seconds = (performance.now() - startedMs) / 1000;
    const report = prepared.reduce({ ...outcome, complete: isWhole(outcome) });
    const again = (changes: object): string =>
      commandLineOf(experiment.name, experiment.fields, { ...asked, ...changes });
    const context: ReportContext<Request> = {
      ...prepared,
      command: again({}),
      date: new Date(),
      version: VERSION,
      machine: machineName(),
    };
    const { written, lost, notes } = await files.write(report, context);
    for (const sentence of notes) noteOn(io, terminal)(sentence);
    if (!files.quiet) {
      const ran = { outcome, seconds, written };
      io.stdout.write(command.print(report, { context, ran, terminal, again }));
    }
    return conclude({ ...outcome, lost, failedCheck: command.failed?.(report) === true }, io);
  });
}

/** The twin of the model that was asked for, of an experiment that trains one. */
async function askedTwin(asked: object, { cwd, interruption }: CommandIo): Promise<Twin | null> {
  // SAFETY: an experiment's field of this name is a text.
  const { from } = asked as Partial<TwinParams>;
  return typeof from === 'string' ? readTwin(from, cwd, interruption.signal) : null;
}

/** What every experiment's command takes beside its parameters. */
function executionOptions(stem: string, forms: object): OptionSpec[] {
  const endings = Object.keys(forms).join(',');
  return [
    optionOf('workers', WORKERS),
    {
      name: 'store',
      value: 'DIR',
      summary: 'where results are kept and looked for',
      fallback: '`.widthwise/store`',
    },
    { name: 'fresh', summary: 'compute again what the store has' },
    {
      name: 'out',
      value: 'DIR',
      summary: `where \`${stem}.${endings.includes(',') ? `{${endings}}` : endings}\` go`,
      fallback: 'here; nowhere with `--json -`',
    },
    { name: 'json', value: 'FILE|-', summary: 'the result as JSON to a file, or alone to standard output' },
  ];
}

function requireWorkers(args: ParsedArgs): number {
  const asked = numberOf(args, 'workers');
  if (asked === undefined) return defaultWorkers();
  inputErrors(() => checkField('workers', WORKERS, asked));
  return asked;
}

async function requireStore(args: ParsedArgs, cwd: string, note: (sentence: string) => void): Promise<Store> {
  const asked = args.value('store');
  const directory = asked ?? '.widthwise/store';
  if (asked === undefined && !(await isWithin(cwd, resolve(cwd, directory)))) {
    throw new InputError(
      'store',
      `${directory} is a link out of this folder; --store DIR says where results go`,
    );
  }
  try {
    return await openStore(resolve(cwd, directory), note);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError('store', `${quoted(directory)} cannot be a folder of results (${code})`);
  }
}

function isWhole({ complete, failures }: PlanOutcome): boolean {
  return complete && failures.length === 0;
}

/** `100 runs, 40 of them in the store, on 2 workers, engine reference, about 12 s`; `100 runs first, more around what they show` where results say what else. */
function workAhead({ plan, refine }: PreparedExperiment, { stored, workers, seconds }: Execution): string {
  const all = `${counted(plan.length, 'run')}${refine === null ? '' : ' first, more around what they show'}`;
  if (stored === plan.length) return `${all}, all of them in the store`;
  const runs = `${all}${stored > 0 ? `, ${stored} of them in the store,` : ''}`;
  const { engine } = plan[0]!.spec;
  return `${runs} on ${counted(workers, 'worker')}, engine ${engine.name}, about ${durationText(seconds)}`;
}

interface Conclusion extends PlanOutcome {
  readonly lost: readonly LostFile[];
  readonly failedCheck: boolean;
}

function conclude(conclusion: Conclusion, io: CommandIo): number {
  const { complete, failures, unkept, lost, failedCheck } = conclusion;
  if (failures.length > 0) {
    say(
      io,
      `${counted(failures.length, 'run')} failed: ${failures[0]!.message}; the same command tries again`,
    );
  }
  if (lost.length > 0) say(io, lostSentence(conclusion));
  if (!complete && io.interruption.signal.aborted) return io.interruption.exitCode();
  if (lost.length + unkept > 0) return UNUSABLE;
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
