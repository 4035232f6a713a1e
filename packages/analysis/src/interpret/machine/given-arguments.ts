import type { WidthSymbol } from '../../growth/symbol.ts';
import type { OpaqueValue, Value } from '../values/value.ts';

/** What a call was given. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** Whether `*args` or `**kwargs` may add more. */
  readonly open: boolean;
  /** What that is, or is made of; left out where nobody is seen to add anything. */
  readonly rest?: Value;
  /** What stands behind `*` or `**` where that is one setting from outside, which has whatever it is asked for. */
  readonly settings?: OpaqueValue;
  /** What stands behind `**` where that is a setting that is None unless it is given, and then nothing: `**(config or {})`. */
  readonly optional?: OpaqueValue;
  /** What its code asks of that, where all of it is what whoever makes a model gives it, which nothing has changed. */
  readonly handedOn?: HandedOn;
}

/** What a model hands on of what it is given without naming it, under the names that whoever takes it has for it. */
export type HandedOn = HandedSetting[];

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
