import { leavesOf, type Quantity, sameQuantity } from '../../growth/quantity.ts';
import { optionsOf } from '../values/either.ts';
import type { Value } from '../values/value.ts';
import type { Arguments } from './given-arguments.ts';
import type { GivenInputs } from './run-trace.ts';
import { factorFrom } from './swallowed.ts';
import { DEEPEST, factorOfTensor, ONE, oneOf } from './tensor-factor.ts';

/** What each thing that a call is given has been multiplied by. */
export function givenInputs({ positional, named }: Arguments): GivenInputs {
  return {
    positional: new Map(positional.map((value, at) => [at, factorOf(value)] as const).filter(isMultiple)),
    named: new Map([...named].map(([name, value]) => [name, factorOf(value)] as const).filter(isMultiple)),
  };
}

/** Whether two calls are given the same multiples. */
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
