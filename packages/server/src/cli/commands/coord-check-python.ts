import { resolve } from 'node:path';
import { measuredExponents, readingsOf, type StaticReading } from '../../built/against-static.ts';
import { type BuiltModel, builtModel } from '../../built/built-model.ts';
import { builtFindings } from '../../built/built-problems.ts';
import { builtCheck } from '../../built/coordinates/built-check.ts';
import { depthCheck } from '../../built/coordinates/depth-check.ts';
import { foretoldOf, unforetoldIn } from '../../built/coordinates/foretold.ts';
import { MOST_SEEDS } from '../../built/coordinates/more-seeds.ts';
import { withNear } from '../../built/near-widths.ts';
import { probeScript, readScriptLines } from '../../built/probe-script.ts';
import type { Probed } from '../../built/run-probe.ts';
import { shownPath } from '../../files/shown-path.ts';
import { InputError } from '../../input/input-error.ts';
import type { BuiltCheckReport, BuiltCheckRequest } from '../../report/built-check/built-check-report.ts';
import { builtCheckDocument } from '../../report/built-check/check-document.ts';
import { builtCheckMarkdown } from '../../report/built-check/check-markdown.ts';
import { builtCheckPage } from '../../report/built-check/check-page.ts';
import { machineName } from '../../report/machine-name.ts';
import type { ReportContext } from '../../report/report-context.ts';
import { Configurations } from '../../sources/config/configurations.ts';
import { VERSION } from '../../version.ts';
import { asGiven, factoryCommand, factoryStem } from '../built/factory-command.ts';
import {
  type FactoryRequest,
  factoryRequest,
  whyNothing,
  whyNoWidth,
  widthOfDepths,
} from '../built/factory-request.ts';
import { followProbe } from '../built/follow-probe.ts';
import { GoingOn } from '../built/going-on.ts';
import { placesInCode } from '../built/places-in-code.ts';
import { type ReadCode, readCode } from '../built/read-code.ts';
import { suspectsInCode } from '../built/suspects-in-code.ts';
import type { CommandIo } from '../command.ts';
import { UNUSABLE } from '../exit-code.ts';
import { type ReportFiles, requireReportFiles } from '../output/report-files.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { choiceOf, countOf } from '../read-values.ts';
import { builtCheckGithub } from '../render/built-check-github.ts';
import { builtCheckText } from '../render/built-check-text.ts';
import { noteOn } from '../terminal/note.ts';
import { terminalOf } from '../terminal/terminal.ts';

/** Where nothing is said. */
export const BUILT_CHECK_DEFAULTS = { widths: [64, 128, 256, 512], seconds: 900 } as const;
/** A right model of sixty places is open with three in five cases of six, with five in one of three. */
const SEEDS = 5;
const STEPS = 3;
const MOST_COUNT = 100;
const FORMATS = ['text', 'github'] as const;

/**
 * `widthwise coord-check --python FILE:FACTORY`: trains the user's own model for a few steps at some widths; with `--script`
 * prints what would do so elsewhere.
 *
 * @throws InputError where nothing can be measured
 */
export async function coordCheckPython(operand: string, args: ParsedArgs, io: CommandIo): Promise<number> {
  const request = await factoryRequest(operand, { args, defaults: BUILT_CHECK_DEFAULTS, io });
  const at = widthOfDepths(args);
  const counts = {
    seeds: countOf(args, 'seeds', { fallback: SEEDS, most: MOST_COUNT }),
    steps: countOf(args, 'steps', { fallback: STEPS, most: MOST_COUNT }),
  };
  if (args.has('script')) {
    for (const flag of ['depths', 'most-seeds'].filter((one) => args.has(one)))
      throw new InputError(flag, 'goes with what is run here, without --script');
    const { factory, widths } = request;
    io.stdout.write(await probeScript({ file: shownPath(request.file, io.cwd), factory, widths, ...counts }));
    return 0;
  }
  const asked: Asked = { request: { ...request, ...counts, at }, notes: [], args, io };
  const files = await filesOf(asked);
  const mostSeeds = await mostSeedsOf(request.file, args);
  const mayGoOn = mostSeeds > counts.seeds;
  const question = { asks: 'coordinates', ...counts, mayGoOn, ...(at === null ? {} : { at }) } as const;
  const goingOn = new GoingOn({ ...counts, at, mostSeeds });
  const all = await io.interruption.during(() =>
    followProbe(request, question, io, (measured) => goingOn.more(measured)),
  );
  if (io.interruption.signal.aborted) return io.interruption.exitCode();
  const { probed, seeds, notes } = goingOn.ended(all);
  return conclude(probed, files, { ...asked, request: { ...asked.request, seeds }, notes });
}

/** How many seeds a check goes on to by itself: none where somebody has said how many there are to be. */
async function mostSeedsOf(file: string, args: ParsedArgs): Promise<number> {
  if (args.has('most-seeds')) return countOf(args, 'most-seeds', { fallback: MOST_SEEDS, most: MOST_COUNT });
  if (args.has('seeds')) return 0;
  const { configuration } = await new Configurations().of(file);
  return configuration['most-seeds'] ?? MOST_SEEDS;
}

/**
 * `widthwise coord-check --from-jsonl FILE`: the same of what `--script` wrote on another machine.
 *
 * @throws InputError for what it did not write
 */
export async function coordCheckLines(path: string, args: ParsedArgs, io: CommandIo): Promise<number> {
  const { asked: said, probed } = await readScriptLines(resolve(io.cwd, path), path);
  const { factory, widths, seeds, steps } = said;
  const file = resolve(io.cwd, said.file);
  const asked: Asked = {
    request: { file, factory, widths, at: null, seeds, steps, interpreter: 'python' },
    notes: [],
    args,
    io,
  };
  return conclude(probed, await filesOf(asked), asked);
}

/** What a check is about, whoever ran it. */
interface Asked {
  readonly request: Omit<FactoryRequest, 'launch' | 'seconds'> & {
    readonly seeds: number;
    readonly steps: number;
    readonly at: number | null;
  };
  /** Of how it was measured. */
  readonly notes: readonly string[];
  readonly args: ParsedArgs;
  readonly io: CommandIo;
}

type Files = ReportFiles<BuiltCheckRequest, BuiltCheckReport>;

function filesOf({ request, args, io }: Asked): Promise<Files> {
  const stem = `widthwise-coord-check-${factoryStem(request)}`;
  const flags = { json: args.value('json'), out: args.value('out') };
  return requireReportFiles<BuiltCheckRequest, BuiltCheckReport>({ stem, forms: FORMS }, flags, io);
}

async function conclude(probed: Probed, files: Files, asked: Asked): Promise<number> {
  const { args, io } = asked;
  const format = choiceOf(args, 'format', FORMATS) ?? 'text';
  const found = await reportOf(probed, asked);
  const report = { ...found, check: { ...found.check, notes: [...asked.notes, ...found.check.notes] } };
  const terminal = terminalOf(io);
  const { written, lost, notes } = await files.write(report, contextOf(report, args));
  for (const sentence of notes) noteOn(io, terminal)(sentence);
  if (!files.quiet) {
    const isForGithub = format === 'github';
    io.stdout.write(isForGithub ? builtCheckGithub(report) : builtCheckText(report, { terminal, written }));
  }
  for (const { what, why } of lost) noteOn(io, terminal)(`${what} cannot be written (${why})`);
  if (probed.failures.length > 0 || lost.length > 0) return UNUSABLE;
  return report.check.verdict === 'fail' ? 1 : 0;
}

const FORMS = {
  json: (report: BuiltCheckReport): string => `${JSON.stringify(builtCheckDocument(report), null, 1)}\n`,
  md: builtCheckMarkdown,
  html: builtCheckPage,
};

/** What a factory's runs show, beside its code. */
async function reportOf(probed: Probed, { request, io }: Asked): Promise<BuiltCheckReport> {
  const { runs, failures, versions } = probed;
  if (new Set(runs.map(({ width }) => width)).size < 2) {
    throw new InputError(null, whyNothing(request, probed, io));
  }
  if (request.at !== null) return depthReport(probed, request, io);
  const model = probed.widths.length < 2 ? null : builtModel(probed.widths);
  const why = model === null ? null : whyNoWidth(request, { model, cwd: io.cwd });
  if (why !== null) throw new InputError(null, why);
  const { code, readings } = await readingOf(model, io);
  const findings = model === null ? [] : builtFindings(model, readings);
  const check = builtCheck({ runs, asked: request, model, findings, readings });
  const source = model?.source ?? null;
  const foretold = foretoldOf(readings);
  return {
    request: shownRequest(request, io),
    model: model?.name ?? request.factory,
    source: source === null ? null : { file: shownPath(source[0], io.cwd), line: source[1] },
    versions,
    check,
    foretold,
    unforetold: unforetoldIn(check.layers, { foretold, steps: check.steps }),
    places: placesInCode(model, io.cwd),
    suspects: await suspectsInCode(check.suspects, {
      readings,
      findings: code.findings,
      source: model?.source?.[0] ?? null,
      cwd: io.cwd,
    }),
    runs,
    failures: failures.map(withNear),
  };
}

function shownRequest(
  { file, factory, widths, at, seeds, steps }: Asked['request'],
  { cwd }: CommandIo,
): BuiltCheckRequest {
  return { file: shownPath(file, cwd), factory, widths, at, seeds, steps };
}

/** The same of depths, over which neither starts nor rates have exponents that theory here knows. */
function depthReport(
  { runs, widths, failures, versions }: Probed,
  request: Asked['request'],
  io: CommandIo,
): BuiltCheckReport {
  const [first, last] = [widths[0], widths.at(-1)];
  if (first !== undefined && first.parameters.length === last?.parameters.length) {
    const built = `${shownPath(request.file, io.cwd)}:${request.factory}`;
    const why = `has as many parameters at depth ${first.width} as at ${last.width}`;
    throw new InputError(null, `${built} ignores its depth: it ${why}`);
  }
  return {
    request: shownRequest(request, io),
    model: first?.model ?? request.factory,
    source: null,
    versions,
    check: depthCheck({ runs, asked: request }),
    places: new Map(),
    suspects: [],
    foretold: [],
    unforetold: [],
    runs,
    failures: failures.map(withNear),
  };
}

/** What the analyser reads of its class, with measured exponents in place of those that it does not know. */
async function readingOf(
  model: BuiltModel | null,
  io: CommandIo,
): Promise<{ readonly code: ReadCode; readonly readings: ReadonlyMap<string, StaticReading> }> {
  if (model === null) return { code: { outline: null, findings: [] }, readings: new Map() };
  const code = await readCode(model, io, measuredExponents(model));
  return { code, readings: readingsOf(model.parameters, code.outline?.weights ?? []) };
}

function contextOf({ request, model }: BuiltCheckReport, args: ParsedArgs): ReportContext<BuiltCheckRequest> {
  const { widths, at, seeds, steps } = request;
  const given = {
    ...(at === null
      ? { widths: { value: widths, fallback: BUILT_CHECK_DEFAULTS.widths } }
      : { depths: { value: widths, fallback: '' }, widths: { value: at, fallback: '' } }),
    seeds: { value: seeds, fallback: SEEDS },
    steps: { value: steps, fallback: STEPS },
    timeout: asGiven(args, 'timeout'),
  };
  return {
    name: request.factory,
    dataTitle: model,
    dataReading: null,
    twin: null,
    request,
    labels: {},
    command: factoryCommand('coord-check', request, { args, given }),
    date: new Date(),
    version: VERSION,
    machine: machineName(),
  };
}
