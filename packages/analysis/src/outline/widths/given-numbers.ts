import { exactValue, type Quantity } from '../../growth/quantity.ts';
import type { WidthSymbol } from '../../growth/symbol.ts';
import type { ObservedModel } from '../../observe/observed-model.ts';

/** Whole numbers that the code gives a name, each once, or names that stand for them; null for one that is not known. */
export type GivenNumbers = readonly (number | WidthSymbol | null)[];

/** The numbers of which one is the base width, and whether the author of the code says so. */
export interface BaseNumbers {
  readonly numbers: GivenNumbers;
  readonly isSaid: boolean;
}

/**
 * What calls pass for a name, or instances of a configuration for it: as `Net.config.width` that is `Config.width`. Where
 * some leave it at its default and others do not, the default is among them; where all do, there are none. What is passed
 * beside numbers is left out: it is asked for where there are none.
 */
export function numbersGiven(symbol: WidthSymbol, model: ObservedModel): GivenNumbers {
  const { calls, settingsGiven, left, presets } = model;
  const isField = symbol.owner?.owner != null;
  const settings = [...settingsGiven].filter(
    ([setting]) => setting === symbol || (isField && setting.name === symbol.name),
  );
  const passed = [
    ...calls.flatMap((call) => call.get(symbol) ?? []),
    ...settings.flatMap(([, given]) => given),
  ];
  // 1 stands for what an instance leaves at its default.
  const told = passed.flatMap(wholeNumber).filter((one) => one !== 1);
  if (told.length === 0) return passedFor(symbol, model);
  const leaving = settings.filter(([, given]) => given.flatMap(wholeNumber).includes(1));
  const defaults = [...(left.has(symbol) ? [symbol] : []), ...leaving.map(([setting]) => setting)];
  return [...new Set([...told, ...defaults.map((one) => presets.get(one) ?? null)])];
}

/** What calls pass for a parameter of the constructor that is no number; nothing where they leave it at its default. */
function passedFor(symbol: WidthSymbol, { name, calls, left }: ObservedModel): GivenNumbers {
  if (symbol.owner?.name !== name || symbol.owner.owner !== null || left.has(symbol)) return [];
  const passed = calls.map((call) => {
    const given = call.get(symbol);
    return given?.op === 'symbol' ? given.symbol : null;
  });
  return [...new Set(passed)];
}

function wholeNumber(quantity: Quantity): readonly number[] {
  const exact = exactValue(quantity);
  return exact?.denominator === 1 ? [exact.numerator] : [];
}
