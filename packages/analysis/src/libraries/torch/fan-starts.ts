import { literalValue } from '../../growth/literal-value.ts';
import { literal, pair, power, type Quantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { HALF } from '../../growth/rational.ts';
import { type Arguments, argument } from '../../interpret/machine/given-arguments.ts';
import { either } from '../../interpret/values/either.ts';
import { quantityOf } from '../../interpret/values/numbers.ts';
import { number, type Value } from '../../interpret/values/value.ts';
import { type Fans, inverseRoot } from './fans.ts';
import { given } from './initializer-arguments.ts';
import type { ArgumentPlace, InitializerKnowledge } from './tables.ts';

type FanKnowledge = Extract<InitializerKnowledge, { rule: 'fan' }>;

/**
 * The standard deviation of values that go by fans.
 *
 *     Xavier       gain · √(2 / (fan-in + fan-out))
 *     Kaiming      gain / √fan
 *     orthogonal   gain / √max(fan-in, fan-out)
 */
export function fanStd(knowledge: FanKnowledge, fans: Fans | null, args: Arguments): Quantity {
  if (fans === null) return UNKNOWN_QUANTITY;
  if (knowledge.fan === 'mode') {
    const mode = given(args, knowledge.mode);
    if (mode.kind !== 'text') return UNKNOWN_QUANTITY;
    return rootOver(squaredGain(knowledge, args) ?? 1, mode.text === 'fan_out' ? fans.fanOut : fans.fanIn);
  }
  const gain = quantityOf(given(args, knowledge.gain));
  const std =
    knowledge.fan === 'sum'
      ? rootOver(2, pair('add', fans.fanIn, fans.fanOut))
      : inverseRoot(pair('maximum', fans.fanIn, fans.fanOut));
  return literalValue(gain) === 1 ? std : pair('multiply', gain, std);
}

/** √(x / fan). */
function rootOver(x: number, fan: Quantity): Quantity {
  return x === 1 ? inverseRoot(fan) : power(pair('divide', literal(x), fan), HALF);
}

/** The square of the gain that Kaiming's initializers take for an activation; undefined where that or its slope is not known. */
function squaredGain(
  { slope, nonlinearity }: { readonly slope: ArgumentPlace; readonly nonlinearity: ArgumentPlace },
  args: Arguments,
): number | undefined {
  const name = given(args, nonlinearity);
  if (name.kind !== 'text') return undefined;
  if (name.text !== 'leaky_relu') return SQUARED_GAINS.get(name.text);
  const a = literalValue(quantityOf(given(args, slope)));
  return a === undefined ? undefined : rounded(2 / (1 + a * a));
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** `calculate_gain('relu')`: a number that no width has a part in; of an activation that is not known, one or another. */
export function gainFor(args: Arguments): Value {
  const nonlinearity = argument(args, { name: 'nonlinearity', index: 0 });
  const slope = argument(args, { name: 'param', index: 1 });
  const squared =
    nonlinearity?.kind === 'text' && slope === undefined ? SQUARED_GAINS.get(nonlinearity.text) : undefined;
  return squared === undefined ? either([...SQUARED_GAINS.values()].map(rootNumber)) : rootNumber(squared);
}

function rootNumber(squared: number): Value {
  return number(literal(Math.sqrt(squared)));
}

/** The squares of what PyTorch takes initial values larger by for an activation; of a leaky one with its slope left out. */
const SQUARED_GAINS: ReadonlyMap<string, number> = new Map([
  ['linear', 1],
  ['conv1d', 1],
  ['conv2d', 1],
  ['conv3d', 1],
  ['conv_transpose1d', 1],
  ['conv_transpose2d', 1],
  ['conv_transpose3d', 1],
  ['sigmoid', 1],
  ['tanh', 25 / 9],
  ['relu', 2],
  ['leaky_relu', 2 / (1 + 0.01 ** 2)],
  ['selu', 9 / 16],
]);
