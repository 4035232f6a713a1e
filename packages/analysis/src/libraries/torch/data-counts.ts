import { attributeOf } from '../../interpret/language/attributes.ts';
import { itemOf } from '../../interpret/language/items.ts';
import { everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { fieldOf } from '../../interpret/machine/names.ts';
import {
  countIn,
  isFromOutside,
  maskOf,
  swallowedBy,
  unknownFrom,
} from '../../interpret/machine/swallowed.ts';
import { list } from '../../interpret/values/containers.ts';
import { isNumeric } from '../../interpret/values/numbers.ts';
import {
  type NumberValue,
  number,
  type OpaqueValue,
  type UnknownValue,
  type Value,
} from '../../interpret/values/value.ts';
import { methodOfNumber } from './number-tensors.ts';

/** Methods that leave which entries of a mask hold, and a number what it is. */
const KEEPS: ReadonlySet<string> = new Set(
  'to long int float double half bool cpu cuda detach clone contiguous reshape flatten squeeze item'.split(
    ' ',
  ),
);

/** Methods by which entries are counted: along dimensions where they are given some. */
const COUNTS: ReadonlySet<string> = new Set(['sum', 'mean', 'count_nonzero']);

/** `y.ne(pad)`, as `y != pad`. */
const COMPARES: ReadonlySet<string> = new Set(
  'eq ne gt ge lt le greater greater_equal less less_equal not_equal isnan isfinite isinf'.split(' '),
);

/** Methods that leave of data from outside how much there is of it. */
const MOVES: ReadonlySet<string> = new Set(
  'to long int float double half bool cpu cuda detach clone contiguous pin_memory'.split(' '),
);

/** Methods by which it is told otherwise which of it lies where. */
const VIEWS: ReadonlySet<string> = new Set(
  'reshape view flatten squeeze unsqueeze transpose permute'.split(' '),
);

/** The lengths that a shape is asked for. */
const MOST_DIMENSIONS = 6;

/** How many entries something has. */
const SIZES: ReadonlySet<string> = new Set(['numel', 'nelement']);

/**
 * What is counted of data from outside: `y.size(0)`, `y.numel()`, `(y >= 0).sum().item()`. Undefined for anything else.
 *
 * There is as much of it at every width, unless a number that grows went into it.
 */
export function countOfData(receiver: Value, method: string, site: CallSite): Value | undefined {
  if (receiver.kind === 'number') return ofNumber(receiver, method, site);
  if (receiver.kind === 'opaque' && method === 'item') return receiver;
  if (receiver.kind === 'unknown' && receiver.isMask === true) return ofMask(receiver, method, site);
  return isFromOutside(receiver) ? sizeOfData(receiver, method, site) : undefined;
}

/** `torch.sum(y >= 0)`, `torch.count_nonzero(y != pad)`. */
export function countOfMask(qualified: string, site: CallSite): Value | undefined {
  const [mask, ...more] = site.args.positional;
  const [, method = ''] = /^torch\.(\w+)$/.exec(qualified) ?? [];
  if (mask?.kind !== 'unknown' || mask.isMask !== true || !COUNTS.has(method)) return undefined;
  return ofMask(mask, method, { ...site, args: { ...site.args, positional: more } });
}

/** What a tensor without dimensions, or a count, is after methods that leave what it is. */
function ofNumber(value: NumberValue, method: string, { args }: CallSite): Value | undefined {
  if (value.isTensor === true) return methodOfNumber(value, method, args);
  return KEEPS.has(method) ? value : undefined;
}

function ofMask(mask: UnknownValue, method: string, { args }: CallSite): Value | undefined {
  if (KEEPS.has(method)) return mask;
  if (!COUNTS.has(method)) return undefined;
  return everyArgument(args).length > 0 ? mask : number(countIn(mask));
}

/** How much of something there is that comes from outside; undefined for other methods. */
function sizeOfData(
  data: OpaqueValue | UnknownValue,
  method: string,
  { args, frame }: CallSite,
): Value | undefined {
  if (COMPARES.has(method)) return maskOf([data], null) ?? undefined;
  if (MOVES.has(method)) return data;
  if (VIEWS.has(method)) return viewOf(data, everyArgument(args), frame);
  const isWhole = SIZES.has(method);
  if (!isWhole && method !== 'size') return undefined;
  if (data.kind === 'unknown' && isWithoutName(data)) return number(countIn(data));
  if (data.symbol === null || swallowedBy(data, frame.interpreter).length > 0) return undefined;
  if (isWhole) return fieldOf(data.symbol, method, frame);
  const shape = attributeOf(data, 'shape', frame);
  const [along] = everyArgument(args);
  return along === undefined ? shape : itemOf(shape, along, frame);
}

/** Data from outside in another shape: each of its lengths is the same at every width, unless a number that grows went into it. */
function viewOf(data: OpaqueValue | UnknownValue, given: readonly Value[], frame: Frame): Value | undefined {
  if (swallowedBy(data, frame.interpreter).length > 0 && data.kind === 'opaque') return undefined;
  if (given.some((value) => !isNumeric(value) && value.kind !== 'list')) return undefined;
  const made = unknownFrom([...(data.kind === 'unknown' ? [data] : []), ...given], frame.interpreter);
  return made.kind === 'unknown' ? { ...made, from: made.from ?? new Set(), isItem: true } : undefined;
}

/** `y.view(-1).shape` of data from outside; undefined for anything else. */
export function shapeOfData(data: UnknownValue, name: string): Value | undefined {
  if (name !== 'shape' || data.isItem !== true || !isWithoutName(data)) return undefined;
  return list(
    Array.from({ length: MOST_DIMENSIONS }, () => number(countIn(data))),
    true,
  );
}

/** Whether data has no name by which its sizes go. */
function isWithoutName({ symbol, from }: UnknownValue): boolean {
  return symbol === null || from !== undefined;
}
