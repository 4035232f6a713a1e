import { productName, type WidthSymbol } from '../growth/symbol.ts';
import { statesSince } from '../interpret/machine/given-dicts.ts';
import type { Interpreter } from '../interpret/machine/interpreter.ts';
import { unknownFrom } from '../interpret/machine/swallowed.ts';
import { either } from '../interpret/values/either.ts';
import { productOf } from '../interpret/values/product-of.ts';
import { sameValue } from '../interpret/values/same-value.ts';
import {
  type DictValue,
  type ListValue,
  type ObjectValue,
  UNKNOWN,
  type Value,
} from '../interpret/values/value.ts';
import type { Instance } from './model-run.ts';

interface Holding {
  readonly value: Value;
  /** What it was given for. */
  readonly symbol: WidthSymbol;
}

/** A field of a configuration as it was given, or what all items of a list make. */
export function heldBy(
  { value, symbol }: Holding,
  name: string,
  { instance, interpreter }: { readonly instance: Instance; readonly interpreter: Interpreter },
): Value | undefined {
  const { symbols, givenFields } = interpreter;
  const isProduct = name === productName(symbol);
  switch (value.kind) {
    case 'dict':
      return entryOf(value, name, interpreter);
    case 'list':
      return isProduct ? productIn(value, interpreter) : undefined;
    case 'object':
      return fieldOf(value, name, instance) ?? givenFields.get(value.id)?.get(name);
    case 'opaque':
    case 'unknown': {
      if (value.symbol === null) return undefined;
      const held = isProduct ? productName(value.symbol) : name;
      return { kind: 'opaque', symbol: symbols.of(value.symbol, held), fallback: null };
    }
    default:
      return undefined;
  }
}

/** The product of a list's items; where some are not read, what went into them is known. */
function productIn(value: ListValue, interpreter: Interpreter): Value {
  const product = value.open ? undefined : productOf(value.items);
  return product ?? unknownFrom([value], interpreter);
}

/** A field as it was when the model was made, or is now: the constructor read the one, a forward pass reads the other. */
export function fieldOf({ id }: ObjectValue, name: string, { built, heap }: Instance): Value | undefined {
  const now = heap.attributes(id).get(name)?.value;
  const then = built?.attributes(id).get(name)?.value;
  if (now === undefined || then === undefined || sameValue(now, then)) return now;
  return either([then, now]);
}

/** An entry as it was when the model was made, or is later. */
function entryOf(given: DictValue, name: string, interpreter: Interpreter): Value | undefined {
  const each = statesSince(given, interpreter).map((state) =>
    state.kind === 'dict' ? state.entries.get(name) : UNKNOWN,
  );
  const [then, ...later] = each.filter((one) => one !== undefined);
  const others = then === undefined ? [] : later.filter((one) => !sameValue(one, then));
  return then === undefined || others.length === 0 ? then : either([then, ...others]);
}
