import type { BuiltExponents, WeightRow } from '@widthwise/analysis';
import type { InitExponent } from '@widthwise/core';
import type { BuiltModel } from './built-model.ts';
import type { BuiltParameter } from './built-parameter.ts';

/** What was read off the code for a parameter, beside what was built. */
export interface StaticReading {
  readonly row: WeightRow;
  /** Where the two differ; each both ways. */
  readonly disagreements: readonly Disagreement[];
  /** What both know, and alike. */
  readonly same: readonly Disagreement['quantity'][];
}

/** One number that the code, as it is read, and the model, as it is built, do not agree on. */
export interface Disagreement {
  readonly quantity: 'role' | 'init std' | 'learning rate';
  readonly read: string | InitExponent;
  readonly built: string | InitExponent;
}

/** What of a parameter can be read off its code, too. */
type Readable = Pick<BuiltParameter, 'name' | 'role' | 'b' | 'c'>;

/** The analyser's row of each parameter that it has one for, by the parameter's name. */
export function readingsOf(
  parameters: readonly Readable[],
  rows: readonly WeightRow[],
): ReadonlyMap<string, StaticReading> {
  const named = rows.map((row) => ({ row, own: patternOf([row.name]), other: patternOf(row.aliases) }));
  return new Map(
    parameters.flatMap((parameter) => {
      const { name } = parameter;
      const found = named.find(({ own }) => own.test(name)) ?? named.find(({ other }) => other.test(name));
      if (found === undefined) return [];
      return [[name, readingOf(parameter, found.row)]];
    }),
  );
}

/** What the model as it was built tells the calculus, for what its code does not show. */
export function measuredExponents({ parameters }: BuiltModel): readonly BuiltExponents[] {
  return parameters.map(({ name, b, update, into, isConstant, isScaleFree, isTrained }) => {
    const step = isTrained && isScaleFree && typeof update.exponent === 'number' ? update.exponent : null;
    // Adam's step of a matrix is n^(into − c) as a map.
    const adamRate = step === null || into === null ? null : into - step;
    return { name, b: b.exponent, isConstant, adamRate };
  });
}

/** `*` in a row's name stands for one part of a path. */
function patternOf(names: readonly string[]): RegExp {
  const each = names.map((name) =>
    name
      .split('*')
      .map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('[^.]+'),
  );
  return new RegExp(`^(?:${each.join('|')})$`);
}

function readingOf({ role, b, c }: Readable, row: WeightRow): StaticReading {
  const pairs: readonly Disagreement[] = [
    ...(role === null || row.role === null
      ? []
      : [{ quantity: 'role' as const, read: row.role, built: role }]),
    ...(b.exponent === null || row.b === null
      ? []
      : [{ quantity: 'init std' as const, read: row.b, built: b.exponent }]),
    ...(c.exponent === null || row.c === null
      ? []
      : [{ quantity: 'learning rate' as const, read: row.c, built: c.exponent }]),
  ];
  const isAlike = ({ read, built }: Disagreement) => isSame(read, built);
  return {
    row,
    disagreements: pairs.filter((one) => !isAlike(one)),
    same: pairs.filter(isAlike).map(({ quantity }) => quantity),
  };
}

const ROUNDING = 1e-6;

function isSame(one: string | number, other: string | number): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return Math.abs(one - other) < ROUNDING;
}
