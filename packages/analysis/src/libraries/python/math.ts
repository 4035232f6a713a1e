import { literal, type Quantity } from '../../growth/quantity.ts';
import type { NumericFunction } from '../../interpret/numbers.ts';

/** Functions of numbers, by their qualified names. */
export const NUMERIC_FUNCTIONS: ReadonlyMap<string, NumericFunction> = new Map([
  ['builtins.int', 'same'],
  ['builtins.float', 'same'],
  ['builtins.round', 'same'],
  ['builtins.abs', 'same'],
  ['math.floor', 'same'],
  ['math.ceil', 'same'],
  ['math.fabs', 'same'],
  ['numpy.floor', 'same'],
  ['numpy.ceil', 'same'],
  ['math.sqrt', 'root'],
  ['numpy.sqrt', 'root'],
  ['cmath.sqrt', 'root'],
  ['math.log', 'logarithm'],
  ['math.log2', 'logarithm'],
  ['math.log10', 'logarithm'],
  ['numpy.log', 'logarithm'],
  ...['cos', 'sin', 'tanh', 'exp'].flatMap((name) =>
    ['math', 'numpy'].map((module) => [`${module}.${name}`, 'bounded'] as const),
  ),
  ['math.pow', 'power'],
  ['numpy.power', 'power'],
  ['builtins.pow', 'power'],
  ['builtins.max', 'maximum'],
  ['builtins.min', 'minimum'],
]);

/** Numbers that have a name. */
export const NUMERIC_CONSTANTS: ReadonlyMap<string, Quantity> = new Map([
  ['math.pi', literal(Math.PI)],
  ['math.e', literal(Math.E)],
  ['math.tau', literal(2 * Math.PI)],
  ['numpy.pi', literal(Math.PI)],
]);
