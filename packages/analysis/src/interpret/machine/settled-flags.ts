import type { WidthSymbol } from '../../growth/symbol.ts';
import { sameValue } from '../values/same-value.ts';
import type { Value } from '../values/value.ts';
import type { Frame, Interpreter } from './interpreter.ts';
import { scales } from './switches.ts';

/**
 * A switch of a configuration is what its class says unless it is given another value: where no code in sight gives it
 * one, it is taken to be that. One by which a model may be scaled by its width is not, nor any beside such a one.
 */
export function settledFlag(value: Value, { interpreter }: Frame): Value {
  if (value.kind !== 'opaque' || value.fallback?.kind !== 'truth') return value;
  const { symbol, fallback } = value;
  if (symbol.owner === null || isGivenAnother(symbol, fallback, interpreter)) return value;
  if (interpreter.symbols.fieldsOf(symbol.owner).some(({ name }) => scales(name))) return value;
  interpreter.trace.flags.set(symbol, fallback.value);
  return fallback;
}

function isGivenAnother(symbol: WidthSymbol, preset: Value, { flagsGiven }: Interpreter): boolean {
  return flagsGiven.get(symbol)?.some((given) => !sameValue(given, preset)) === true;
}
