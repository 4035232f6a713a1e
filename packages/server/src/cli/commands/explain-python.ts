import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { BuiltExponents, ModelOutline } from '@widthwise/analysis';
import { quoted } from '@widthwise/core';
import { measuredExponents, readingsOf } from '../../built/against-static.ts';
import { type BuiltModel, builtModel } from '../../built/built-model.ts';
import { builtFindings } from '../../built/built-problems.ts';
import { interpreterFor } from '../../built/interpreter.ts';
import type { FailureRecord } from '../../built/probe-record.ts';
import { type Probed, runProbe } from '../../built/run-probe.ts';
import { shownPath } from '../../files/shown-path.ts';
import { InputError } from '../../input/input-error.ts';
import { lintFiles } from '../../sources/analyse-files.ts';
import type { CommandIo } from '../command.ts';
import { UNUSABLE } from '../exit-code.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { numberOf, wholesOf } from '../read-values.ts';
import { type BuiltReport, builtJson } from '../render/built-json.ts';
import { builtText } from '../render/built-text.ts';
import { ProgressLine } from '../terminal/progress-line.ts';
import { say } from '../terminal/say.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { withAnalyser } from '../with-analyser.ts';
import { jsonAlone, writeJson } from '../write-json.ts';

const WIDTHS = [64, 128, 256];
const MOST_WIDTHS = 8;
const TIMEOUT_SECONDS = 300;

/** What is built, as the command line says it. */
interface BuildRequest {
  readonly file: string;
  readonly factory: string;
  readonly widths: readonly number[];
  readonly interpreter: string;
  readonly seconds: number;
}

/**
 * `widthwise explain --python FILE:FACTORY`: builds the model and its optimizer and tells what they are.
 *
 * @throws InputError where it cannot be built at two widths
 */
export async function explainPython(
  operand: string,
  { args, at, io }: { readonly args: ParsedArgs; readonly at: readonly number[]; readonly io: CommandIo },
): Promise<number> {
  const request = await requestOf(operand, args, io);
  const { interruption } = io;
  const probed = await interruption.during(() => probe(request, io));
  if (interruption.signal.aborted) return interruption.exitCode();
  if (probed.widths.length < 2) throw new InputError(null, nothingBuilt(request, probed, io));
  const model = builtModel(probed.widths);
  const { widths } = model;
  if (model.parameters.every(({ speeds }) => speeds.every((speed) => speed === 0))) {
    const [narrowest, widest] = [widths[0], widths.at(-1)];
    const why = `ignores its width: every parameter has the same shape at ${narrowest} and at ${widest}`;
    throw new InputError(null, `${shownPath(request.file, io.cwd)}:${request.factory} ${why}`);
  }
  const read = await outlineOf(model, io);
  const readings = readingsOf(model, read?.weights ?? []);
  const differs = [...readings.values()].some(({ disagreements }) => disagreements.length > 0);
  const whole = read === null || differs ? null : await outlineOf(model, io, measuredExponents(model));
  const report: BuiltReport = {
    model,
    findings: builtFindings(model, readings),
    readings,
    verdict: whole?.verdict?.regime ?? 'unknown',
    failures: probed.failures,
    versions: probed.versions,
    at: at.length > 0 ? at : [widths[0]!, widths.at(-1)!],
  };
  const document = `${JSON.stringify(builtJson(report), null, 2)}\n`;
  io.stdout.write(jsonAlone(args) ? document : builtText(report, terminalOf(io)));
  await writeJson(document, args, io);
  return probed.failures.length > 0 ? UNUSABLE : 0;
}

async function requestOf(operand: string, args: ParsedArgs, { cwd, env }: CommandIo): Promise<BuildRequest> {
  const [, path, factory] = /^(.+\.py):([^:/\\]+)$/.exec(operand) ?? [];
  if (path === undefined || factory === undefined) {
    throw new InputError('python', `expected FILE.py:FACTORY, got ${quoted(operand)}`);
  }
  const file = resolve(cwd, path);
  const isFile = await stat(file).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (!isFile) throw new InputError('python', `${quoted(path)} is no file`);
  const seconds = numberOf(args, 'timeout') ?? TIMEOUT_SECONDS;
  if (!(seconds > 0))
    throw new InputError('timeout', `expected seconds above 0, got ${quoted(String(seconds))}`);
  return {
    file,
    factory,
    widths: widthsOf(args),
    interpreter: args.value('interpreter') ?? interpreterFor(file, env),
    seconds,
  };
}

/** The narrowest first, each once. */
function widthsOf(args: ParsedArgs): readonly number[] {
  const widths = [...new Set(wholesOf(args, 'widths') ?? WIDTHS)].sort((one, other) => one - other);
  if (widths.length < 2)
    throw new InputError('widths', 'expected two widths or more: an exponent is a slope over them');
  if (widths.length > MOST_WIDTHS) throw new InputError('widths', `expected at most ${MOST_WIDTHS} widths`);
  return widths;
}

/** Builds it, and follows that on standard error. */
async function probe(request: BuildRequest, io: CommandIo): Promise<Probed> {
  const line = new ProgressLine(io, terminalOf(io).plain);
  const total = request.widths.length;
  let [done, current] = [0, 'importing torch'];
  const draw = (): void =>
    line.update(() => ({ done, total, share: done / total, current, secondsLeft: null }));
  const redraw = setInterval(draw, REDRAW_MS);
  draw();
  try {
    return await runProbe({
      ...request,
      cwd: io.cwd,
      signal: io.interruption.signal,
      heard: ({ event }) => {
        if (event === 'width' || event === 'failed') done++;
        current = `width ${request.widths[done] ?? request.widths.at(-1)}`;
      },
    });
  } finally {
    clearInterval(redraw);
    line.clear();
  }
}

const REDRAW_MS = 250;

/** Why there is no model to tell of: the first thing that went wrong, and where. */
function nothingBuilt(
  { file, factory, interpreter }: BuildRequest,
  { failures, versions }: Probed,
  io: CommandIo,
): string {
  const [first] = failures;
  const shown = shownPath(file, io.cwd);
  if (first === undefined) return `${shown}:${factory} was built at fewer than two widths`;
  const where = first.line == null ? '' : ` (${shownPath(first.line[0], io.cwd)}:${first.line[1]})`;
  if (first.stage === 'python') return `${interpreter}: ${first.why}`;
  if (first.stage === 'torch' && versions === null) {
    return `${interpreter} cannot import torch: ${first.why}; name another Python with --interpreter`;
  }
  return `${shown}:${factory}: ${whereFailed(first)}${first.why}${where}`;
}

function whereFailed({ width }: FailureRecord): string {
  return width === undefined ? '' : `at width ${width}, `;
}

/** What the analyser says of the model's class; null where it cannot read it. */
async function outlineOf(
  { name, source }: BuiltModel,
  io: CommandIo,
  built: readonly BuiltExponents[] = [],
): Promise<ModelOutline | null> {
  if (source === null) return null;
  const { cwd, interruption } = io;
  const { files } = await withAnalyser(1, (analyser) =>
    lintFiles([source[0]], {}, { cwd, signal: interruption.signal, analyser, built }),
  ).catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    say(io, `${name} is not read: ${error.message}`);
    return { files: [] };
  });
  const models = files.flatMap(({ analysis }) => analysis.models);
  return models.find((model) => model.name === name) ?? null;
}
