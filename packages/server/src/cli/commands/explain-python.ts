import type { WeightRow } from '@widthwise/analysis';
import { measuredExponents, readingsOf } from '../../built/against-static.ts';
import { type BuiltModel, builtModel } from '../../built/built-model.ts';
import { builtFindings } from '../../built/built-problems.ts';
import { withNear } from '../../built/near-widths.ts';
import { InputError } from '../../input/input-error.ts';
import { factoryRequest, whyNothing, whyNoWidth } from '../built/factory-request.ts';
import { followProbe } from '../built/follow-probe.ts';
import { type ReadCode, readCode } from '../built/read-code.ts';
import type { CommandIo } from '../command.ts';
import { UNUSABLE } from '../exit-code.ts';
import type { ParsedArgs } from '../parse-options.ts';
import { type BuiltReport, builtJson } from '../render/built-json.ts';
import { builtText } from '../render/built-text.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { jsonAlone, writeJson } from '../write-json.ts';

/** Where nothing is said. */
export const EXPLAIN_DEFAULTS = { widths: [64, 128, 256], seconds: 300 } as const;

/**
 * `widthwise explain --python FILE:FACTORY`: builds the model and its optimizer and tells what they are.
 *
 * @throws InputError where it cannot be built at two widths
 */
export async function explainPython(
  operand: string,
  { args, at, io }: { readonly args: ParsedArgs; readonly at: readonly number[]; readonly io: CommandIo },
): Promise<number> {
  const request = await factoryRequest(operand, { args, defaults: EXPLAIN_DEFAULTS, io });
  const { interruption } = io;
  const probed = await interruption.during(() => followProbe(request, { asks: 'explain' }, io));
  if (interruption.signal.aborted) return interruption.exitCode();
  if (probed.widths.length < 2) throw new InputError(null, whyNothing(request, probed, io));
  const model: BuiltModel = builtModel(probed.widths);
  const why = whyNoWidth(request, { model, cwd: io.cwd });
  if (why !== null) throw new InputError(null, why);
  const { outline } = await readCode(model, io);
  const readings = readingsOf(model.parameters, outline?.weights ?? []);
  const differs = [...readings.values()].some(({ disagreements }) => disagreements.length > 0);
  const whole = outline === null || differs ? null : await readCode(model, io, measuredExponents(model));
  const judged = judgedRows(model, whole);
  const report: BuiltReport = {
    model,
    findings: builtFindings(model, readings, judged),
    readings,
    judged,
    verdict: whole?.outline?.verdict?.regime ?? 'unknown',
    failures: probed.failures.map(withNear),
    versions: probed.versions,
    at: at.length > 0 ? at : [model.widths[0]!, model.widths.at(-1)!],
  };
  const document = `${JSON.stringify(builtJson(report), null, 2)}\n`;
  io.stdout.write(jsonAlone(args) ? document : builtText(report, terminalOf(io)));
  await writeJson(document, args, io);
  return probed.failures.length > 0 ? UNUSABLE : 0;
}

/** What the calculus holds right for each parameter, the others as they were built; nothing where code and model differ. */
function judgedRows(model: BuiltModel, whole: ReadCode | null): ReadonlyMap<string, WeightRow> {
  const readings = readingsOf(model.parameters, whole?.outline?.weights ?? []);
  return new Map([...readings].map(([name, { row }]) => [name, row]));
}
