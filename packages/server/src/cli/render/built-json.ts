import type { WeightRow } from '@widthwise/analysis';
import { type Regime, widthPower } from '@widthwise/core';
import { measuredExponents, type StaticReading } from '../../built/against-static.ts';
import type { BuiltGroup, BuiltModel } from '../../built/built-model.ts';
import type { BuiltParameter } from '../../built/built-parameter.ts';
import type { BuiltFinding } from '../../built/built-problems.ts';
import type { FittedPower } from '../../built/fit-power.ts';
import type { FailureRecord } from '../../built/probe-record.ts';
import type { Versions } from '../../built/run-probe.ts';

/** A built model with what was found about it. */
export interface BuiltReport {
  readonly model: BuiltModel;
  readonly findings: readonly BuiltFinding[];
  /** What the analyser reads, by parameter. */
  readonly readings: ReadonlyMap<string, StaticReading>;
  /** The same with what was measured where the code does not show it, by parameter: what is right for each. */
  readonly judged: ReadonlyMap<string, WeightRow>;
  /** What the calculus says of the graph that the code shows, with what was measured where the code does not. */
  readonly verdict: Regime;
  /** Widths that were asked for and could not be built. */
  readonly failures: readonly FailureRecord[];
  readonly versions: Versions | null;
  /** Widths that numbers are told at: those of `--at`, else the narrowest and widest that were built. */
  readonly at: readonly number[];
}

/** What `widthwise explain --python --json` writes. */
export function builtJson({
  model,
  findings,
  readings,
  judged,
  verdict,
  failures,
  versions,
  at,
}: BuiltReport): object {
  return {
    schema: 'widthwise/explain-python',
    version: 1,
    model: model.name,
    source: model.source === null ? null : { file: model.source[0], line: model.source[1] },
    python: versions?.python ?? null,
    torch: versions?.torch ?? null,
    libraries: versions?.libraries ?? null,
    widths: model.widths,
    parameters: model.parameters.map((parameter) =>
      parameterJson(parameter, model, { findings, readings, judged }),
    ),
    measured: measuredExponents(model),
    groups: model.groups.map((group) => groupJson(group, model, at)),
    findings: findings.map(({ kind, problem, parameters }) => ({ kind, problem, parameters })),
    disagreements: [...readings].flatMap(([name, { disagreements }]) =>
      disagreements.map(({ quantity, read, built }) => ({ parameter: name, quantity, static: read, built })),
    ),
    failures: failures.map(({ stage, width, why }) => ({ stage, width: width ?? null, why })),
    notes: model.notes,
    verdict,
  };
}

function parameterJson(
  parameter: BuiltParameter,
  model: BuiltModel,
  { findings, readings, judged }: Pick<BuiltReport, 'findings' | 'readings' | 'judged'>,
): object {
  const { name, aliases, shape, speeds, role, groups, b, c, decay, decayed, update } = parameter;
  const row = readings.get(name)?.row;
  const own = findings.filter(({ parameters }) => parameters.includes(name));
  return {
    name,
    aliases,
    shape,
    speeds,
    role,
    optimizer: groups.length === 1 ? (model.groups[groups[0]!]?.optimizer ?? null) : null,
    group: groups.length === 1 ? groups[0]! : null,
    b: b.exponent,
    c: c.exponent,
    decay: decay.exponent,
    update: update.exponent,
    decayed: decayed.exponent,
    isOrthogonalized: parameter.isOrthogonalized,
    slopes: { size: slopeJson(b), update: slopeJson(update) },
    unknown: unknownJson({ b, c, decay, update }),
    static: row === undefined ? null : { role: row.role, a: row.a, b: row.b, c: row.c },
    wants: judged.get(name)?.wants ?? null,
    problems: own.map(({ problem }) => problem),
  };
}

function slopeJson({ slope }: FittedPower): object | null {
  return slope === null ? null : { value: slope.value, low: slope.low, high: slope.high };
}

/** Why each exponent that is not known is not. */
function unknownJson(powers: Readonly<Record<string, FittedPower>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(powers).flatMap(([name, { why }]) => (why === null ? [] : [[name, why]])),
  );
}

function groupJson(
  { optimizer, settings, parameters }: BuiltGroup,
  model: BuiltModel,
  at: readonly number[],
): object {
  const own = model.parameters.filter(({ name }) => parameters.includes(name));
  return {
    optimizer,
    learningRate: settings.map(({ learningRate }) => learningRate),
    weightDecay: settings.map(({ weightDecay }) => weightDecay),
    betas: settings.map(({ betas }) => betas),
    epsilon: settings.map(({ epsilon }) => epsilon),
    parameters,
    at: at.map((width) => ({
      width,
      weights: own.map((one) => ({
        parameter: one.name,
        update: numberAt(width, one, { kind: 'update', widths: model.widths }),
        decayed: numberAt(width, one, { kind: 'decayed', widths: model.widths }),
      })),
    })),
  };
}

/**
 * What one step does to a parameter at one width, as a number: as it was measured there, else as its power carries on
 * from the widest; null where no power is known.
 */
export function numberAt(
  width: number,
  { updates, update, decays, decayed }: BuiltParameter,
  { kind, widths }: { readonly kind: 'update' | 'decayed'; readonly widths: readonly number[] },
): number | null {
  const [values, { exponent }] = kind === 'update' ? [updates, update] : [decays, decayed];
  const place = widths.indexOf(width);
  if (place >= 0) return values[place] ?? null;
  if (exponent === 'zero') return 0;
  const last = values.at(-1);
  if (exponent === null || last == null) return null;
  return last * widthPower(width / widths.at(-1)!, exponent);
}
