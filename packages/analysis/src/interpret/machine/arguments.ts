import type { CallExpression, Parameter } from '../../syntax/ast.ts';
import { dict, list, withRest } from '../values/containers.ts';
import { either, optionsOf } from '../values/either.ts';
import { type DictValue, type ListValue, type OpaqueValue, UNKNOWN, type Value } from '../values/value.ts';
import { type Arguments, type BehindSpread, placed } from './given-arguments.ts';
import type { Frame } from './interpreter.ts';
import { swallowedBy, unknownFrom } from './swallowed.ts';

/**
 * Evaluates what a call is given, from left to right. Of several lists of which one stands behind its only `*`, as where
 * code makes a short or a long one, each is a way of its own.
 *
 * @param iterate gives what going through a value gives that stands behind a `*`
 * @param itemOf gives one of several things that a value holds
 */
export function eachArguments(
  call: CallExpression,
  frame: Frame,
  { iterate, itemOf }: Spreading,
): readonly Arguments[] {
  const given = evaluated(call, frame);
  // Most calls spread nothing.
  if (!call.args.some(({ spread }) => spread)) return [argumentsOf(call, given, frame)];
  const values = given.map((value, index) =>
    call.args[index]?.name === null && call.args[index].spread ? iterate(value) : value,
  );
  const [at, ...more] = call.args.flatMap(({ name, spread }, index) =>
    name === null && spread ? [index] : [],
  );
  const lists = optionsOf(values[at ?? -1] ?? UNKNOWN);
  if (more.length > 0 || lists.length > MOST_LISTS || !lists.every(({ kind }) => kind === 'list')) {
    return [withBehind(argumentsOf(call, values, frame), call, { values, itemOf })];
  }
  return lists.map((one) => {
    const instead = values.with(at ?? 0, one);
    return withBehind(argumentsOf(call, instead, frame), call, { values: instead, itemOf });
  });
}

/** What spreading takes of the language. */
interface Spreading {
  iterate(value: Value): Value;
  itemOf(value: Value, index: number): Value;
}

function withBehind(
  args: Arguments,
  call: CallExpression,
  given: { readonly values: readonly Value[] } & Pick<Spreading, 'itemOf'>,
): Arguments {
  const behind = behindSpread(call, args, given);
  return behind === undefined ? args : { ...args, behind };
}

/** Of a call with one `*` of unknown length what stands behind that, if anything does. */
function behindSpread(
  { args }: CallExpression,
  { positional }: Arguments,
  { values, itemOf }: { readonly values: readonly Value[] } & Pick<Spreading, 'itemOf'>,
): BehindSpread | undefined {
  const isSpread = (at: number) => args[at]?.name === null && args[at].spread;
  const before = args.findIndex((_, at) => isSpread(at) && isOpen(values[at] ?? UNKNOWN));
  const value = values[before];
  if (value === undefined || args.slice(0, before).some(({ name, spread }) => name !== null || spread))
    return;
  const behind = values.slice(before + 1).filter((_, at) => args[before + 1 + at]?.name === null);
  const isMany = args.some((_, at) => at > before && isSpread(at));
  if (behind.length === 0 || isMany) return;
  const first = Array.from({ length: MOST_SPREAD }, (_, at) => itemOf(value, at));
  return { open: positional.length - before, first, last: behind };
}

/** No layer takes more sizes than that. */
const MOST_SPREAD = 3;

/** Of more lists none is followed. */
const MOST_LISTS = 4;

function evaluated({ args }: CallExpression, frame: Frame): Value[] {
  return args.map(({ value }) => frame.evaluate(value));
}

function argumentsOf(call: CallExpression, values: readonly Value[], frame: Frame): Arguments {
  const given: Given = { positional: [], named: new Map(), rest: [], open: false };
  const spreads: Value[] = [];
  for (const [index, { name, spread }] of call.args.entries()) {
    const value = values[index] ?? UNKNOWN;
    if (name !== null) given.named.set(name, value);
    else if (spread) {
      addSpread(value, given);
      if (isOpen(value)) spreads.push(value);
    } else given.positional.push(value);
  }
  const { positional, named, rest, open } = given;
  if (rest.length === 0) return withHandedOn({ positional, named, open }, spreads, frame);
  const [only, ...others] = rest;
  const isByName = call.args.every(({ spread, byName }) => !spread || byName === true);
  const settings = only !== undefined && others.length === 0 && isByName ? settingsFrom(only) : null;
  return {
    positional,
    named,
    open,
    rest: unknownFrom(
      rest.map((one) => entriesFrom(one, frame)),
      frame.interpreter,
    ),
    ...(settings !== null && { settings }),
    ...optionalIn(call, rest),
  };
}

/** What a call is given, with what is handed on where all that is spread is of one collection. */
function withHandedOn(
  args: Arguments,
  spreads: readonly Value[],
  { interpreter: { collected } }: Frame,
): Arguments {
  if (spreads.length === 0) return args;
  const [handedOn, ...others] = new Set(spreads.map((value) => collected.get(value)));
  return handedOn === undefined || others.length > 0 ? args : { ...args, handedOn };
}

/** An entry of what is spread: of something from outside it is made of what numbers became part of that, and of no more. */
function entriesFrom(spread: Value, { interpreter }: Frame): Value {
  if (spread.kind !== 'opaque') return spread;
  const from = new Set(swallowedBy(spread, interpreter));
  return from.size > 0 ? { kind: 'unknown', symbol: null, from } : UNKNOWN;
}

/** A setting whose default is None, spread as a dict that is empty where it is None. */
function optionalIn(call: CallExpression, [only, ...others]: readonly Value[]): Pick<Arguments, 'optional'> {
  const spreads = call.args.filter(({ spread }) => spread);
  const [one, other, ...more] = only === undefined ? [] : optionsOf(only);
  if (others.length > 0 || spreads.length > 1 || more.length > 0 || one?.kind !== 'opaque') return {};
  const isNothing = other?.kind === 'dict' && !other.open && other.entries.size + other.keys.size === 0;
  return isNothing && one.fallback?.kind === 'none' ? { optional: one } : {};
}

/** A value from outside by its name; null for any other, and for what is made of numbers, unread. */
export function settingsFrom(value: Value): OpaqueValue | null {
  if (value.kind === 'opaque') return value;
  if (value.kind !== 'unknown' || value.symbol === null || value.from !== undefined) return null;
  return { kind: 'opaque', symbol: value.symbol, fallback: null };
}

interface Given {
  readonly positional: Value[];
  readonly named: Map<string, Value>;
  readonly rest: Value[];
  open: boolean;
}

/** `*value` or `**value`. */
function addSpread(value: Value, given: Given): void {
  if (value.kind === 'list') {
    given.positional.push(...handedOver(value));
    given.open ||= value.open;
  } else if (optionsOf(value).every(isDict)) {
    const dicts = optionsOf(value).filter(isDict);
    for (const [key, entry] of entriesOf(dicts)) given.named.set(key, entry);
    given.open ||= dicts.some((one) => one.open);
    given.rest.push(...dicts.flatMap((one) => one.rest ?? []));
  } else if (value.kind === 'shape') given.positional.push(value);
  else {
    given.open = true;
    given.rest.push(value);
  }
}

/** What either of several dicts has under each key. */
function entriesOf(dicts: readonly DictValue[]): readonly (readonly [string, Value])[] {
  const keys = new Set(dicts.flatMap(({ entries }) => [...entries.keys()]));
  return [...keys].map((key) => [key, either(dicts.map(({ entries }) => entries.get(key) ?? UNKNOWN))]);
}

function isOpen(value: Value): boolean {
  return (value.kind !== 'list' && value.kind !== 'dict') || value.open;
}

function isDict(value: Value): value is DictValue {
  return value.kind === 'dict';
}

const NUMBERS: ReadonlySet<Value['kind']> = new Set(['number', 'opaque']);

/** The items of a list. A number of an open one may not be there: the parameter then has its default, or another one. */
function handedOver({ items, open }: ListValue): readonly Value[] {
  return open ? items.map((item) => (NUMBERS.has(item.kind) ? either([item, UNKNOWN]) : item)) : items;
}

/** What a call gives at its places, where it has to give all of them. */
function placedFor(parameters: readonly Parameter[], given: Arguments): Arguments {
  if (given.behind === undefined) return given;
  const places = parameters.filter(({ name }) => !given.named.has(name));
  const isExact = places.every(({ fallback, collects }) => fallback === null && collects === null);
  return placed(given, isExact ? places.length : 0);
}

/** Gives a function's parameters their values; `missing` says what stands for one that was not given. */
export function bindParameters(
  parameters: readonly Parameter[],
  given: Arguments,
  missing: (name: string) => Value,
): Map<string, Value> {
  const args = placedFor(parameters, given);
  const bound = new Map<string, Value>();
  const used = new Set<string>();
  let place = 0;
  for (const { name, collects } of parameters) {
    if (collects === 'positional') {
      bound.set(name, list(args.positional.slice(place), args.open));
      place = args.positional.length;
    } else if (collects === 'named') {
      const rest = new Map([...args.named].filter(([key]) => !used.has(key)));
      bound.set(name, withRest(dict(rest, args.open), args.rest));
    } else {
      const given = args.named.get(name) ?? args.positional[place];
      if (!args.named.has(name)) place++;
      used.add(name);
      bound.set(name, given ?? (args.open ? (args.rest ?? UNKNOWN) : missing(name)));
    }
  }
  return bound;
}
