import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Analysis, BuiltExponents, Finding, WeightRow } from '@widthwise/analysis';
import { type InitExponent, quoted } from '@widthwise/core';
import * as v from 'valibot';
import { type Disagreement, readingsOf, type StaticReading } from '../../built/against-static.ts';
import type { BuiltRole } from '../../built/built-parameter.ts';
import { readFileOf } from '../../files/read-file.ts';
import { shownPath } from '../../files/shown-path.ts';
import { InputError } from '../../input/input-error.ts';
import { type Linted, type LintedFile, lintFiles } from '../../sources/analyse-files.ts';
import type { Configuration } from '../../sources/config/configuration.ts';
import type { CommandIo } from '../command.ts';
import { withAnalyser } from '../with-analyser.ts';
import { RULES_OF_CAUSE } from './suspects-in-code.ts';

const MOST_BYTES = 64_000_000;

/** What `explain --python --json` says of a model, as far as findings are held to it. */
interface Built {
  readonly model: string;
  readonly source: { readonly file: string } | null;
  readonly widths: readonly number[];
  readonly measured: readonly BuiltExponents[];
  readonly parameters: readonly {
    readonly name: string;
    readonly role: BuiltRole | null;
    readonly b: InitExponent | null;
    readonly c: InitExponent | null;
  }[];
}

const EXPONENT = v.nullable(v.union([v.number(), v.literal('zero')]));
const BUILT: v.GenericSchema<unknown, Built> = v.object({
  schema: v.literal('widthwise/explain-python'),
  model: v.string(),
  source: v.nullable(v.object({ file: v.string() })),
  widths: v.array(v.number()),
  measured: v.array(
    v.object({ name: v.string(), b: EXPONENT, isConstant: v.boolean(), adamRate: v.nullable(v.number()) }),
  ),
  parameters: v.array(
    v.object({
      name: v.string(),
      role: v.nullable(v.picklist(['input', 'hidden', 'output', 'finite'])),
      b: EXPONENT,
      c: EXPONENT,
    }),
  ),
});

/** What was linted, held to a built model, and what became of its findings, a sentence each. */
interface HeldToBuilt {
  readonly linted: Linted;
  readonly said: readonly string[];
}

/**
 * Findings about a model that was built: those that its exponents contradict are withdrawn, those that they show say so, and
 * those that follow once they stand where the code shows none are added.
 *
 * @throws InputError for a file that `explain --python` did not write, or of a model that is not linted
 */
export async function heldToBuilt(
  linted: Linted,
  { path, flags, io }: { readonly path: string; readonly flags: Configuration; readonly io: CommandIo },
): Promise<HeldToBuilt> {
  const built = await builtIn(path, io);
  const { file, own } = await fileOf(built, linted, io);
  const known = await withAnalyser(1, (analyser) =>
    lintFiles([file], flags, {
      cwd: io.cwd,
      signal: io.interruption.signal,
      analyser,
      built: built.measured,
      tellsEdits: true,
    }),
  );
  const whole = known.files[0]?.analysis ?? null;
  const { findings, said } = judged(own.analysis, whole, built);
  const files = linted.files.map((one) =>
    one === own ? { ...one, analysis: { ...one.analysis, findings } } : one,
  );
  return { linted: { ...linted, files }, said };
}

async function builtIn(path: string, io: CommandIo): Promise<Built> {
  const read = await readFileOf(resolve(io.cwd, path), { bytes: MOST_BYTES, of: 'what was built' });
  if (!('bytes' in read)) throw new InputError('built', `${quoted(path)} ${read.why}`);
  const isNone = `${quoted(path)} is not what explain --python --json wrote`;
  let value: unknown;
  try {
    value = JSON.parse(read.bytes.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw new InputError('built', isNone);
    throw error;
  }
  const result = v.safeParse(BUILT, value);
  if (!result.success) throw new InputError('built', isNone);
  return result.output;
}

/** The file of the model's class, which has to be among those that were linted. */
async function fileOf(
  { model, source }: Built,
  { files }: Linted,
  io: CommandIo,
): Promise<{ readonly file: string; readonly own: LintedFile }> {
  if (source === null) throw new InputError('built', `nobody knows which file ${model} is from`);
  const real = (path: string) => realpath(resolve(io.cwd, path)).catch(() => resolve(io.cwd, path));
  const wanted = await real(source.file);
  for (const own of files) {
    if ((await real(own.path)) === wanted) return { file: source.file, own };
  }
  const shown = shownPath(source.file, io.cwd);
  throw new InputError('built', `${model} is from ${shown}, in which nothing is linted here`);
}

/** The findings of a file, those about a model that was built held to its exponents. */
function judged(
  own: Analysis,
  whole: Analysis | null,
  built: Built,
): { readonly findings: readonly Finding[]; readonly said: readonly string[] } {
  const readings = readingsOf(built.parameters.map(asParameter), rowsOf(own, built));
  const said: string[] = [];
  const kept = own.findings.flatMap((finding) => {
    const verdict = finding.model === built.model ? verdictOn(finding, readings) : null;
    if (verdict === 'contradicted') {
      said.push(`${finding.code} is withdrawn: ${contradictionOf(finding, readings)}`);
      return [];
    }
    if (verdict !== 'shown') return [finding];
    const shows = `So it is built at widths ${built.widths.join(', ')}.`;
    return [{ ...finding, assumptions: [...finding.assumptions, shows] }];
  });
  const before = new Set(own.findings.map(keyOf));
  const added = (whole?.findings ?? []).filter(
    (finding) => finding.model === built.model && !before.has(keyOf(finding)),
  );
  const follows = `Exponents that the code does not show are those that ${built.model} was built with.`;
  const more = added.map((one) => ({ ...one, assumptions: [...one.assumptions, follows] }));
  const findings = [...kept, ...more].sort((one, other) => one.span.start - other.span.start);
  return { findings, said };
}

function rowsOf({ models }: Analysis, { model }: Built): readonly WeightRow[] {
  return models.find(({ name }) => name === model)?.weights ?? [];
}

function asParameter({ name, role, b, c }: Built['parameters'][number]): Parameters<typeof readingsOf>[0][0] {
  const power = (exponent: InitExponent | null) => ({ exponent, slope: null, why: null });
  return { name, role, b: power(b), c: power(c) };
}

/** What the built model says of a finding: nothing where it is about something else than starts and rates. */
function verdictOn(
  finding: Finding,
  readings: ReadonlyMap<string, StaticReading>,
): 'contradicted' | 'shown' | null {
  const quantity = quantityOf(finding);
  const mates = matesOf(finding, readings);
  if (quantity === null || mates.length === 0) return null;
  const isOff = ([, { disagreements }]: (typeof mates)[number]) => disagreements.some(concerns(quantity));
  if (mates.every(isOff)) return 'contradicted';
  return !mates.some(isOff) && mates.every(([, { same }]) => same.includes(quantity)) ? 'shown' : null;
}

function concerns(quantity: Disagreement['quantity']): (one: Disagreement) => boolean {
  return (one) => one.quantity === quantity || one.quantity === 'role';
}

function matesOf(
  { weights }: Finding,
  readings: ReadonlyMap<string, StaticReading>,
): readonly (readonly [string, StaticReading])[] {
  return [...readings].filter(([, { row }]) => weights.includes(row.name));
}

function quantityOf({ code }: Finding): 'init std' | 'learning rate' | null {
  if (RULES_OF_CAUSE.start.includes(code)) return 'init std';
  return RULES_OF_CAUSE.rate.includes(code) ? 'learning rate' : null;
}

/** `the init std of fc.weight is read as n^0 and built as n^-0.5`. */
function contradictionOf(finding: Finding, readings: ReadonlyMap<string, StaticReading>): string {
  const quantity = quantityOf(finding);
  const [first] = matesOf(finding, readings);
  const off = quantity === null ? undefined : first?.[1].disagreements.find(concerns(quantity));
  if (first === undefined || off === undefined) return '';
  const told = (value: Disagreement['read']) => (typeof value === 'number' ? `n^${0 - value}` : value);
  return `the ${off.quantity} of ${first[0]} is read as ${told(off.read)} and built as ${told(off.built)}`;
}

function keyOf({ code, span, weights }: Finding): string {
  return JSON.stringify([code, span.start, weights]);
}
