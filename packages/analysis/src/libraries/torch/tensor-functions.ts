import { type Arguments, everyArgument } from '../../interpret/interpreter.ts';
import {
  applied,
  combineTensors,
  flowsIn,
  isTensorLike,
  opaqueResult,
  scaleTensor,
  type TensorValue,
} from '../../interpret/tensors.ts';
import { either, UNKNOWN, type Value } from '../../interpret/value.ts';
import { alike } from '../../network/flow.ts';
import { findTensorFunction, findTensorMethod } from './tables.ts';

/** A function that is known to take a tensor; undefined for any other. */
export function tensorCall(qualified: string, args: Arguments): Value | undefined {
  const known = findTensorFunction(qualified);
  const flows = flowsIn(args.positional.slice(0, 1));
  if (known === undefined || flows.length === 0) return undefined;
  return either(alike(flows).map((flow) => applied(flow, known, qualified)));
}

/** A method of a tensor. */
export function tensorMethod(tensor: TensorValue, name: string, args: Arguments): Value {
  const { flow } = tensor;
  const known = findTensorMethod(name);
  if (known !== undefined) return applied(flow, known, name);
  const [other] = args.positional;
  const operator = ARITHMETIC_METHODS[name];
  if (operator !== undefined && other !== undefined) {
    return isTensorLike(other)
      ? combineTensors(operator, tensor, other)
      : scaleTensor(operator, { tensor, other, first: 'tensor' });
  }
  if (NOT_TENSORS.has(name)) return UNKNOWN;
  return opaqueResult(name, [tensor, ...everyArgument(args)]);
}

const ARITHMETIC_METHODS: Readonly<Record<string, string>> = {
  mul: '*',
  mul_: '*',
  multiply: '*',
  div: '/',
  div_: '/',
  add: '+',
  add_: '+',
  sub: '-',
  matmul: '@',
  mm: '@',
};

const NOT_TENSORS: ReadonlySet<string> = new Set([
  'size',
  'dim',
  'numel',
  'item',
  'backward',
  'tolist',
  'device',
]);
