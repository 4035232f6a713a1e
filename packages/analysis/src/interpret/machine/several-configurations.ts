import { symbolsOf } from '../../growth/quantity.ts';
import { holdersOf } from '../values/holders.ts';
import { quantityOf } from '../values/numbers.ts';
import type { Value } from '../values/value.ts';
import type { Interpreter } from './interpreter.ts';

/**
 * Whether two numbers are made of one field of two configurations of a class, which goes by one name and may have two
 * values: `config.dim / base.dim`. Two objects have two values only where the code gives them different ones.
 */
export function mixesConfigurations(
  [left, right]: readonly [Value, Value],
  { settingsGiven }: Interpreter,
): boolean {
  const [mine, theirs] = [holdersOf(left), holdersOf(right)];
  const holders = new Set([...mine, ...theirs]);
  if (holders.size === 0 || (holders.size === 1 && mine.size === theirs.size)) return false;
  const others = symbolsOf(quantityOf(right));
  const isOfAnyone = [...holders].some((holder) => typeof holder !== 'number');
  return [...symbolsOf(quantityOf(left))].some(
    (symbol) => others.has(symbol) && (isOfAnyone || (settingsGiven.get(symbol)?.length ?? 0) > 1),
  );
}
