import { exactValue } from '../../growth/quantity.ts';
import { type Arguments, argument, everyArgument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite } from '../../interpret/machine/interpreter.ts';
import { combineTensors, scaleTensor } from '../../interpret/modules/tensor-arithmetic.ts';
import {
  applied,
  isTensorLike,
  tensorIn,
  tensorsIn,
  tensorValue,
  unreadFunction,
} from '../../interpret/modules/tensors.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { isNumeric, quantityOf } from '../../interpret/values/numbers.ts';
import { tensorShape } from '../../interpret/values/shapes.ts';
import type { TensorValue } from '../../interpret/values/tensor-value.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import { einsum } from '../../network/einsum.ts';
import type { Tensor } from '../../network/graph.ts';
import { anyMultiple } from '../../network/tensor.ts';
import { BOUNDS } from './forward/bounds.ts';
import { CHOICES } from './forward/choices.ts';
import { created } from './forward/creation.ts';
import { FUNCTIONS } from './forward/functions.ts';
import { joinedList } from './forward/joins.ts';
import { MASKS } from './forward/masks.ts';
import { isTensor, type Operation } from './forward/operation.ts';
import { POOLS } from './forward/pools.ts';
import { PRODUCTS } from './forward/products.ts';
import { REDUCTIONS } from './forward/reductions.ts';
import { RESAMPLING } from './forward/resampling.ts';
import { SPLITS } from './forward/splits.ts';
import { VIEWS } from './forward/views.ts';
import { WINDOWS } from './forward/windows.ts';
import { findTensorFunction, findTensorMethod } from './tables.ts';

const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ...VIEWS,
  ...SPLITS,
  ...PRODUCTS,
  ...REDUCTIONS,
  ...FUNCTIONS,
  ...CHOICES,
  ...MASKS,
  ...BOUNDS,
  ...POOLS,
  ...RESAMPLING,
  ...WINDOWS,
]);

/** A function that is known to take a tensor; undefined for any other. */
export function tensorCall(qualified: string, site: CallSite): Value | undefined {
  if (!/^torch\.(?:\w|nn\.functional\.|special\.|linalg\.)+$/.test(qualified)) return undefined;
  const name = qualified.slice(qualified.lastIndexOf('.') + 1);
  const { args, span } = site;
  const fresh = madeBy(name, site);
  if (fresh !== undefined) return tensorValue(fresh);
  const given = args.positional[0] ?? args.named.get('input');
  const tensor = optionsOf(given ?? UNKNOWN).find((option) => option.kind === 'tensor');
  const known = findTensorFunction(qualified);
  const made =
    operated(name, site) ??
    (tensor ? arithmetic(tensor, name, withoutFirst(site)) : numberFirst(given, name, withoutFirst(site)));
  if (made !== undefined || known === undefined || tensor === undefined) return made;
  return applied(tensor, known, { name: qualified, span });
}

function withoutFirst(site: CallSite): CallSite {
  const { args } = site;
  return {
    ...site,
    args: { ...args, positional: args.named.has('input') ? args.positional : args.positional.slice(1) },
  };
}

/** `torch.mul(2, x)`. */
function numberFirst(given: Value | undefined, name: string, site: CallSite): Value | undefined {
  const other = argument(site.args, { name: 'other', index: 0 });
  const operator = ARITHMETIC.get(name);
  if (given === undefined || !isNumeric(given) || other?.kind !== 'tensor' || operator === undefined)
    return undefined;
  return scaleTensor(operator, { tensor: other, other: given, first: 'other' }, site);
}

/** What functions make of lists of tensors, or of none. */
function madeBy(name: string, site: CallSite): Tensor | undefined {
  const { args, frame, span } = site;
  const [first] = args.positional;
  if (JOINS.has(name)) return joinedList(name, site);
  if (name === 'einsum' && first?.kind === 'text') {
    const given = args.positional.slice(1);
    const tensors = tensorsIn(given, frame);
    if (given.some(isNumeric) && tensors.length > 0)
      return anyMultiple(tensors, 'einsum with a number', span);
    return einsum(first.text, tensors, span) ?? undefined;
  }
  return created(name, site);
}

const JOINS: ReadonlySet<string> = new Set(['cat', 'concat', 'concatenate', 'stack']);

/** What an operation of the graph makes. */
function operated(name: string, site: CallSite): Value | undefined {
  const { args, frame, span } = site;
  const operation = OPERATIONS.get(name);
  const given = args.positional[0] ?? args.named.get('input') ?? args.named.get('query');
  const firsts = name === 'where' ? [...args.positional.slice(1), given] : [given];
  const of = firsts
    .flatMap((one) => optionsOf(one ?? UNKNOWN))
    .reduce<Tensor | null>((found, one) => found ?? tensorIn(one, frame), null);
  if (operation === undefined || of === null) return undefined;
  const made = operation({ of, args, frame, span });
  return made !== undefined && isTensor(made) ? tensorValue(made) : made;
}

/** A method of a tensor. */
export function tensorMethod(tensor: TensorValue, name: string, site: CallSite): Value {
  const { args, span } = site;
  if (SHAPES.has(name)) return shapeMethod(tensor.tensor, name, args);
  const call: CallSite = { ...site, args: { ...args, positional: [tensor, ...args.positional] } };
  const known = findTensorMethod(name);
  const made =
    operated(`Tensor.${name}`, call) ??
    operated(name, call) ??
    (known === undefined ? arithmetic(tensor, name, site) : applied(tensor, known, { name, span }));
  if (made !== undefined) return made;
  if (NOT_TENSORS.has(name)) return UNKNOWN;
  const fresh = created(name, call);
  if (fresh === undefined && tensor.tensor.op === 'input')
    site.frame.interpreter.trace.usedAsObject(tensor.tensor);
  return fresh === undefined
    ? unreadFunction(name, [tensor, ...everyArgument(args)], site)
    : tensorValue(fresh);
}

const SHAPES: ReadonlySet<string> = new Set(['size', 'dim', 'ndimension', 'numel', 'nelement']);

const SAME_AS: Readonly<Record<string, string>> = { size: 'shape', nelement: 'numel' };

function shapeMethod(tensor: Tensor, name: string, args: Arguments): Value {
  const at = argument(args, { name: 'dim', index: 0 });
  const exact = at === undefined ? undefined : exactValue(quantityOf(at));
  if (name === 'size' && at !== undefined && exact === undefined) return UNKNOWN;
  return tensorShape(tensor, SAME_AS[name] ?? name, exact?.numerator);
}

function arithmetic(tensor: TensorValue, name: string, site: CallSite): Value | undefined {
  const other = argument(site.args, { name: 'other', index: 0 });
  const operator = ARITHMETIC.get(name);
  if (operator === undefined || other === undefined || site.args.named.has('rounding_mode')) return undefined;
  return isTensorLike(other)
    ? combineTensors(operator, [tensor, other], site)
    : scaleTensor(operator, { tensor, other, first: 'tensor' }, site);
}

/** Methods and functions that are operators; those that end in `_` change what they are called on. */
const ARITHMETIC: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '*': ['mul', 'multiply', '__mul__', '__rmul__', '__imul__'],
    '/': ['div', 'divide', 'true_divide', '__truediv__', '__itruediv__'],
    '+': ['add', '__add__', '__radd__', '__iadd__'],
    '-': ['sub', 'subtract', '__sub__', '__isub__'],
    '@': ['matmul', 'mm', '__matmul__'],
    '**': ['pow', 'float_power', '__pow__'],
    '&': ['logical_and', 'bitwise_and', '__and__'],
    '|': ['logical_or', 'bitwise_or', '__or__'],
    '^': ['logical_xor', 'bitwise_xor', '__xor__'],
  }).flatMap(([operator, names]) =>
    names.flatMap((name) => [[name, operator] as const, [`${name}_`, operator] as const]),
  ),
);

const NOT_TENSORS: ReadonlySet<string> = new Set([
  'item',
  'backward',
  'tolist',
  'device',
  'stride',
  'storage_offset',
  'element_size',
]);
