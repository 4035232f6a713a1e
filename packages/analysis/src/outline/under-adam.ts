import { CONSTANT } from '../growth/growth.ts';
import { literal } from '../growth/quantity.ts';
import type { RateReading } from './rates.ts';
import type { Weight } from './weights.ts';

/**
 * The weights of a model of which no optimizer is found, as Adam trains them at one rate; null where one is found, or
 * where what trains them is not read.
 */
export function trainedByAdam(weights: readonly Weight[]): readonly Weight[] | null {
  const trained = weights.filter(({ frozen }) => frozen !== 'surely');
  if (trained.length === 0 || trained.some(({ rate }) => rate.missing?.kind !== 'no-optimizer')) return null;
  return weights.map((weight) => ({ ...weight, rate: rateAtOnce(weight) }));
}

function rateAtOnce({ frozen, rate }: Weight): RateReading {
  if (frozen === 'surely') return rate;
  return frozen === 'perhaps' ? PERHAPS_FROZEN : AT_ONE_RATE;
}

const AT_ONE_RATE: RateReading = {
  update: { kind: 'adam' },
  lr: literal(1),
  growth: CONSTANT,
  missing: null,
  optimizers: [],
  groups: [],
  apart: [],
};

const PERHAPS_FROZEN: RateReading = { ...AT_ONE_RATE, missing: { kind: 'perhaps-frozen' } };
