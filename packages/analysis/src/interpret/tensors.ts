import { literal, pair } from '../growth/quantity.ts';
import { findTensorFunction, findTensorMethod, type TensorFunction } from '../libraries/torch/tables.ts';
import { type Flow, type FlowStep, merged, scaled, stepped } from '../network/flow.ts';
import { type Arguments, everyArgument } from './interpreter.ts';
import { isNumeric, quantityOf } from './numbers.ts';
import { optionsOf, UNKNOWN, type Value } from './value.ts';

type TensorValue = Extract<Value, { kind: 'tensor' }>;

/** Whether a value takes part in tensor arithmetic as a tensor. */
export function isTensorLike(value: Value): boolean {
  return value.kind === 'tensor' || value.kind === 'parameter' || value.kind === 'layer';
}

/** Every tensor in a value, through lists and alternatives. */
export function flowsIn(values: readonly Value[]): readonly Flow[] {
  return values.flatMap(optionsOf).flatMap((value) => {
    if (value.kind === 'tensor') return [value.flow];
    return value.kind === 'list' ? flowsIn(value.items) : [];
  });
}

/** Tensors joined by an operator: a sum keeps its meaning, a product or contraction of two is not followed. */
export function combineTensors(operator: string, left: Value, right: Value): Value {
  const step: FlowStep =
    operator === '+' || operator === '-'
      ? { kind: 'sum' }
      : { kind: 'opaque', what: `tensor ${operator} tensor` };
  return { kind: 'tensor', flow: merged(flowsIn([left, right]), step) };
}

/** A tensor and a number. */
export function scaleTensor(
  operator: string,
  tensor: TensorValue,
  other: Value,
  tensorFirst: boolean,
): Value {
  const { flow } = tensor;
  if (!isNumeric(other)) return afterStep(flow, { kind: 'opaque', what: `tensor ${operator} something` });
  const factor = quantityOf(other);
  if (operator === '*') return { kind: 'tensor', flow: scaled(flow, factor) };
  if (operator === '/' && tensorFirst) {
    return { kind: 'tensor', flow: scaled(flow, pair('divide', literal(1), factor)) };
  }
  if (operator === '+' || operator === '-') return afterStep(flow, { kind: 'sum' });
  return afterStep(flow, { kind: 'opaque', what: `tensor ${operator} number` });
}

/** A function of a library that is known to take a tensor; undefined for any other. */
export function tensorCall(qualified: string, args: Arguments): Value | undefined {
  const known = findTensorFunction(qualified);
  const [first] = flowsIn(args.positional.slice(0, 1));
  if (known === undefined || first === undefined) return undefined;
  return applied(first, known, qualified);
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
      : scaleTensor(operator, tensor, other, true);
  }
  if (NOT_TENSORS.has(name)) return UNKNOWN;
  return opaqueResult(name, [tensor, ...everyArgument(args)]);
}

/** What a call that is not understood makes of the tensors it was given: a tensor, if there were any. */
export function opaqueResult(what: string, values: readonly Value[]): Value {
  const flows = flowsIn(values);
  if (flows.length === 0) return UNKNOWN;
  return { kind: 'tensor', flow: merged(flows, { kind: 'opaque', what }) };
}

export function applied(flow: Flow, known: TensorFunction, name: string): Value {
  switch (known.does) {
    case 'pass':
      return { kind: 'tensor', flow };
    case 'activation':
      return afterStep(flow, {
        kind: 'activation',
        name,
        zeroAtZero: known.zeroAtZero ?? false,
        homogeneous: known.homogeneous ?? false,
      });
    default:
      return afterStep(flow, { kind: known.does });
  }
}

function afterStep(flow: Flow, step: FlowStep): Value {
  return { kind: 'tensor', flow: stepped(flow, step) };
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
