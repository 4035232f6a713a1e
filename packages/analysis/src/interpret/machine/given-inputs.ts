import {
  leavesOf,
  literal,
  pair,
  type Quantity,
  sameQuantity,
  UNKNOWN_QUANTITY,
} from '../../growth/quantity.ts';
import type { Tensor } from '../../network/graph.ts';
import { isData, operandsOf } from '../../network/tensor.ts';
import { optionsOf, type Value } from '../values/value.ts';
import type { Arguments, GivenInputs } from './interpreter.ts';
import { factorFrom } from './swallowed.ts';

const ONE: Quantity = literal(1);

/** Inputs stand in no deeper lists and dicts, and behind no more operations. */
const DEEPEST = 16;

export function givenInputs({ positional, named }: Arguments): GivenInputs {
  return {
    positional: new Map(positional.map((value, at) => [at, factorOf(value)] as const).filter(isMultiple)),
    named: new Map([...named].map(([name, value]) => [name, factorOf(value)] as const).filter(isMultiple)),
  };
}

export function isSameGiven(one: GivenInputs, other: GivenInputs): boolean {
  return isSameFactors(one.positional, other.positional) && isSameFactors(one.named, other.named);
}

function isSameFactors<Key>(one: ReadonlyMap<Key, Quantity>, other: ReadonlyMap<Key, Quantity>): boolean {
  const isSame = ([key, factor]: readonly [Key, Quantity]) => {
    const theirs = other.get(key);
    return theirs !== undefined && sameQuantity(factor, theirs);
  };
  return one.size === other.size && [...one].every(isSame);
}

function isMultiple([, factor]: readonly [unknown, Quantity]): boolean {
  return leavesOf(factor).some(({ op }) => op !== 'literal');
}

/** What a value has been multiplied by. A number is itself such a factor; of what is not known it is known which numbers went into it. */
export function factorOf(value: Value, depth = 0): Quantity {
  if (depth > DEEPEST) return ONE;
  const all = (values: readonly Value[]) => oneOf(values.map((one) => factorOf(one, depth + 1)));
  switch (value.kind) {
    case 'number':
      return value.quantity;
    case 'tensor':
      return factorOfTensor(value.tensor);
    case 'unknown':
      return factorFrom([value]) ?? ONE;
    case 'list':
      return all(value.items);
    case 'dict':
      return all([...value.entries.values()]);
    case 'either':
      return all(optionsOf(value));
    default:
      return ONE;
  }
}

const factors = new WeakMap<Tensor, Quantity>();

/** What a tensor is multiplied by behind the last operation on it that is more; of data, all that went into it. */
function factorOfTensor(tensor: Tensor, depth = 0): Quantity {
  const known = factors.get(tensor);
  if (known !== undefined) return known;
  if (depth > DEEPEST) return isData(tensor) ? UNKNOWN_QUANTITY : ONE;
  const factor = withFactors(tensor, () => operandsOf(tensor).map((one) => factorOfTensor(one, depth + 1)));
  factors.set(tensor, factor);
  return factor;
}

function withFactors(tensor: Tensor, before: () => readonly Quantity[]): Quantity {
  switch (tensor.op) {
    case 'scale':
      return before().reduce((factor, one) => timesOne(factor, one), tensor.factor);
    case 'view':
    case 'add':
    case 'choice':
    case 'repeat':
      return oneOf(before());
    case 'contract':
    case 'unread':
      return isData(tensor) ? before().reduce(timesOne, ONE) : ONE;
    default:
      return ONE;
  }
}

function timesOne(left: Quantity, right: Quantity): Quantity {
  if (left === ONE) return right;
  return right === ONE ? left : pair('multiply', left, right);
}

function oneOf(factors: readonly Quantity[]): Quantity {
  return factors.length === 0 ? ONE : factors.reduce(eitherOf);
}

/** A number that is one of two. */
export function eitherOf(one: Quantity, other: Quantity): Quantity {
  return sameQuantity(one, other) ? one : pair('either', one, other);
}
