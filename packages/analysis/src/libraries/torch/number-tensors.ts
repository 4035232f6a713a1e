import { exactValue } from '../../growth/quantity.ts';
import type { Arguments } from '../../interpret/machine/given-arguments.ts';
import { applyNumeric, isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import type { NumberValue, Value } from '../../interpret/values/value.ts';
import { NUMERIC_FUNCTIONS } from './numbers.ts';

/** Classes that make a tensor of the values in a list, as `torch.tensor` does. */
const OF_VALUES = /^torch\.(?:as_tensor|tensor|(?:BFloat16|Double|Float|Half)?Tensor)$/;

/** Methods that leave the number, wherever it lies and however exactly it is kept. */
const MOVES: ReadonlySet<string> = new Set(
  'to type type_as float double half bfloat16 cpu cuda contiguous detach'.split(' '),
);

/** What functions make of numbers is a tensor, as what is made of one is; so is one number of the code's in a list: `torch.tensor([n])`. */
export function numberTensor(qualified: string, { positional, open }: Arguments): Value | undefined {
  const does = NUMERIC_FUNCTIONS.get(qualified);
  const only = open ? undefined : onlyNumber(qualified, positional);
  const made = only === undefined ? does && applyNumeric(does, positional) : applyNumeric('same', [only]);
  return made?.kind === 'number' ? { ...made, isTensor: true } : made;
}

/** The number that a list has alone, where that is computed: of one that is spelled out it is known how many there are. */
function onlyNumber(qualified: string, [given]: readonly Value[]): Value | undefined {
  if (!OF_VALUES.test(qualified) || given?.kind !== 'list' || given.open) return undefined;
  const [only, ...others] = given.items;
  const isOne = only !== undefined && others.length === 0 && isNumeric(only);
  return isOne && exactValue(quantityOf(only)) === undefined ? only : undefined;
}

/** What a tensor that holds one number is after a method: `torch.tensor(n).float().sqrt()`; undefined where that is not known. */
export function methodOfNumber(
  value: NumberValue,
  method: string,
  { positional, named, open }: Arguments,
): Value | undefined {
  const { isTensor: _, ...plain } = value;
  if (method === 'item') return plain;
  if (method === 'clone') return { ...value };
  if (MOVES.has(method)) return value;
  const does = named.size > 0 || open ? undefined : NUMERIC_FUNCTIONS.get(`torch.${method}`);
  const made = does && applyNumeric(does, [value, ...positional]);
  return made?.kind === 'number' ? { ...made, isTensor: true } : undefined;
}
