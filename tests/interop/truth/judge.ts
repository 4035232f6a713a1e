import { type MeasuredModel, type MeasuredParameter, roleOf } from './measured.ts';
import type { SaidModel, SaidRow } from './said.ts';

export type Value = 'role' | 'a' | 'b' | 'c';
export const VALUES: readonly Value[] = ['role', 'a', 'b', 'c'];

interface Count {
  readonly right: number;
  readonly wrong: number;
  readonly silent: number;
}

/** What is said of a model's parameters, held to what they are. */
export interface Judgement {
  readonly parameters: number;
  readonly matrices: number;
  readonly inTable: number;
  readonly matricesInTable: number;
  /** Matrices with role, a and b, all of them right. */
  readonly matricesRead: number;
  /** Parameters without a row that a line about what is missing names. */
  readonly named: readonly string[];
  readonly silentlyMissing: readonly string[];
  readonly ghosts: readonly string[];
  readonly counts: Readonly<Record<Value, Count>>;
  /** How many parameters each value is said of, measured or not. */
  readonly known: Readonly<Record<Value, number>>;
  /** Sentences, one a wrong value. */
  readonly wrong: readonly string[];
  /** Rows that lack a value, with what is said to be missing. */
  readonly lacking: readonly string[];
}

/** How far a measured slope may lie from the exponent that is said: finite widths, `d + 1` beside `d`. */
const TOLERANCE = 0.1;

/** A slope that is known no better than this tells no half powers apart. */
const WIDEST = 0.25;

/** How far the slope of a parameter's size may lie from its exponent: that of few entries is known less well. */
function toleranceOf({ error = 0 }: MeasuredParameter): number {
  return TOLERANCE + 2 * error;
}

export function judge(measured: MeasuredModel, model: SaidModel | undefined): Judgement {
  const modes = measured.variants ?? [];
  const parameters = modes[0]?.parameters ?? [];
  const everywhere = modes.flatMap((mode) => mode.parameters);
  const rows = model?.weights ?? [];
  const found = parameters.map((parameter): Found => {
    const row = rows.find((candidate) => names(candidate, parameter));
    const kin = everywhere.filter(({ name }) => name === parameter.name);
    return { parameter, row, outcomes: VALUES.map((value) => judgeValue(value, row, kin)) };
  });
  const absent = found.filter(({ row }) => row === undefined).map(({ parameter }) => parameter);
  return {
    parameters: parameters.length,
    matrices: parameters.filter(isMatrix).length,
    inTable: found.length - absent.length,
    matricesInTable: found.filter(({ parameter, row }) => row !== undefined && isMatrix(parameter)).length,
    matricesRead: found.filter(isReadMatrix).length,
    named: absent.filter((parameter) => isNamed(parameter, model)).map(({ name }) => name),
    silentlyMissing: absent.filter((parameter) => !isNamed(parameter, model)).map(({ name }) => name),
    ghosts: rows.filter((row) => !everywhere.some((one) => standsFor(row, one))).map(({ name }) => name),
    counts: countsOf(found),
    known: knownOf(found),
    wrong: wrongOf(found),
    lacking: lackingOf(found),
  };
}

/** A parameter, its row, and how each of `VALUES` compares. */
interface Found {
  readonly parameter: MeasuredParameter;
  readonly row: SaidRow | undefined;
  readonly outcomes: readonly Outcome[];
}

type Outcome =
  | { readonly kind: 'right' | 'silent' | 'unmeasured' }
  | { readonly kind: 'wrong'; readonly why: string };

function isMatrix({ shape }: MeasuredParameter): boolean {
  return shape.length > 1;
}

function isReadMatrix({ parameter, row, outcomes }: Found): boolean {
  if (row === undefined || !isMatrix(parameter)) return false;
  return outcomes
    .slice(0, VALUES.indexOf('c'))
    .every(({ kind }, at) => kind === 'right' || (kind === 'unmeasured' && row[VALUES[at]!] !== null));
}

function countsOf(found: readonly Found[]): Record<Value, Count> {
  const count = (at: number, kind: Outcome['kind']): number =>
    found.filter(({ outcomes }) => outcomes[at]!.kind === kind).length;
  const of = (value: Value): Count => {
    const at = VALUES.indexOf(value);
    return { right: count(at, 'right'), wrong: count(at, 'wrong'), silent: count(at, 'silent') };
  };
  return { role: of('role'), a: of('a'), b: of('b'), c: of('c') };
}

function knownOf(found: readonly Found[]): Record<Value, number> {
  const of = (value: Value): number => found.filter(({ row }) => (row?.[value] ?? null) !== null).length;
  return { role: of('role'), a: of('a'), b: of('b'), c: of('c') };
}

function wrongOf(found: readonly Found[]): readonly string[] {
  const sentences = new Map<string, string>();
  for (const { parameter, row, outcomes } of found) {
    for (const outcome of outcomes) {
      if (outcome.kind !== 'wrong') continue;
      const sentence = `${row?.name}: ${outcome.why}`;
      sentences.set(sentence, `${sentence} (${parameter.name}, ${parameter.shape.join(' × ')})`);
    }
  }
  return [...sentences.values()];
}

function lackingOf(found: readonly Found[]): readonly string[] {
  const sentences = found.flatMap(({ row, outcomes }) => {
    const open = VALUES.filter((_, at) => outcomes[at]!.kind === 'silent');
    if (row === undefined || open.length === 0) return [];
    return [`${row.name}: no ${open.join(', ')}: ${row.missing.join('; ') || '–'}`];
  });
  return [...new Set(sentences)];
}

/** Whether a row stands for a parameter: by its name, by one of the others where it is tied, by that of its layer. */
function names(row: SaidRow, { name, others }: MeasuredParameter): boolean {
  const patterns = row.name.split(/ = |, /).flatMap((one) => [patternOf(one), patternOf(`${one}.weight`)]);
  return [name, ...others].some((one) => patterns.some((pattern) => pattern.test(one)));
}

/** Whether a row is that of a parameter, or of a part that is not read and holds it. */
function standsFor(row: SaidRow, parameter: MeasuredParameter): boolean {
  return names(row, parameter) || (isUnreadPart(row) && holds(row.name, parameter.name));
}

/** A row's name has a `*` for any place, and `{8,11}` for one of these. */
function patternOf(name: string): RegExp {
  const places = name.replaceAll(/[.+?^$()|[\]\\]/g, '\\$&').replaceAll('*', '[^.]+');
  return new RegExp(
    `^${places.replaceAll(/\{([^}]*)\}/g, (_, all: string) => `(?:${all.replaceAll(',', '|')})`)}$`,
  );
}

/** Whether a line about what is missing begins with the parameter, or a row stands for a part that is not read and holds it. */
function isNamed({ name }: MeasuredParameter, model: SaidModel | undefined): boolean {
  const subjects = (model?.missing ?? []).flatMap((line) => line.split(':')[0] ?? []);
  const parts = (model?.weights ?? []).filter(isUnreadPart).map((row) => row.name);
  return [...subjects, ...parts].some((subject) => subject.length > 0 && holds(subject, name));
}

function isUnreadPart({ shape, role }: SaidRow): boolean {
  return shape === '?' && role === null;
}

/** Whether a parameter is what a name stands for, or in it. */
function holds(subject: string, name: string): boolean {
  return new RegExp(`${patternOf(subject).source.slice(0, -1)}(?:\\.|$)`).test(name);
}

function truthOf(parameter: MeasuredParameter, value: Value): number | string | null {
  return value === 'role' ? roleOf(parameter) : parameter[value];
}

function judgeValue(value: Value, row: SaidRow | undefined, kin: readonly MeasuredParameter[]): Outcome {
  const measured = kin.filter((one) => value !== 'b' || toleranceOf(one) < WIDEST);
  const truths = measured.flatMap((one) => {
    const truth = truthOf(one, value);
    return truth === null ? [] : [{ truth, tolerance: value === 'b' ? toleranceOf(one) : TOLERANCE }];
  });
  const claim = row?.[value] ?? null;
  if (truths.length === 0) return { kind: 'unmeasured' };
  if (claim === null) return { kind: 'silent' };
  const against = truths.find((one) => !agree(value, claim, one));
  return against === undefined
    ? { kind: 'right' }
    : { kind: 'wrong', why: `says ${value} ${claim}, is ${against.truth}` };
}

function agree(
  value: Value,
  claim: number | string,
  { truth, tolerance }: { readonly truth: number | string; readonly tolerance: number },
): boolean {
  if (value === 'role' && (claim === 'gain' || claim === 'bias')) return truth === 'input';
  if (typeof claim === 'string' || typeof truth === 'string') return claim === truth;
  return Math.abs(claim - truth) < tolerance;
}
