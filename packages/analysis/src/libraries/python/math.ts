import { literal, type Quantity } from '../../growth/quantity.ts';
import type { NumericFunction } from '../../interpret/values/numbers.ts';

/** Functions of numbers, by their qualified names. */
export const NUMERIC_FUNCTIONS: ReadonlyMap<string, NumericFunction> = new Map([
  ...named('same', 'builtins', 'float abs'),
  ...named('same', 'math', 'ceil fabs'),
  ...named('same', 'numpy', 'ceil abs absolute float16 float32 float64'),
  ...named('whole-part', 'builtins', 'int round'),
  ...named('whole-part', 'math', 'floor trunc'),
  ...named('whole-part', 'numpy', 'floor'),
  ...named('root', 'math', 'sqrt isqrt'),
  ...named('root', 'numpy', 'sqrt'),
  ...named('root', 'cmath', 'sqrt'),
  ...named('cube-root', 'math', 'cbrt'),
  ...named('cube-root', 'numpy', 'cbrt'),
  ...named('inverse', 'numpy', 'reciprocal'),
  ...named('square', 'numpy', 'square'),
  ...['math', 'numpy'].flatMap((module) => [
    ...named('logarithm', module, 'log'),
    ...named('logarithm-of-2', module, 'log2'),
    ...named('logarithm-of-10', module, 'log10'),
    ...named('exponential', module, 'exp'),
    ...named('exponential-of-2', module, 'exp2'),
    ...named('bounded', module, 'cos sin tanh'),
  ]),
  ...named('error-function', 'math', 'erf'),
  ...named('power', 'math', 'pow'),
  ...named('power', 'numpy', 'power float_power'),
  ...named('power', 'builtins', 'pow'),
  ...named('maximum', 'builtins', 'max'),
  ...named('maximum', 'numpy', 'maximum'),
  ...named('minimum', 'builtins', 'min'),
  ...named('minimum', 'numpy', 'minimum'),
]);

function named(
  does: NumericFunction,
  module: string,
  names: string,
): readonly (readonly [string, NumericFunction])[] {
  return names.split(' ').map((name) => [`${module}.${name}`, does]);
}

/** Numbers that have a name. */
export const NUMERIC_CONSTANTS: ReadonlyMap<string, Quantity> = new Map([
  ['math.pi', literal(Math.PI)],
  ['math.e', literal(Math.E)],
  ['math.tau', literal(2 * Math.PI)],
  ['numpy.pi', literal(Math.PI)],
]);
