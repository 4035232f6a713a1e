import { literalValue } from '../../growth/literal-value.ts';
import {
  areOpposite,
  exactValue,
  isNothing,
  literal,
  magnitudeOf,
  pair,
  power,
  type Quantity,
  UNKNOWN_QUANTITY,
} from '../../growth/quantity.ts';
import { HALF } from '../../growth/rational.ts';
import { type Arguments, argument } from '../../interpret/machine/given-arguments.ts';
import type { CallSite, Frame } from '../../interpret/machine/interpreter.ts';
import { changeInit, scaleInit } from '../../interpret/modules/scale-init.ts';
import { isSingleEntry } from '../../interpret/modules/single-entry.ts';
import { tensorValue } from '../../interpret/modules/tensors.ts';
import { list } from '../../interpret/values/containers.ts';
import { eachOption, optionsOf, withoutNone } from '../../interpret/values/either.ts';
import { negated, quantityOf } from '../../interpret/values/numbers.ts';
import type { Update } from '../../interpret/values/parameter-store.ts';
import type { TensorValue } from '../../interpret/values/tensor-value.ts';
import { number, UNKNOWN, type Value } from '../../interpret/values/value.ts';
import type { Values } from '../../network/init.ts';
import { dimsOf, type ParameterValue, parametersOf } from '../../network/layer.ts';
import { input, scale, shapeOf } from '../../network/tensor.ts';
import type { Span } from '../../syntax/span.ts';
import { fanStd, gainFor } from './fan-starts.ts';
import { type Fans, fansOf } from './fans.ts';
import { given } from './initializer-arguments.ts';
import { type BoundPlaces, findInitializer, type InitializerKnowledge } from './tables.ts';
import { wholeOf } from './whole-parameter.ts';

/** A function of torch.nn.init: sets what it is given, and gives it back. */
export function initializerCall(qualified: string, { args, frame, span }: CallSite): Value {
  const target = argument(args, { name: 'tensor', index: 0 }) ?? UNKNOWN;
  if (qualified === 'torch.nn.init.calculate_gain') return gainFor(args);
  if (FANS.has(qualified)) return fansIn(target, frame);
  const by = qualified.slice(qualified.lastIndexOf('.') + 1);
  const knowledge = findInitializer(qualified);
  initialize(target, { by, knowledge, args, span }, frame);
  return eachOption(target, (option) =>
    option.kind === 'tensor' && knowledge !== undefined
      ? filledBy(option, { knowledge, args, span })
      : option,
  );
}

/** Whether an initializer refuses what it is given: one that asks for fans does so with fewer than two dimensions. */
export function initializerRaises(qualified: string, [target]: readonly Value[]): boolean | null {
  if (target === undefined || findInitializer(qualified)?.rule !== 'fan') return null;
  const each = optionsOf(target).map((one) => {
    const dims = one.kind === 'parameter' ? dimsOf(one) : null;
    return dims === null ? null : dims.length < 2;
  });
  const [first = null] = each;
  return each.every((one) => one === first) ? first : null;
}

const SKIPS = /^torch\.nn\.utils\.(?:init\.)?skip_init$/;

/** `skip_init(nn.Linear, m, n)`: the layer, with whatever numbers stand in memory. */
export function skippedInit(qualified: string, { args, frame, span }: CallSite): Value | undefined {
  const [made, ...positional] = args.positional;
  if (!SKIPS.test(qualified) || made === undefined) return undefined;
  const layer = frame.call(made, { ...args, positional }, span);
  if (layer.kind !== 'layer') return UNKNOWN;
  const started: InitializerCall = { by: 'skip_init', knowledge: undefined, args, span };
  for (const parameter of parametersOf(layer.layer)) initialize(parameter, started, frame);
  return layer;
}

/** What an initializer is called, with what, and where. */
export interface InitializerCall {
  readonly by: string;
  readonly knowledge: InitializerKnowledge | undefined;
  readonly args: Arguments;
  readonly span: Span;
}

/** A tensor that is no parameter yet, with the values that an initializer gives it. */
export function filledBy(
  { tensor }: TensorValue,
  {
    knowledge,
    args,
    span,
  }: Pick<InitializerCall, 'args' | 'span'> & { readonly knowledge: InitializerKnowledge },
): Value {
  const shape = shapeOf(tensor);
  const dims = shape === null || shape.open ? null : shape.dims;
  const values = valuesOf(knowledge, fansOf(dims), args);
  if (exactValue(values.std) !== undefined) return tensorValue(input(shape, span, values));
  const unit: Values = values.kind === 'unknown' ? values : { ...values, std: literal(1) };
  return tensorValue(scale(input(shape, span, unit), values.std, span));
}

/** Lets an initializer set the parameters that `target` may be; one that is not in the tables leaves them unknown. */
export function initialize(target: Value, call: InitializerCall, frame: Frame): void {
  const options = optionsOf(withoutNone(target));
  const update = options.length === 1 ? 'strong' : 'weak';
  for (const seen of options) if (seen.kind === 'parameter') initializeOne(seen, { ...call, update }, frame);
}

function initializeOne(
  seen: ParameterValue,
  { knowledge, args, span, by, update }: InitializerCall & { readonly update: Update },
  frame: Frame,
): void {
  const { parameter, dims } = wholeOf(seen, frame);
  if (knowledge?.rule === 'scale') {
    const factor = given(args, knowledge.by);
    scaleInit(parameter, { operator: knowledge.inverse ? '/' : '*', factor, span, update }, frame);
  } else if (knowledge !== undefined && isChange(knowledge)) {
    changeInit(parameter, { span, by, update, values: (before) => changed(knowledge, before, args) }, frame);
  } else {
    const values = knowledge === undefined ? UNREAD : valuesOf(knowledge, fansOf(dims), args);
    if (isNothing(values.std) && isSingleEntry(seen, frame)) return;
    frame.heap.parameters.write(parameter, { ...values, span, by }, update);
  }
}

const CHANGES: ReadonlySet<InitializerKnowledge['rule']> = new Set(['shift', 'clamp', 'keep']);

/** Whether a method moves, cuts off or bends the values that are there, and sets none of its own. */
export function isChange({ rule }: InitializerKnowledge): boolean {
  return CHANGES.has(rule);
}

/** The standard deviation of values that are spread over more than 0.95 of −1 to 1, which `erfinv_` makes normal. */
const NEARLY_ALL = 0.95 / Math.sqrt(3);

/** Random values after what moves, cuts off or bends them. */
function changed(knowledge: InitializerKnowledge, before: Values, args: Arguments): Values {
  if (before.kind !== 'random') return UNREAD;
  const size = literalValue(before.std);
  if (knowledge.rule === 'keep')
    return size !== undefined && size > NEARLY_ALL ? { ...before, std: literal(Math.SQRT1_2) } : before;
  if (knowledge.rule === 'shift') return isNothing(quantityOf(given(args, knowledge.by))) ? before : UNREAD;
  if (knowledge.rule !== 'clamp') return UNREAD;
  const [low, high] = [quantityOf(given(args, knowledge.low)), quantityOf(given(args, knowledge.high))];
  const [least, most] = [exactValue(low), exactValue(high)];
  if (least === undefined || most === undefined || least.numerator >= 0 || most.numerator <= 0) return UNREAD;
  return random(
    size === undefined ? pair('minimum', before.std, high) : literal(Number(size.toPrecision(6))),
  );
}

const UNREAD: Values = { std: UNKNOWN_QUANTITY, kind: 'unknown' };

/** The values that an initializer gives, up to constants. */
export function valuesOf(knowledge: InitializerKnowledge, fans: Fans | null, args: Arguments): Values {
  switch (knowledge.rule) {
    case 'zero':
      return { std: literal(0), kind: 'constant' };
    case 'one':
      return { std: literal(1), kind: 'constant' };
    case 'constant':
      return { std: quantityOf(given(args, knowledge.value)), kind: 'constant' };
    case 'std': {
      if (knowledge.zeros !== undefined && exactValue(quantityOf(given(args, knowledge.zeros))) === undefined)
        return UNREAD;
      const std = within(quantityOf(given(args, knowledge.std)), knowledge.bounds, args);
      return knowledge.mean === undefined
        ? random(std)
        : around(quantityOf(given(args, knowledge.mean)), std);
    }
    case 'uniform':
      return uniform(quantityOf(given(args, knowledge.low)), quantityOf(given(args, knowledge.high)));
    case 'fan':
      return random(fanStd(knowledge, fans, args));
    default:
      return UNREAD;
  }
}

function random(std: Quantity): Values {
  return { std, kind: std.op === 'unknown' ? 'unknown' : 'random' };
}

/** A standard deviation cut off at bounds that the code gives: where they fall, it falls with them. */
function within(std: Quantity, bounds: BoundPlaces | undefined, args: Arguments): Quantity {
  const [low, high] = bounds === undefined ? [] : [argument(args, bounds.low), argument(args, bounds.high)];
  if (low === undefined || high === undefined) return std;
  const bound = pair('maximum', negated(quantityOf(low)), quantityOf(high));
  return exactValue(quantityOf(high)) === undefined ? pair('minimum', std, bound) : std;
}

/** Random values around a mean: where that is not 0, they have no signs of their own. */
function around(mean: Quantity, std: Quantity): Values {
  const exact = exactValue(mean);
  if (exact?.numerator === 0) return random(std);
  return exact === undefined ? UNREAD : { std: pair('maximum', magnitudeOf(mean), std), kind: 'constant' };
}

/** A uniform distribution is followed where it is symmetric, up to a bound B with B/√3, or begins or ends at 0. */
function uniform(low: Quantity, high: Quantity): Values {
  const std = (bound: Quantity) => pair('divide', magnitudeOf(bound), power(literal(3), HALF));
  if (areOpposite(low, high)) return random(std(high));
  if (exactValue(low)?.numerator === 0) return { std: std(high), kind: 'constant' };
  return exactValue(high)?.numerator === 0 ? { std: std(low), kind: 'constant' } : UNREAD;
}

const FANS: ReadonlySet<string> = new Set(['torch.nn.init._calculate_fan_in_and_fan_out']);

/** The fan-in and fan-out of a weight. */
function fansIn(target: Value, frame: Frame): Value {
  const fans = target.kind === 'parameter' ? fansOf(dimsOf(frame.heap.parameters.original(target))) : null;
  return fans === null ? UNKNOWN : list([number(fans.fanIn), number(fans.fanOut)]);
}
