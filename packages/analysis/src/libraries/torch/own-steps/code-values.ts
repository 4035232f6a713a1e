import { exactValue, type Quantity } from '../../../growth/quantity.ts';
import { isNumeric, quantityOf } from '../../../interpret/values/numbers.ts';
import type { Value } from '../../../interpret/values/value.ts';
import { ONE } from './magnitude.ts';
import { exactly, isSmall } from './step-numbers.ts';
import { NONE, numberOf, type StepValue, truth, UNKNOWN } from './step-value.ts';

/** A value of the code as one of a step. */
export function stepValue(value: Value | undefined): StepValue {
  switch (value?.kind) {
    case 'text':
      return { kind: 'text', text: value.text };
    case 'truth':
      return truth(value.value);
    case 'none':
      return NONE;
    case 'list':
      return value.open ? UNKNOWN : { kind: 'list', items: value.items.map(stepValue) };
    case 'function':
      return { kind: 'function', definition: value.definition, isMethod: value.receiver !== null };
    case 'reference':
      return { kind: 'reference', qualified: value.qualified };
    default:
      return value !== undefined && isNumeric(value) ? ofQuantity(quantityOf(value)) : UNKNOWN;
  }
}

/** A number that is spelled out; one with a name may be a size, as long as it is a whole one. */
function ofQuantity(quantity: Quantity): StepValue {
  const exact = spelledOut(quantity);
  return exact === null || isConstant(quantity) ? exactly(exact ?? Number.NaN) : numberOf(exact, null);
}

function spelledOut(quantity: Quantity): number | null {
  if (quantity.op === 'literal') return quantity.value;
  if (quantity.op === 'symbol') return quantity.value && spelledOut(quantity.value);
  if (quantity.op === 'negate') return 0 - (spelledOut(quantity.of) ?? Number.NaN);
  const exact = exactValue(quantity);
  return exact === undefined ? null : Number(exact.numerator) / Number(exact.denominator);
}

function isConstant(quantity: Quantity): boolean {
  if (quantity.op === 'literal') return true;
  if (quantity.op === 'negate') return isConstant(quantity.of);
  if (quantity.op !== 'symbol' || quantity.value?.op !== 'literal') return false;
  return quantity.value.value > 0 && quantity.value.value < 1;
}

/** Whether a setting is not spelled out. */
export function isOpen(known: StepValue): boolean {
  return known.kind === 'unknown' || (known.kind === 'number' && known.exact === null);
}

/** A setting that is not spelled out, as the kind of number that it is where it is not given: one that is small, a share, a count. */
export function filled(known: StepValue, usual: () => Value | undefined): StepValue {
  if (!isOpen(known) && known.kind !== 'list') return known;
  return likened(known, stepValue(usual()));
}

function likened(known: StepValue, usual: StepValue): StepValue {
  if (known.kind === 'list' && usual.kind === 'list' && known.items.length === usual.items.length)
    return { ...known, items: known.items.map((item, at) => likened(item, usual.items[at] ?? item)) };
  if (!isOpen(known)) return known;
  if (usual.kind === 'list') {
    const items = usual.items.map((item) => likened(UNKNOWN, item));
    return items.some(isUnread) ? known : { ...usual, items };
  }
  if (usual.kind !== 'number' || usual.exact === null || usual.exact <= 0) return known;
  if (isSmall(usual) || Number.isInteger(usual.exact)) return usual;
  return usual.exact < 1 ? { ...numberOf(null, ONE), isShare: true } : known;
}

function isUnread({ kind }: StepValue): boolean {
  return kind === 'unknown';
}
