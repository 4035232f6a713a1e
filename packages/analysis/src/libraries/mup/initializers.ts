import { pair, power } from '../../growth/quantity.ts';
import { HALF, negate } from '../../growth/rational.ts';
import { type Arguments, argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { optionsOf } from '../../interpret/values/either.ts';
import { isDefault, isInitializer, unreadInit } from '../../interpret/values/parameter-state.ts';
import { UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { InitWrite, Values } from '../../network/init.ts';
import { dimsOf, type ParameterValue } from '../../network/layer.ts';
import { fansOf } from '../torch/fans.ts';
import { valuesOf } from '../torch/initializers.ts';
import { findInitializer, type InitializerKnowledge } from '../torch/tables.ts';
import { multipliersOf } from './base-shapes.ts';
import { FINITE } from './width-multiplier.ts';

/** `mup.init.normal_(tensor)`: at the base shape what PyTorch's does, and from there as μP has it. */
export function initialized(name: string, { args, frame, span }: CallSite): Value {
  const target = argument(args, { name: 'tensor', index: 0 }) ?? UNKNOWN;
  const knowledge = findInitializer(`torch.nn.init.${name}`);
  const options = optionsOf(target);
  for (const option of options) {
    if (option.kind !== 'parameter') continue;
    const values = knowledge && valuesFor(option, { knowledge, args }, frame);
    const write: InitWrite =
      values === undefined
        ? { ...unreadInit(span), ...(asksInVain(option, frame) ? { asksInVain: true } : {}) }
        : { ...values, span, by: name, asksBaseShapes: true };
    frame.heap.parameters.write(option, write, options.length === 1 ? 'strong' : 'weak');
  }
  return target;
}

/** Whether a parameter surely has no base shape: it is new, and no code that is not read has had it. */
function asksInVain(parameter: ParameterValue, frame: Frame): boolean {
  const before = frame.heap.parameters.initOf(parameter);
  return (
    frame.building &&
    multipliersOf(parameter, frame) === null &&
    before.every((write) => write.asksInVain === true || isDefault(write) || isInitializer(write))
  );
}

interface Initializer {
  readonly knowledge: InitializerKnowledge;
  readonly args: Arguments;
}

/** Undefined where the parameter's base shape is not known. */
function valuesFor(
  parameter: ParameterValue,
  { knowledge, args }: Initializer,
  frame: Frame,
): Values | undefined {
  const multipliers = multipliersOf(parameter, frame);
  if (multipliers === null) return undefined;
  const { matrix } = multipliers;
  if (multipliers === FINITE)
    return valuesOf(knowledge, fansOf(dimsOf(frame.heap.parameters.original(parameter))), args);
  // Fans are those of the base shape, but for the matrices, which shrink with what they are given.
  if (knowledge.rule === 'fan') return valuesOf(knowledge, { fanIn: matrix, fanOut: matrix }, args);
  const { std, kind } = valuesOf(knowledge, null, args);
  return { std: pair('multiply', std, power(matrix, negate(HALF))), kind };
}
