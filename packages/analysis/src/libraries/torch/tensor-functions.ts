import { type CallSite, everyArgument } from '../../interpret/interpreter.ts';
import type { TensorValue } from '../../interpret/tensor-value.ts';
import { applied, combineTensors, isTensorLike, opaqueResult, scaleTensor } from '../../interpret/tensors.ts';
import { optionsOf, UNKNOWN, type Value } from '../../interpret/value.ts';
import { findTensorFunction, findTensorMethod } from './tables.ts';

/** A function that is known to take a tensor; undefined for any other. */
export function tensorCall(qualified: string, { args, span }: CallSite): Value | undefined {
  const known = findTensorFunction(qualified);
  const [first = UNKNOWN] = args.positional;
  const tensor = optionsOf(first).find((option) => option.kind === 'tensor');
  if (known === undefined || tensor === undefined) return undefined;
  return applied(tensor, known, { name: qualified, span });
}

/** A method of a tensor. */
export function tensorMethod(tensor: TensorValue, name: string, site: CallSite): Value {
  const { args, span } = site;
  const known = findTensorMethod(name);
  if (known !== undefined) return applied(tensor, known, { name, span });
  const [other] = args.positional;
  const operator = ARITHMETIC_METHODS[name];
  if (operator !== undefined && other !== undefined) {
    return isTensorLike(other)
      ? combineTensors(operator, [tensor, other], site)
      : scaleTensor(operator, { tensor, other, first: 'tensor' }, site);
  }
  if (NOT_TENSORS.has(name)) return UNKNOWN;
  return opaqueResult(name, [tensor, ...everyArgument(args)], site);
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
