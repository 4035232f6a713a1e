import type { InitExponent } from '@widthwise/core';
import { type Growth, point, VANISHED } from '../growth/growth.ts';
import { UNKNOWN_QUANTITY } from '../growth/quantity.ts';
import { negate, rationalFromDecimal } from '../growth/rational.ts';
import type { BuiltExponents } from '../options.ts';
import { placeKey } from '../syntax/span.ts';
import { exponentsOf } from './exponents.ts';
import type { RateReading } from './rates.ts';
import type { Weight } from './weights.ts';

/** The weights of a model, with what was measured of it in place of what its code does not show. */
export function withBuilt(weights: readonly Weight[], built: readonly BuiltExponents[]): readonly Weight[] {
  if (built.length === 0) return weights;
  const byName = new Map(built.map((one) => [one.name, one]));
  return weights.map((weight) => {
    const names = [weight, ...weight.aliases].map(({ path }) => path);
    const [measured] = names.flatMap((name) => byName.get(name) ?? []);
    return measured === undefined ? weight : withMeasured(weight, measured);
  });
}

function withMeasured(weight: Weight, { b, isConstant, adamRate }: BuiltExponents): Weight {
  const shown = exponentsOf(weight);
  const start = shown.b === null ? growthOf(b) : null;
  const rate = shown.c === null || weight.rate.update === null ? growthOf(adamRate) : null;
  const kind = isConstant ? 'constant' : 'random';
  return {
    ...weight,
    ...(start === null
      ? {}
      : { inits: [{ write: { std: UNKNOWN_QUANTITY, kind, span: null, by: 'as built' }, std: start }] }),
    ...(rate === null
      ? {}
      : { rate: { ...asBuilt(weight.rate), update: { kind: 'adam' }, growth: rate, missing: null } }),
  };
}

/** Without what could have trained it where that is several calls: the rate is of one of them, and nothing is said of the others. */
function asBuilt(rate: RateReading): RateReading {
  const calls = new Set(rate.optimizers.map(({ span }) => placeKey(span)));
  return { ...rate, apart: [], optimizers: calls.size > 1 ? [] : rate.optimizers };
}

/** Of n^-exponent; null where that is not known. */
function growthOf(exponent: InitExponent | null): Growth | null {
  if (exponent === null) return null;
  if (exponent === 'zero') return VANISHED;
  const size = rationalFromDecimal(String(Math.abs(exponent)));
  if (size === undefined) return null;
  return point(exponent > 0 ? negate(size) : size);
}
