import type { CallExpression, Parameter } from '../../syntax/ast.ts';
import {
  type DictValue,
  dict,
  either,
  type ListValue,
  list,
  optionsOf,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import type { Arguments, Frame } from './interpreter.ts';

/** Evaluates what a call is given, from left to right. */
export function evaluateArguments(call: CallExpression, frame: Frame): Arguments {
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  let open = false;
  for (const { name, value: expression, spread } of call.args) {
    const value = frame.evaluate(expression);
    if (name !== null) named.set(name, value);
    else if (!spread) positional.push(value);
    else if (value.kind === 'list') {
      positional.push(...handedOver(value));
      open ||= value.open;
    } else if (optionsOf(value).every(isDict)) {
      const dicts = optionsOf(value).filter(isDict);
      for (const key of new Set(dicts.flatMap(({ entries }) => [...entries.keys()])))
        named.set(key, either(dicts.map(({ entries }) => entries.get(key) ?? UNKNOWN)));
      open ||= dicts.some((one) => one.open);
    } else if (value.kind === 'shape') positional.push(value);
    else open = true;
  }
  return { positional, named, open };
}

function isDict(value: Value): value is DictValue {
  return value.kind === 'dict';
}

const NUMBERS: ReadonlySet<Value['kind']> = new Set(['number', 'opaque']);

/** The items of a list. A number of an open one may not be there: the parameter then has its default, or another one. */
function handedOver({ items, open }: ListValue): readonly Value[] {
  return open ? items.map((item) => (NUMBERS.has(item.kind) ? either([item, UNKNOWN]) : item)) : items;
}

/** Gives a function's parameters their values; `missing` says what stands for one that was not given. */
export function bindParameters(
  parameters: readonly Parameter[],
  args: Arguments,
  missing: (name: string) => Value,
): Map<string, Value> {
  const bound = new Map<string, Value>();
  const used = new Set<string>();
  let place = 0;
  for (const { name, collects } of parameters) {
    if (collects === 'positional') {
      bound.set(name, list(args.positional.slice(place), args.open));
      place = args.positional.length;
    } else if (collects === 'named') {
      const rest = new Map([...args.named].filter(([key]) => !used.has(key)));
      bound.set(name, dict(rest, args.open));
    } else {
      const given = args.named.get(name) ?? args.positional[place];
      if (!args.named.has(name)) place++;
      used.add(name);
      bound.set(name, given ?? (args.open ? UNKNOWN : missing(name)));
    }
  }
  return bound;
}
