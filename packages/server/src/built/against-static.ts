import type { WeightRow } from '@widthwise/analysis';
import type { InitExponent } from '@widthwise/core';
import type { BuiltModel, BuiltParameter } from './built-model.ts';

/** What was read off the code for a parameter, beside what was built. */
export interface StaticReading {
  readonly row: WeightRow;
  /** Where the two differ; each both ways. */
  readonly disagreements: readonly Disagreement[];
}

/** One number that the code, as it is read, and the model, as it is built, do not agree on. */
export interface Disagreement {
  readonly quantity: 'role' | 'init std' | 'learning rate';
  readonly read: string | InitExponent;
  readonly built: string | InitExponent;
}

/** The analyser's row of each parameter that it has one for, by the parameter's name. */
export function readingsOf(
  model: BuiltModel,
  rows: readonly WeightRow[],
): ReadonlyMap<string, StaticReading> {
  const patterns = rows.map((row) => ({ row, pattern: patternOf([row.name, ...row.aliases]) }));
  return new Map(
    model.parameters.flatMap((parameter) => {
      const { row } = patterns.find(({ pattern }) => pattern.test(parameter.name)) ?? {};
      return row === undefined
        ? []
        : [[parameter.name, { row, disagreements: disagreements(parameter, row) }]];
    }),
  );
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

function disagreements(
  { role, b, c }: BuiltParameter,
  row: Pick<WeightRow, 'role' | 'b' | 'c'>,
): readonly Disagreement[] {
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
  return pairs.filter(({ read, built }) => !isSame(read, built));
}

const ROUNDING = 1e-6;

function isSame(one: string | number, other: string | number): boolean {
  if (typeof one === 'string' || typeof other === 'string') return one === other;
  return Math.abs(one - other) < ROUNDING;
}
