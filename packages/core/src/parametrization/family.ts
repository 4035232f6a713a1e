import { type InitExponent, sameExponent } from '../calculus/exponent.ts';
import type { LayerInvariants } from './gauge.ts';
import { MUP_TARGETS } from './mup-targets.ts';
import { type OptimizerName, roleOfLayer } from './parametrization.ts';

/** What people call a parametrization by its exponents. */
export type Family = 'μP' | 'NTP' | 'SP';

/**
 * The name that exponents deserve, whatever their author calls them; null for a scaling that has none.
 *
 * All three keep the preactivations of hidden layers (B = 0, ½, …, ½). A readout with B ≥ 1 and μP's rates make μP;
 * one with B = ½ makes NTP at its rates under SGD, and SP at any other.
 *
 * @param exponents (B, C) of layers 1…L+1
 */
export function familyOf({ B, C }: LayerInvariants, optimizer: OptimizerName): Family | null {
  const readout = B.at(-1);
  const inner = B.slice(0, -1).every((b, index) => sameExponent(b, index === 0 ? 0 : 1 / 2));
  if (!inner || readout === undefined) return null;
  if (startsSmall(readout) && hasMupRates(C, optimizer)) return 'μP';
  if (!sameExponent(readout, 1 / 2)) return null;
  return optimizer === 'sgd' && hasNtpRates(C) ? 'NTP' : 'SP';
}

function startsSmall(readout: InitExponent): boolean {
  return readout === 'zero' || readout > 1 || sameExponent(readout, 1);
}

function hasMupRates(C: readonly number[], optimizer: OptimizerName): boolean {
  return C.every((rate, index) => {
    const role = roleOfLayer(index + 1, C.length - 1);
    return sameExponent(rate, MUP_TARGETS[role].C[optimizer]);
  });
}

function hasNtpRates(C: readonly number[]): boolean {
  return C.every((rate, index) => sameExponent(rate, index === 0 ? 0 : 1));
}
