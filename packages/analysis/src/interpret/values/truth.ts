import { DATA, isSameProduct, isShare, quotientOf } from '../../growth/product.ts';
import { exactValue, freeSymbolsOf, isPartlyUnknown, type Quantity } from '../../growth/quantity.ts';
import { compare, type Rational } from '../../growth/rational.ts';
import { isData } from '../../network/tensor.ts';
import { optionsOf } from './either.ts';
import { holdsIdentitiesAlone } from './identity.ts';
import { isNumeric, quantityOf } from './numbers.ts';
import { comparedPlaces } from './places.ts';
import { sameValue } from './same-value.ts';
import type { SizeOrder } from './size-order.ts';
import { type DictValue, type ListValue, UNKNOWN, type Value } from './value.ts';

/** Whether a condition holds, or null where it depends on something unknown. */
export function truthOf(value: Value): boolean | null {
  switch (value.kind) {
    case 'truth':
      return value.value;
    case 'none':
      return false;
    case 'text':
      return value.text !== '';
    case 'list':
      if (value.once === true) return true;
      return value.open ? null : value.items.length > 0;
    case 'dict':
      return hasEntries(value);
    case 'number': {
      const exact = exactValue(value.quantity);
      return exact === undefined ? null : exact.numerator !== 0;
    }
    case 'either':
      return agreed(value.options.map(truthOf));
    case 'object':
    case 'layer':
    case 'function':
    case 'class':
    case 'partial':
      return true;
    case 'opaque':
      return isAbsent(value) ? false : null;
    default:
      return null;
  }
}

/** An entry that may be unknown may not be there. */
function hasEntries({ entries, keys, open }: DictValue): boolean | null {
  const isThere = [...entries.values()].some(
    (entry) => !optionsOf(entry).some(({ kind }) => kind === 'unknown'),
  );
  if (isThere) return true;
  return open || entries.size + keys.size > 0 ? null : false;
}

/** What a question gives; unknown where nothing is known of the answer. */
export function truthValue(answer: boolean | null): Value {
  return answer === null ? UNKNOWN : { kind: 'truth', value: answer };
}

/** Whether a setting is None unless it is given, and is taken not to be. */
function isAbsent(value: Value): boolean {
  return value.kind === 'opaque' && value.isAbsent === true;
}

/** What all say, or null where they differ. */
export function agreed(answers: readonly (boolean | null)[]): boolean | null {
  const [first = null] = answers;
  return answers.every((answer) => answer === first) ? first : null;
}

const ORDER: Readonly<Record<string, (sign: number) => boolean>> = {
  '<': (sign) => sign < 0,
  '<=': (sign) => sign <= 0,
  '>': (sign) => sign > 0,
  '>=': (sign) => sign >= 0,
  '==': (sign) => sign === 0,
  '!=': (sign) => sign !== 0,
};

/** How one number is to another, where more is asked of sizes than of other numbers; null for numbers that are none. */
export type DecidesSizes = (left: Value, right: Value) => Pick<SizeOrder, 'sign'> | null;

/** left ∘ right for one comparison operator. */
export function compared(
  operator: string,
  left: Value,
  right: Value,
  decides?: DecidesSizes,
): boolean | null {
  return agreed(
    optionsOf(left).flatMap((one) =>
      optionsOf(right).map((other) => comparedOne(operator, [one, other], decides)),
    ),
  );
}

function comparedOne(
  operator: string,
  [left, right]: readonly [Value, Value],
  decides: DecidesSizes | undefined,
): boolean | null {
  if (operator === 'is' || operator === 'is not') {
    return opposed(isOne(left, right) ?? isSame(left, right, undefined), operator === 'is not');
  }
  if (operator === 'in' || operator === 'not in')
    return opposed(contains(right, left, decides), operator === 'not in');
  if (operator === '==' || operator === '!=') {
    const same = isSame(left, right, decides);
    if (same !== null) return opposed(same, operator === '!=');
  }
  const holds = ORDER[operator];
  if (holds === undefined) return null;
  if (left === right && left.kind === 'opaque') return holds(0);
  return comparedNumbers(operator, [left, right], { holds, decides });
}

/** The same of two numbers: by what they are, then by what is asked of sizes, then by where they are in a loop. */
function comparedNumbers(
  operator: string,
  [left, right]: readonly [Value, Value],
  {
    holds,
    decides,
  }: { readonly holds: (sign: number) => boolean; readonly decides: DecidesSizes | undefined },
): boolean | null {
  const sign = signOf(quantityOf(left), quantityOf(right));
  if (sign !== null) return holds(sign);
  const order = decides?.(left, right) ?? null;
  if (order === null) return comparedPlaces(operator, quantityOf(left), quantityOf(right));
  return order.sign === null ? differing(operator) : holds(order.sign);
}

/** What a comparison says of two numbers that are not the same. */
function differing(operator: string): boolean | null {
  if (operator === '==') return false;
  return operator === '!=' ? true : null;
}

/** Whether a number is below another, −1, the same, 0, or above it, 1; null where that is not known. */
function signOf(left: Quantity, right: Quantity): number | null {
  const [x, y] = [exactValue(left), exactValue(right)];
  if (y === undefined) return null;
  if (x !== undefined) return compare(x, y);
  // Code that asks whether query heads share a key does nothing more where each has its own.
  return isShare(left) && isOneNumber(y) ? 1 : null;
}

function isOneNumber({ numerator, denominator }: Rational): boolean {
  return numerator === 1 && denominator === 1;
}

function opposed(answer: boolean | null, negated: boolean): boolean | null {
  return answer === null ? null : answer !== negated;
}

/** Values that are certainly something, and so are not None. */
const SOLID: ReadonlySet<Value['kind']> = new Set([
  'number',
  'text',
  'truth',
  'list',
  'dict',
  'function',
  'class',
  'partial',
  'object',
  'layer',
  'optimizer',
  'parameter',
]);

/**
 * Whether a value is certainly not None: a setting is what it is unless it is given another, which is of its kind, and
 * nothing is computed with None.
 */
function isSolid(value: Value): boolean {
  if (value.kind === 'tensor') return !isData(value.tensor);
  return SOLID.has(value.kind) || (value.kind === 'opaque' && value.fallback?.kind === 'number');
}

function isNone(value: Value): boolean | null {
  if (value.kind === 'none' || isAbsent(value)) return true;
  return isSolid(value) ? false : null;
}

function isSame(left: Value, right: Value, decides: DecidesSizes | undefined): boolean | null {
  if (left.kind === 'none') return isNone(right);
  if (right.kind === 'none') return isNone(left);
  if (left.kind === 'list' && right.kind === 'list') return areSameItems(left, right, decides);
  if (isText(left) !== isText(right) && [left, right].every(({ kind }) => PLAIN.has(kind))) return false;
  if (left.kind !== right.kind || !COMPARABLE.has(left.kind)) return null;
  return sameValue(left, right);
}

/** Whether two lists, such as shapes, have the same in the same places. */
function areSameItems(left: ListValue, right: ListValue, decides: DecidesSizes | undefined): boolean | null {
  if (left.open || right.open) return null;
  if (left.items.length !== right.items.length) return false;
  const answers = left.items.map((item, at) => isSameItem(item, right.items[at] ?? UNKNOWN, decides));
  if (answers.includes(false)) return false;
  return answers.includes(null) ? null : true;
}

/** Of two sizes more is known than of any numbers: one that is a multiple of another is not that one. */
export function isSameItem(left: Value, right: Value, decides?: DecidesSizes): boolean | null {
  if (left.kind === 'list' || !isNumeric(left) || !isNumeric(right))
    return compared('==', left, right, decides);
  const [one, other] = [quantityOf(left), quantityOf(right)];
  if ([one, other].some((size) => isPartlyUnknown(size) || freeSymbolsOf(size).has(DATA))) return null;
  if (isSameProduct(one, other)) return true;
  if (exactValue(quotientOf(one, other)) !== undefined) return false;
  return decides === undefined ? null : compared('==', left, right, decides);
}

/** Kinds that are no texts, but for a text itself. */
const PLAIN: ReadonlySet<Value['kind']> = new Set(['text', 'number', 'truth', 'list', 'dict', 'layer']);

function isText({ kind }: Value): boolean {
  return kind === 'text';
}

/** Kinds of which two are the same or are not, whatever runs. Layers have no equality of their own. */
const COMPARABLE: ReadonlySet<Value['kind']> = new Set(['text', 'truth', 'reference', 'class', 'layer']);

/** Whether two things that are made once are one; null for those that nobody can tell apart, as views of a parameter. */
function isOne(left: Value, right: Value): boolean | null {
  if (left.kind !== right.kind || !MADE.has(left.kind)) return null;
  const isView = [left, right].some((one) => one.kind === 'parameter' && one.part === true);
  return isView ? null : sameValue(left, right);
}

const MADE: ReadonlySet<Value['kind']> = new Set(['layer', 'object', 'parameter']);

function hasKey({ entries, open }: DictValue, key: Value): boolean | null {
  if (key.kind !== 'text') return null;
  const entry = entries.get(key.text);
  if (entry === undefined) return open ? null : false;
  return optionsOf(entry).some(({ kind }) => kind === 'unknown') ? null : true;
}

function contains(container: Value, item: Value, decides: DecidesSizes | undefined): boolean | null {
  if (container.kind === 'text' && item.kind === 'text') return container.text.includes(item.text);
  if (container.kind === 'dict') return hasKey(container, item) ?? hasNumber(container, item);
  if (container.kind !== 'list') return null;
  const answers = container.items.map((one) =>
    // Parameters are looked for by what they are: no code asks a list whether one equals another.
    one.kind === 'parameter' && item.kind === 'parameter'
      ? isOne(one, item)
      : comparedOne('==', [one, item], decides),
  );
  if (answers.includes(true)) return true;
  const isWhole = !container.open || holdsIdentitiesAlone(container);
  return isWhole && answers.every((answer) => answer === false) ? false : null;
}

/** Whether a dict has an entry under a number that is known; null for any other. */
function hasNumber({ entries, keys, open }: DictValue, item: Value): boolean | null {
  if (item.kind !== 'number' || exactValue(item.quantity) === undefined) return null;
  const answers = [...keys].map(([name, key]) => ({
    is: key.kind === 'number' ? comparedOne('==', [key, item], undefined) : null,
    entry: entries.get(name) ?? UNKNOWN,
  }));
  const found = answers.find(({ is }) => is === true);
  if (found !== undefined) return optionsOf(found.entry).some(({ kind }) => kind === 'unknown') ? null : true;
  return !open && answers.every(({ is }) => is === false) ? false : null;
}
