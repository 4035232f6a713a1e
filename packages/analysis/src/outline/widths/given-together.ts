import { CONSTANT, type Growth, isPoint, point, UNKNOWN_GROWTH } from '../../growth/growth.ts';
import { exactValue, type Quantity } from '../../growth/quantity.ts';
import { toNumber } from '../../growth/rational.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';

/** A width, and the number beside it. */
type Pair = readonly [width: number, number: number];

/**
 * How a number goes with the width in a family of models: `Net(256, 0.0625)` and `Net(1024, 0.03125)` give n^-½.
 *
 * Undefined where the code gives no family of them, or one number at every width; unknown where they follow no power of
 * the width. Whole numbers mostly count something, as layers: unknown where they follow one.
 */
export function growthBesideWidth(
  symbol: WidthSymbol,
  model: ObservedModel,
  widths: ReadonlyMap<WidthSymbol, Growth>,
): Growth | undefined {
  if (model.depths.has(symbol)) return undefined;
  for (const [width, growth] of widths) {
    const pairs = isPoint(growth) && growth !== CONSTANT ? pairsOf(width, symbol, model) : [];
    if (!isFamily(pairs)) continue;
    const power = powerOf(pairs);
    if (pairs.some(([, number]) => !Number.isInteger(number)))
      return power === null ? UNKNOWN_GROWTH : point({ numerator: 2 * power, denominator: 2 });
    return power === null ? undefined : UNKNOWN_GROWTH;
  }
  return undefined;
}

/** What each call gives for both, where that is known. */
function pairsOf(width: WidthSymbol, symbol: WidthSymbol, model: ObservedModel): readonly Pair[] {
  return model.calls.flatMap((call) => {
    const [sizes, numbers] = [numbersIn(call, width, model), numbersIn(call, symbol, model)];
    if (sizes.length !== numbers.length) return [];
    return sizes.flatMap((size, at): readonly Pair[] => {
      const number = numbers[at] ?? null;
      return size === null || number === null ? [] : [[size, number]];
    });
  });
}

/** What a call gives for a name, or leaves at its default: several, where what is chosen there is not known. */
function numbersIn(
  call: ReadonlyMap<WidthSymbol, Quantity>,
  symbol: WidthSymbol,
  { presets }: ObservedModel,
): readonly (number | null)[] {
  const given = call.get(symbol);
  return given === undefined ? [presets.get(symbol) ?? null] : leavesOf(given);
}

function leavesOf(quantity: Quantity): readonly (number | null)[] {
  if (quantity.op === 'either') return [...leavesOf(quantity.left), ...leavesOf(quantity.right)];
  const exact = exactValue(quantity);
  return [exact === undefined ? null : toNumber(exact)];
}

/** Whether a number is one at each width, and not the same at all of them. */
function isFamily(pairs: readonly Pair[]): boolean {
  const byWidth = new Map(pairs);
  return (
    byWidth.size > 1 &&
    new Set(byWidth.values()).size > 1 &&
    pairs.every(([width, number]) => byWidth.get(width) === number)
  );
}

/** How far numbers that are written to a few digits may be off. */
const ROUNDED = 0.02;

/** Powers of the width that parametrizations have, in steps of ½. */
const MOST_POWER = 2;

/** e of numbers c·n^e; null where they follow no such power. */
function powerOf(pairs: readonly Pair[]): number | null {
  const [first, ...others] = [...pairs].sort(([one], [other]) => one - other);
  const last = others.at(-1);
  if (first === undefined || last === undefined) return null;
  const ratio = last[1] / first[1];
  if (!(ratio > 0)) return null;
  const power = Math.round((2 * Math.log(ratio)) / Math.log(last[0] / first[0])) / 2;
  const isFollowed = ([width, number]: Pair) =>
    Math.abs(number / (first[1] * (width / first[0]) ** power) - 1) < ROUNDED;
  return power !== 0 && Math.abs(power) <= MOST_POWER && pairs.every(isFollowed) ? power : null;
}
