import { UNKNOWN_QUANTITY } from '../../growth/quantity.ts';
import { updated } from '../machine/collections.ts';
import type { Frame } from '../machine/interpreter.ts';
import { combinedSets } from '../machine/sets.ts';
import { mixesConfigurations } from '../machine/several-configurations.ts';
import { besideEachOther } from '../machine/sizes-given.ts';
import { COMPUTED, unknownFrom } from '../machine/swallowed.ts';
import { composedText, percentFormatted } from '../machine/text-values.ts';
import { combineTensors, scaleTensor } from '../modules/tensor-arithmetic.ts';
import { isTensorLike, type Place, tensorIn, tensorValue } from '../modules/tensors.ts';
import { dict, list, orderedList } from '../values/containers.ts';
import { computedOfHeld } from '../values/holders.ts';
import { arithmetic, exactInteger, isNumeric, quantityOf } from '../values/numbers.ts';
import { madeOfPaths } from '../values/part-paths.ts';
import { countOf } from '../values/places.ts';
import { spreadShape } from '../values/shapes.ts';
import {
  type DictValue,
  type ListValue,
  number,
  type ShapeValue,
  text,
  UNKNOWN,
  type Value,
} from '../values/value.ts';
import { underSettings } from './asked-settings.ts';
import { partsAmong } from './gone-through.ts';
import { appended, listFrom } from './ordered.ts';

/** left ∘ right of tensors, numbers, lists or texts. */
export function combined(operator: string, [left, right]: readonly [Value, Value], place: Place): Value {
  if ([left, right].some(({ kind }) => kind === 'tensor' || kind === 'parameter'))
    return combinedTensors(operator, [left, right], place);
  if (isNumeric(left) && isNumeric(right)) {
    if (mixesConfigurations([left, right], place.frame.interpreter)) return number(UNKNOWN_QUANTITY);
    const made = computedOfHeld(combinedNumbers(operator, [left, right], place.frame), [left, right]);
    return made.kind === 'number' && [left, right].some(isTensor) ? { ...made, isTensor: true } : made;
  }
  const [front, back] = besideList(operator, [left, right], place.frame);
  if (front.kind === 'list' || front.kind === 'shape') {
    const made = combinedList(operator, front, back);
    if (made !== undefined) return made;
  }
  if (left.kind === 'dict' && operator === '|') return combinedDicts(left, right, place.frame);
  if (left.kind === 'text')
    return madeOfPaths(combinedTexts(operator, [left.text, right], place), [left, right]);
  return computedOf([left, right], place.frame);
}

/** `defaults | settings`. */
function combinedDicts(left: DictValue, right: Value, frame: Frame): Value {
  const under = underSettings(left.entries, right, frame);
  return under === undefined ? updated(left, right) : dict(under, true);
}

function isTensor(value: Value): boolean {
  return value.kind === 'number' && value.isTensor === true;
}

/** What comes from outside and is put before or behind a list is one, too. */
function besideList(operator: string, sides: readonly [Value, Value], frame: Frame): readonly [Value, Value] {
  if (operator !== '+' || !sides.some(({ kind }) => kind === 'list')) return sides;
  const [left, right] = sides;
  const asList = (side: Value) => (side.kind === 'opaque' ? listFrom(side, frame) : partsAmong(side, frame));
  return [asList(left), asList(right)];
}

/** A list or shape with another one behind it, or so many times; undefined for what else is done with one. */
function combinedList(operator: string, left: ListValue | ShapeValue, right: Value): Value | undefined {
  if (left.kind === 'shape') {
    const isBehind = operator === '+' && right.kind === 'list' && !right.open;
    return isBehind ? spreadShape([left, ...right.items]) : undefined;
  }
  if (right.kind === 'list')
    return operator === '+' ? appended(left, right) : (combinedSets(operator, left, right) ?? UNKNOWN);
  return operator === '*' ? repeated(left, right) : undefined;
}

/** left ∘ right; of which parameters sizes are part of a number, what is computed of it knows, too. */
function combinedNumbers(operator: string, [left, right]: readonly [Value, Value], frame: Frame): Value {
  const [mine, theirs] = [left, right].map((side) => (side.kind === 'number' ? side.measures : undefined));
  const [one, other] = [mine?.[0], theirs?.[0]];
  const quantities = [quantityOf(left), quantityOf(right)] as const;
  if (one === undefined || other === undefined) {
    const measures = mine ?? theirs;
    const made = number(arithmetic(operator, ...quantities));
    return measures === undefined ? made : { ...made, measures, computed: true };
  }
  const sides = besideEachOther(quantities, [one, other], frame);
  const made = number(arithmetic(operator, ...sides));
  return sides[0] === quantities[0] && sides[1] === quantities[1]
    ? { ...made, measures: [one, other], computed: true }
    : made;
}

/** What is computed of something that is not read. */
function computedOf([left, right]: readonly [Value, Value], { interpreter }: Frame): Value {
  const made = unknownFrom([left, right], interpreter);
  return made === UNKNOWN && (isWithUnknown(left, right) || isWithUnknown(right, left)) ? COMPUTED : made;
}

function isWithUnknown(one: Value, other: Value): boolean {
  return other.kind === 'unknown' && (isNumeric(one) || (one.kind === 'unknown' && one.from !== undefined));
}

/** A parameter as the forward pass uses it; a number as it is. */
function usedIn(value: Value, { frame }: Place): Value | undefined {
  if (value.kind !== 'parameter') return isNumeric(value) ? value : undefined;
  const tensor = tensorIn(value, frame);
  return tensor === null ? undefined : tensorValue(tensor);
}

const MAX_REPEATS = 16;

function repeated({ items, open, tuple }: ListValue, count: Value): Value {
  const times = exactInteger(count);
  if (open || times === undefined || times * items.length > MAX_REPEATS) {
    const twice = [...items, ...items];
    const isKnown = isNumeric(count) || items[0]?.kind === 'none';
    if (open || items.length !== 1 || !isKnown) return list(twice, true, tuple);
    return orderedList(twice, { at: 1, length: countOf(quantityOf(count)) }, tuple);
  }
  return list(Array.from({ length: Math.max(0, times) }, () => items).flat(), false, tuple);
}

function combinedTexts(operator: string, [left, right]: readonly [string, Value], { span }: Place): Value {
  if (operator === '%') return percentFormatted(left, right, span.start);
  if (operator !== '+') return UNKNOWN;
  return right.kind === 'text' ? text(left + right.text) : composedText(UNKNOWN, [left, right], span.start);
}

function combinedTensors(operator: string, [left, right]: readonly [Value, Value], place: Place): Value {
  if (left.kind !== 'tensor' && right.kind !== 'tensor') {
    const [one, other] = [usedIn(left, place), usedIn(right, place)];
    return one === undefined || other === undefined
      ? UNKNOWN
      : combinedTensors(operator, [one, other], place);
  }
  if (isTensorLike(left) && isTensorLike(right)) return combineTensors(operator, [left, right], place);
  const [tensor, other] = left.kind === 'tensor' ? [left, right] : [right, left];
  if (tensor.kind !== 'tensor') return UNKNOWN;
  return scaleTensor(operator, { tensor, other, first: left.kind === 'tensor' ? 'tensor' : 'other' }, place);
}
