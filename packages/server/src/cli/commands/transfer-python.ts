import { counted } from '@widthwise/figures';
import { withNear } from '../../built/near-widths.ts';
import { RateSearch } from '../../built/rates/rate-search.ts';
import { wholeSeconds } from '../../built/rates/whole-seconds.ts';
import { shownPath } from '../../files/shown-path.ts';
import { InputError } from '../../input/input-error.ts';
import { builtTransferDocument } from '../../report/built-transfer/built-transfer-document.ts';
import { builtTransferMarkdown } from '../../report/built-transfer/built-transfer-markdown.ts';
import { builtTransferPage } from '../../report/built-transfer/built-transfer-page.ts';
import type {
  BuiltTransferReport,
  BuiltTransferRequest,
} from '../../report/built-transfer/built-transfer-report.ts';
import { machineName } from '../../report/machine-name.ts';
import type { ReportContext } from '../../report/report-context.ts';
import { VERSION } from '../../version.ts';
import { asGiven, factoryCommand, factoryStem } from '../built/factory-command.ts';
import { type FactoryRequest, factoryRequest, whyNothing } from '../built/factory-request.ts';
import { followSearch } from '../built/follow-search.ts';
import type { CommandIo } from '../command.ts';
import { UNUSABLE } from '../exit-code.ts';
import { requireReportFiles } from '../output/report-files.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { choiceOf, countOf, numberOf } from '../read-values.ts';
import { builtTransferGithub } from '../render/built-transfer-github.ts';
import { builtTransferText } from '../render/built-transfer-text.ts';
import { noteOn } from '../terminal/note.ts';
import { terminalOf } from '../terminal/terminal.ts';

/** Where nothing is said. */
export const BUILT_TRANSFER_DEFAULTS = { widths: [64, 128, 256], seconds: 900, timeBudget: 300 } as const;
const SEEDS = { fallback: 3, most: 100 };
/** So many widths, and so many seeds, a verdict is of. */
const LEAST = 3;
const STEPS = { fallback: 50, most: 10_000 };

interface Asked extends FactoryRequest {
  readonly seeds: number;
  readonly steps: number;
  readonly timeBudget: number;
}

const FORMATS = ['text', 'github'] as const;

const FORMS = {
  json: (report: BuiltTransferReport): string =>
    `${JSON.stringify(builtTransferDocument(report), null, 1)}\n`,
  md: builtTransferMarkdown,
  html: builtTransferPage,
};

/**
 * `widthwise transfer --python FILE:FACTORY`: the best learning rate of the user's own model at some widths.
 *
 * @throws InputError where nothing can be trained
 */
export async function transferPython(operand: string, args: ParsedArgs, io: CommandIo): Promise<number> {
  const asked = await askedOf(operand, args, io);
  const { factory, widths, seeds } = asked;
  const format = choiceOf(args, 'format', FORMATS) ?? 'text';
  const flags = { json: args.value('json'), out: args.value('out') };
  const files = await requireReportFiles<BuiltTransferRequest, BuiltTransferReport>(
    { stem: `widthwise-transfer-${factoryStem(asked)}`, forms: FORMS },
    flags,
    io,
  );
  const search = new RateSearch({ name: factory, widths, seeds });
  for (const sentence of withoutVerdict(asked)) noteOn(io, terminalOf(io))(sentence);
  const report = await io.interruption.during(() => reportOf(asked, search, io));
  if (report === null) return io.interruption.exitCode();
  const terminal = terminalOf(io);
  const { written, lost, notes } = await files.write(report, contextOf(report, args));
  for (const sentence of notes) noteOn(io, terminal)(sentence);
  if (!files.quiet) {
    const isForGithub = format === 'github';
    io.stdout.write(
      isForGithub ? builtTransferGithub(report) : builtTransferText(report, { terminal, written }),
    );
  }
  for (const { what, why } of lost) noteOn(io, terminal)(`${what} cannot be written (${why})`);
  if (io.interruption.signal.aborted) return io.interruption.exitCode();
  return report.failures.length + lost.length > 0 ? UNUSABLE : 0;
}

/** Why there will be no verdict, before anything is trained. */
function withoutVerdict({ widths, seeds }: Asked): readonly string[] {
  const few = [
    ...(widths.length < LEAST ? [counted(widths.length, 'width')] : []),
    ...(seeds < LEAST ? [counted(seeds, 'seed')] : []),
  ];
  return few.length === 0
    ? []
    : [
        `a verdict needs three widths and three seeds: ${few.join(' and ')} will give best rate factors alone`,
      ];
}

async function askedOf(operand: string, args: ParsedArgs, io: CommandIo): Promise<Asked> {
  const request = await factoryRequest(operand, { args, defaults: BUILT_TRANSFER_DEFAULTS, io });
  const timeBudget = numberOf(args, 'time-budget') ?? BUILT_TRANSFER_DEFAULTS.timeBudget;
  if (!(timeBudget > 0)) throw new InputError('time-budget', `expected seconds above 0, got ${timeBudget}`);
  // What is killed has no verdict: by itself that is for a run that never ends.
  const seconds = args.has('timeout') ? request.seconds : Math.max(request.seconds, 2 * timeBudget);
  return {
    ...request,
    seconds,
    timeBudget,
    seeds: countOf(args, 'seeds', SEEDS),
    steps: countOf(args, 'steps', STEPS),
  };
}

/** What the search finds; null where it was stopped before it had anything. */
async function reportOf(
  asked: Asked,
  search: RateSearch,
  io: CommandIo,
): Promise<BuiltTransferReport | null> {
  const { probed, ending, records } = await followSearch(asked, search, io);
  const transfer = search.transfer(ending);
  if (records.length === 0 || transfer === null) {
    if (io.interruption.signal.aborted) return null;
    throw new InputError(null, whyNothing(asked, probed, io));
  }
  if (records.some(({ losses }) => losses.some((loss) => loss !== null && loss < 0))) {
    throw new InputError(
      null,
      `${asked.factory}: its loss is negative, and rates are judged by its logarithm`,
    );
  }
  const { file, factory, widths, seeds, steps, timeBudget } = asked;
  return {
    request: { file: shownPath(file, io.cwd), factory, widths, seeds, steps, timeBudget },
    versions: probed.versions,
    ending,
    transfer,
    rows: search.rows(),
    ownRates: widths.flatMap((width) => {
      const own = records.find((record) => record.width === width);
      return own === undefined ? [] : [{ width, rate: own.rate }];
    }),
    wholeSeconds: wholeSeconds(records, seeds),
    hadDropout: records.some(({ hadDropout }) => hadDropout),
    failures: io.interruption.signal.aborted ? [] : probed.failures.map(withNear),
  };
}

function contextOf({ request }: BuiltTransferReport, args: ParsedArgs): ReportContext<BuiltTransferRequest> {
  const { widths, seeds, steps, timeBudget } = request;
  const given = {
    widths: { value: widths, fallback: BUILT_TRANSFER_DEFAULTS.widths },
    seeds: { value: seeds, fallback: SEEDS.fallback },
    steps: { value: steps, fallback: STEPS.fallback },
    'time-budget': { value: timeBudget, fallback: BUILT_TRANSFER_DEFAULTS.timeBudget },
    timeout: asGiven(args, 'timeout'),
  };
  return {
    name: request.factory,
    dataTitle: `${request.file}:${request.factory}`,
    dataReading: null,
    twin: null,
    request,
    labels: {},
    command: factoryCommand('transfer', request, { args, given }),
    date: new Date(),
    version: VERSION,
    machine: machineName(),
  };
}
