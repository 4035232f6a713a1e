import { literal, pair, type Quantity, sameQuantity, UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { type Arguments, placed } from '../../interpret/machine/given-arguments.ts';
import { either } from '../../interpret/values/either.ts';
import { quantityOf } from '../../interpret/values/numbers.ts';
import { truthOf } from '../../interpret/values/truth.ts';
import { NONE, number, UNKNOWN, type Value } from '../../interpret/values/value.ts';

/** What a constructor is given, by the names that its signature has. */
export type Given = ReadonlyMap<string, Value>;

/** Gives every name of a signature such as `in_features, out_features, bias=True` its value. */
export function givenBy(signature: string, call: Arguments): Given {
  const parts = signature === '' ? [] : signature.split(', ');
  const required = parts.filter((part) => !part.includes('=') && !call.named.has(part));
  const args = placed(call, required.length);
  return new Map(
    parts.map((part, index) => {
      const [name = '', fallback] = part.split('=');
      const value = args.named.get(name) ?? args.positional[index];
      if (fallback === undefined) return [name, value === undefined ? UNKNOWN : needed(value)];
      return [name, value ?? (args.open ? UNKNOWN : written(fallback))];
    }),
  );
}

/** Of what may be None, what is left where a call goes on: it ends with an exception where None is all that it needs. */
function needed(value: Value): Value {
  return value.kind === 'either' ? either(value.options.filter(({ kind }) => kind !== 'none')) : value;
}

/** The names that a signature such as `in_features, out_features, bias=True` has without a default. */
export function neededNames(signature: string): readonly string[] {
  return signature.split(', ').filter((part) => part !== '' && !part.includes('='));
}

function written(text: string): Value {
  if (text === 'None') return NONE;
  return text === 'True' || text === 'False'
    ? { kind: 'truth', value: text === 'True' }
    : number(literal(Number(text)));
}

/** The arguments of a call written in terms of what another one is given: `d_model, nhead, bias=bias`. */
export function argumentsOf(call: string, given: Given): Arguments {
  const parts = call === '' ? [] : call.split(', ').map((part) => part.split('='));
  const valueAt = (name = '') => given.get(name) ?? UNKNOWN;
  return {
    positional: parts.filter(({ length }) => length === 1).map(([name]) => valueAt(name)),
    named: new Map(parts.filter(({ length }) => length > 1).map(([name = '', of]) => [name, valueAt(of)])),
    open: false,
  };
}

/** Lengths such as `out_channels in_channels/groups kernel_size:2`; null where it is not known how many there are. */
export function lengthsOf(terms: string, given: Given): readonly Quantity[] | null {
  const lengths: Quantity[] = [];
  for (const term of terms.split(' ')) {
    const [name = '', times] = term.split(':');
    const some = times === undefined ? [lengthOf(term, given)] : spread(given.get(name) ?? UNKNOWN, times);
    if (some === null) return null;
    lengths.push(...some);
  }
  return lengths;
}

/** A number that stands for so many lengths, or a list of them. */
function spread(value: Value, times: string): readonly Quantity[] | null {
  if (value.kind === 'list') return value.open ? null : value.items.map(quantityOf);
  if (value.kind === 'either') return eachOf(value.options.map((option) => spread(option, times)));
  if (times !== '*') return Array.from({ length: Number(times) }, () => quantityOf(value));
  return value.kind === 'number' || value.kind === 'opaque' ? [quantityOf(value)] : null;
}

/** Lengths of which each may be that of any of several lists; null where these are not as long as one another. */
function eachOf(lists: readonly (readonly Quantity[] | null)[]): readonly Quantity[] | null {
  return lists.reduce((before, list) => {
    if (before === null || list === null || before.length !== list.length) return null;
    return before.map((length, at) => {
      const other = list[at] ?? UNKNOWN_QUANTITY;
      return sameQuantity(length, other) ? length : pair('either', length, other);
    });
  });
}

/** A product or quotient of names and whole numbers. */
export function lengthOf(term: string, given: Given): Quantity {
  const [over = '', under] = term.split('/');
  const [first = UNKNOWN_QUANTITY, ...rest] = over.split('*').map((factor) => factorOf(factor, given));
  const product = rest.reduce((left, right) => pair('multiply', left, right), first);
  return under === undefined ? product : quotient(product, factorOf(under, given));
}

function factorOf(factor: string, given: Given): Quantity {
  return /^\d+$/.test(factor) ? literal(Number(factor)) : quantityOf(given.get(factor) ?? UNKNOWN);
}

function quotient(over: Quantity, under: Quantity): Quantity {
  if (under.op === 'literal' && under.value === 1) return over;
  return over.op !== 'unknown' && sameQuantity(over, under) ? literal(1) : pair('divide', over, under);
}

/** Whether what `when` asks for is so: `bias`, `kdim|vdim` of which one is given, `!kdim` which is not. */
export function isGiven(when: string, given: Given): boolean | null {
  const each = when.split(' ').map((condition) => {
    if (condition.startsWith('!')) return opposite(isSome(given.get(condition.slice(1))));
    const names = condition.split('|');
    if (names.length === 1) return truthOf(given.get(condition) ?? UNKNOWN);
    const some = names.map((name) => isSome(given.get(name)));
    return some.includes(true) ? true : some.includes(null) ? null : false;
  });
  return each.includes(false) ? false : each.includes(null) ? null : true;
}

function isSome(value: Value | undefined): boolean | null {
  if (value === undefined || value.kind === 'unknown' || value.kind === 'either') return null;
  if (value.kind === 'opaque') return value.fallback === null ? null : isSome(value.fallback);
  return value.kind !== 'none';
}

function opposite(truth: boolean | null): boolean | null {
  return truth === null ? null : !truth;
}
