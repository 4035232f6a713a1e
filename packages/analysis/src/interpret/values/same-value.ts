import { sameQuantity } from '../../growth/quantity.ts';
import type { ParameterValue } from '../../network/layer.ts';
import { frontOf, list } from './containers.ts';
import {
  type FunctionValue,
  type ListValue,
  type PartialValue,
  UNKNOWN,
  type UnknownValue,
  type Value,
} from './value.ts';

/** Whether two values are surely one and the same. */
export function sameValue(left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  switch (left.kind) {
    case 'number':
      return sameQuantity(left.quantity, (right as typeof left).quantity);
    case 'opaque':
      return left.symbol === (right as typeof left).symbol;
    case 'unknown':
      return sameUnknown(left, right as typeof left);
    case 'text':
      return left.text === (right as typeof left).text;
    case 'truth':
      return left.value === (right as typeof left).value;
    case 'none':
      return true;
    case 'reference':
      return left.qualified === (right as typeof left).qualified;
    case 'object':
      return left.id === (right as typeof left).id;
    case 'layer':
      return left.layer === (right as typeof left).layer;
    case 'tensor':
      return left.tensor === (right as typeof left).tensor;
    case 'optimizer':
      return left.build === (right as typeof left).build;
    case 'parameter':
      return sameParameter(left, right as typeof left);
    case 'list':
      return sameItems(left, right as typeof left);
    case 'partial':
      return samePartial(left, right as typeof left);
    case 'class':
      return left.definition === (right as typeof left).definition;
    case 'function':
      return sameFunction(left, right as typeof left);
    default:
      return false;
  }
}

function sameFunction(left: FunctionValue, right: FunctionValue): boolean {
  if (left.definition !== right.definition || left.defaults?.size !== right.defaults?.size) return false;
  return [...(left.defaults ?? [])].every(([name, value]) =>
    sameValue(value, right.defaults?.get(name) ?? UNKNOWN),
  );
}

function sameUnknown(left: UnknownValue, right: UnknownValue): boolean {
  return (
    left.symbol === right.symbol &&
    left.length === right.length &&
    left.isItem === right.isItem &&
    left.isMask === right.isMask &&
    left.isNamespace === right.isNamespace &&
    left.spelled === right.spelled &&
    left.isAbsent === right.isAbsent
  );
}

function sameParameter(left: ParameterValue, right: ParameterValue): boolean {
  return left.layer === right.layer && left.which === right.which && left.part === right.part;
}

function samePartial(left: PartialValue, right: PartialValue): boolean {
  return (
    left.open === right.open &&
    left.optional?.symbol === right.optional?.symbol &&
    left.named.size === right.named.size &&
    sameValue(left.callee, right.callee) &&
    sameItems(list(left.positional), list(right.positional)) &&
    [...left.named].every(([name, value]) => sameValue(value, right.named.get(name) ?? UNKNOWN))
  );
}

function sameItems(left: ListValue, right: ListValue): boolean {
  return (
    left.open === right.open &&
    left.items.length === right.items.length &&
    frontOf(left) === frontOf(right) &&
    left.items.every((item, index) => sameValue(item, right.items[index] ?? UNKNOWN))
  );
}
