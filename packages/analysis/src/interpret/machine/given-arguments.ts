import type { WidthSymbol } from '../../growth/symbol.ts';
import type { OpaqueValue, Value } from '../values/value.ts';

/** What a call was given. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** Whether `*args` or `**kwargs` may add more. */
  readonly open: boolean;
  /** Where arguments stand behind a `*` that gives nobody knows how many: `Linear(*shape, width)`. */
  readonly behind?: BehindSpread;
  /** What that is, or is made of; left out where nobody is seen to add anything. */
  readonly rest?: Value;
  /** What stands behind `**` where that is one setting from outside, which has whatever it is asked for. */
  readonly settings?: OpaqueValue;
  /** What stands behind `**` where that is a setting that is None unless it is given, and then nothing: `**(config or {})`. */
  readonly optional?: OpaqueValue;
  /** What its code asks of that, where all of it is what whoever makes a model gives it, which nothing has changed. */
  readonly handedOn?: HandedOn;
}

/** Positional arguments behind a `*` of unknown length: their places are not those that they are written at. */
export interface BehindSpread {
  /** How many of the positional arguments, the last ones, are its own and those behind it. */
  readonly open: number;
  /** What it gives first. */
  readonly first: readonly Value[];
  readonly last: readonly Value[];
}

/** Positional arguments at their places, where the call has to give so many and can give no more. */
export function placed(args: Arguments, required: number): Arguments {
  const { behind, ...others } = args;
  if (behind === undefined) return args;
  const { open, first, last } = behind;
  const given = args.positional.slice(0, args.positional.length - open);
  const spread = required - given.length - last.length;
  if (spread < 1 || spread > first.length) return { ...others, positional: given, open: true };
  return { ...others, positional: [...given, ...first.slice(0, spread), ...last], open: false };
}

/** What a model hands on of what it is given without naming it. */
export interface HandedOn {
  /** What is asked of it, under the names that whoever takes it has for it. */
  readonly asked: HandedSetting[];
  /** What of it is taken to be left at its defaults; null where nothing is. */
  readonly left: LeftBeside | null;
}

/** What calls that make a model are seen to give it besides what its constructor names. */
export interface LeftBeside {
  /** Whether none gives a setting surely another value than its default. */
  readonly isLeft: (name: string, preset: Value) => boolean;
  /** Whether none gives anything but these. */
  readonly isAll: (names: ReadonlySet<string>) => boolean;
}

export interface HandedSetting {
  readonly name: string;
  /** Where it is among what *args collect. */
  readonly place: number;
  readonly symbol: WidthSymbol;
}

export const NO_ARGUMENTS: Arguments = { positional: [], named: new Map(), open: false };

/** What a call has that is given these by their places alone. */
export function positional(...values: readonly Value[]): Arguments {
  return { positional: values, named: new Map(), open: false };
}

/** The argument at a place, by name first. */
export function argument(
  args: Arguments,
  place: { readonly name: string; readonly index: number },
): Value | undefined {
  return args.named.get(place.name) ?? args.positional[place.index];
}

/** All arguments, whatever they are called. */
export function everyArgument(args: Arguments): readonly Value[] {
  return [...args.positional, ...args.named.values()];
}
